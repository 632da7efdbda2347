import { LRUCache } from 'lru-cache';
import type { Conversation } from '../domain/conversation.js';
import type { Bus, ChangePosition, ConversationStore } from '../domain/ports.js';
import { createSignal, pause } from './signal.js';

/** The latest changes kept for followers, one entry a conversation. */
const RECENT = 500;
const PAGE = 200;
/** Clocks of several processes differ, and a write is seen a little after its time: each look goes back so far. */
const OVERLAP_MS = 10_000;
const RETRY_MS = 250;

/** The one reading of a user's changing conversations that all who follow them in this process share. */
export interface UserFeed {
  /** Each conversation changed since an instant (null: now), then each that changes; the latest state only. */
  changes(since: Date | null, abort: AbortSignal): AsyncGenerator<Conversation, void>;
  close(): void;
}

export interface UserFeedOptions {
  store: Pick<ConversationStore, 'findByIds' | 'changedSince'>;
  bus: Bus;
  userId: string;
  now: () => Date;
  pollMs: number;
  report: (error: unknown, doing: string) => void;
}

interface Change {
  tick: number;
  conversation: Conversation;
}

export function openUserFeed(options: UserFeedOptions): UserFeed {
  const { store, bus, userId } = options;
  const closing = new AbortController();
  const changed = createSignal();
  const recent = new Map<string, Change>();
  const foreign = new LRUCache<string, true>({ max: 10_000 });
  const heard = new Set<string>();
  let tick = 0;
  /** The tick of the newest change that is not kept any more. */
  let droppedTick = 0;
  const openedAt = options.now();
  let polledAt = openedAt;
  let isPollDue = false;
  let isFirstPoll = true;
  let isReading = false;

  /** What changed before the feed was opened is only remembered, so that no later look takes it for a change. */
  const take = (conversation: Conversation, isOld = false): void => {
    const known = recent.get(conversation.id);
    if (known !== undefined && known.conversation.revision >= conversation.revision) return;
    recent.delete(conversation.id);
    recent.set(conversation.id, { tick: isOld ? 0 : ++tick, conversation });
    for (const [id, change] of recent) {
      if (recent.size <= RECENT) break;
      droppedTick = Math.max(droppedTick, change.tick);
      recent.delete(id);
    }
    if (!isOld) changed.fire();
  };

  const lookAtHeard = async (): Promise<void> => {
    const ids = [...heard].slice(0, PAGE);
    for (const id of ids) heard.delete(id);
    try {
      const found = await store.findByIds(userId, ids);
      const own = new Set(found.map(({ id }) => id));
      for (const id of ids) if (!own.has(id)) foreign.set(id, true);
      for (const conversation of found) take(conversation);
    } catch (error) {
      for (const id of ids) heard.add(id);
      throw error;
    }
  };

  const poll = async (): Promise<void> => {
    const startedAt = options.now();
    for await (const conversation of changedSince(store, userId, new Date(polledAt.getTime() - OVERLAP_MS))) {
      take(conversation, isFirstPoll && conversation.updatedAt < openedAt);
    }
    isFirstPoll = false;
    polledAt = startedAt;
    isPollDue = false;
  };

  const look = async (): Promise<void> => {
    if (isReading) return;
    isReading = true;
    while ((heard.size > 0 || isPollDue) && !closing.signal.aborted) {
      try {
        if (heard.size > 0) await lookAtHeard();
        else await poll();
      } catch (error) {
        options.report(error, "reading a user's changed conversations");
        await pause(RETRY_MS, closing.signal);
      }
    }
    isReading = false;
  };

  const lookAll = () => {
    isPollDue = true;
    void look();
  };
  const unsubscribe = bus.subscribe((id, revision) => {
    if (id === null) return lookAll();
    const known = recent.get(id);
    if (foreign.has(id) || (known && revision !== null && known.conversation.revision >= revision)) return;
    heard.add(id);
    void look();
  });
  const timer = setInterval(lookAll, options.pollMs);
  lookAll();

  return {
    async *changes(since, abort) {
      let seen = tick;
      let from = since;
      while (!abort.aborted) {
        const count = changed.count;
        // Never kept, or dropped since: from the store, then on from what is kept.
        if (from !== null) {
          seen = tick;
          yield* resilient(store, userId, from, abort);
          from = null;
        }
        if (seen < droppedTick) {
          from = new Date(polledAt.getTime() - OVERLAP_MS);
          continue;
        }
        for (const change of [...recent.values()].filter((kept) => kept.tick > seen)) {
          if (abort.aborted) return;
          seen = change.tick;
          // What has changed again comes later, once.
          if (recent.get(change.conversation.id) === change) yield change.conversation;
        }
        await changed.wait(count, abort);
      }
    },
    close() {
      closing.abort();
      unsubscribe();
      clearInterval(timer);
    },
  };
}

/** As `changedSince`, going on from where it was when the database went away. */
async function* resilient(
  store: UserFeedOptions['store'],
  userId: string,
  since: Date,
  abort: AbortSignal,
): AsyncGenerator<Conversation, void> {
  let from = since;
  while (!abort.aborted) {
    try {
      for await (const conversation of changedSince(store, userId, from)) {
        if (abort.aborted) return;
        yield conversation;
        from = conversation.updatedAt;
      }
      return;
    } catch {
      await pause(RETRY_MS, abort);
    }
  }
}

async function* changedSince(
  store: UserFeedOptions['store'],
  userId: string,
  since: Date,
): AsyncGenerator<Conversation, void> {
  let position: ChangePosition = { updatedAt: since, id: null };
  for (;;) {
    const page = await store.changedSince(userId, position, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    position = { updatedAt: last.updatedAt, id: last.id };
  }
}
