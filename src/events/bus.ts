import type { Bus, ConversationOwner, WakeUp } from '../domain/ports.js';
import { createLately } from './lately.js';

/** Conversations whose user is remembered. */
const REMEMBERED = 20_000;
/** Looked up at once. */
const BATCH = 200;

export interface BusOptions {
  /** Whose the conversations are that no wake-up named a user of; those that there are not are left out. */
  ownersOf: (ids: readonly string[]) => Promise<ConversationOwner[]>;
  report: (error: unknown, doing: string) => void;
}

/**
 * Wake-ups within one process. A wake-up without a user is passed on at once, and again once it is known whose it is:
 * that is looked up here, once for all listeners. A listener that throws keeps no other from being woken.
 */
export function createBus({ ownersOf, report }: BusOptions): Bus {
  const listeners = new Set<WakeUp>();
  const owners = createLately<string>(REMEMBERED);
  /** Conversations of unknown users, each with the first revision that was heard of it. */
  const unknown = new Map<string, number | null>();
  let isLooking = false;

  const wake: WakeUp = (conversationId, revision, userId) => {
    for (const listener of listeners) {
      try {
        listener(conversationId, revision, userId);
      } catch (error) {
        report(error, 'waking streams');
      }
    }
  };

  /** What cannot be looked up now is left to the poll. */
  const lookUp = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    while (unknown.size > 0) {
      const batch = new Map([...unknown].slice(0, BATCH));
      for (const id of batch.keys()) unknown.delete(id);
      try {
        for (const { id, userId } of await ownersOf([...batch.keys()])) {
          owners.set(id, userId);
          wake(id, batch.get(id) ?? null, userId);
        }
      } catch (error) {
        report(error, 'looking up whose a changed conversation is');
      }
    }
    isLooking = false;
  };

  return {
    publish(conversationId, revision = null, userId = null) {
      const owner = userId ?? owners.get(conversationId) ?? null;
      if (owner !== null) owners.set(conversationId, owner);
      wake(conversationId, revision, owner);
      if (owner !== null) return;
      if (!unknown.has(conversationId)) unknown.set(conversationId, revision);
      void lookUp();
    },
    wakeAll: () => wake(null, null, null),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
