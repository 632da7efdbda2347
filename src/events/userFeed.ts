import type { Conversation } from '../domain/conversation.js';
import type { Bus, ConversationStore } from '../domain/ports.js';
import { Unavailable } from '../domain/unavailable.js';
import { type ChangePoll, OVERLAP_MS } from './changePoll.js';
import { changedSince, persistently } from './changedSince.js';
import { createChangeLog } from './changeLog.js';
import { createLately } from './lately.js';
import { createSignal, pause } from './signal.js';

/** The latest changes kept for followers, one entry a conversation. */
const RECENT = 500;
/** How many conversations a feed or a follower remembers to have seen. */
const REMEMBERED = 20_000;
const BATCH = 200;
const RETRY_MS = 250;

/** A conversation as it is now; whether its vote completed since the follower asked for. */
export interface UserChange {
  conversation: Conversation;
  isCompletion: boolean;
}

/** The one reading of a user's changing conversations that all who follow them in this process share. */
export interface UserFeed {
  /** Each conversation changed since an instant (null: now), then each that changes; the latest state only. */
  changes(since: Date | null, abort: AbortSignal): AsyncGenerator<UserChange, void>;
  close(): void;
}

export interface UserFeedOptions {
  store: Pick<ConversationStore, 'findByIds' | 'changedSince'>;
  bus: Bus;
  userId: string;
  /** What changes is heard from the bus, and from here where that was silent. */
  poll: ChangePoll;
  now: () => Date;
  report: (error: unknown, doing: string) => void;
}

export function openUserFeed(options: UserFeedOptions): UserFeed {
  const { store, bus, poll, userId, now } = options;
  const closing = new AbortController();
  const changed = createSignal();
  const log = createChangeLog(RECENT);
  const known = createLately<Pick<Conversation, 'revision' | 'status'>>(REMEMBERED);
  /** Conversations to look at, each with the first revision that was heard of it. */
  const heard = new Map<string, number | null>();
  const openedAt = now();
  let isFirstLookDue = true;
  let isReading = false;
  /** Why it cannot be read, though the database is there: the followers are told. */
  let failure: Error | null = null;

  /**
   * By what was heard, not by the time: the clock of the process that completed it may be another. Only what nobody
   * told us of is judged by its time.
   */
  const isNewlyCompleted = (conversation: Conversation, heardRevision: number | null): boolean => {
    const { status, swarmVote } = conversation;
    if (status !== 'completed') return false;
    const before = known.get(conversation.id);
    if (before !== undefined) return before.status !== 'completed';
    if (heardRevision !== null && swarmVote.completedRevision !== null) {
      return heardRevision <= swarmVote.completedRevision;
    }
    return swarmVote.votingCompleted !== null && swarmVote.votingCompleted >= openedAt;
  };

  const take = (conversation: Conversation, heardRevision: number | null, isOld = false): void => {
    const { id, revision, status } = conversation;
    if ((known.get(id)?.revision ?? -1) >= revision) return;
    const isCompletion = isNewlyCompleted(conversation, heardRevision);
    known.set(id, { revision, status });
    if (isOld) return;
    log.add(conversation, isCompletion);
    changed.fire();
  };

  const lookAtHeard = async (): Promise<void> => {
    const batch = [...heard].slice(0, BATCH);
    for (const [id] of batch) heard.delete(id);
    try {
      const found = await store.findByIds(
        userId,
        batch.map(([id]) => id),
      );
      const own = new Map(found.map((conversation) => [conversation.id, conversation]));
      for (const [id, revision] of batch) {
        const conversation = own.get(id);
        if (conversation !== undefined) take(conversation, revision);
      }
    } catch (error) {
      for (const [id, revision] of batch) hear(id, revision);
      throw error;
    }
  };

  /** What changed before the feed was opened is only remembered, so that no later look takes it for a change. */
  const firstLook = async (): Promise<void> => {
    for await (const conversation of changedSince(store, userId, earlier(openedAt))) {
      take(conversation, null, conversation.updatedAt < openedAt);
    }
    isFirstLookDue = false;
  };

  const fail = (error: unknown): void => {
    if (error instanceof Unavailable) return;
    failure = error as Error;
    changed.fire();
  };

  const look = async (): Promise<void> => {
    if (isReading) return;
    isReading = true;
    while ((heard.size > 0 || isFirstLookDue) && !closing.signal.aborted) {
      try {
        await (isFirstLookDue ? firstLook() : lookAtHeard());
        failure = null;
      } catch (error) {
        options.report(error, "reading a user's changed conversations");
        fail(error);
        await pause(RETRY_MS, closing.signal);
      }
    }
    isReading = false;
  };

  const hear = (id: string, revision: number | null): void => {
    const before = heard.get(id);
    heard.set(
      id,
      before === undefined || revision === null ? revision : Math.min(before ?? revision, revision),
    );
  };
  const isSeen = (id: string, revision: number): boolean => (known.get(id)?.revision ?? -1) >= revision;
  const unsubscribe = bus.subscribe((id, revision, owner) => {
    if (id === null) return poll.look();
    if (owner !== userId || (revision !== null && isSeen(id, revision))) return;
    hear(id, revision);
    void look();
  });
  const unfollow = poll.follow(userId, {
    onChange(id, revision) {
      if (isSeen(id, revision) || heard.has(id)) return;
      heard.set(id, null);
      void look();
    },
    onLooked(why) {
      failure = null;
      if (why !== null) fail(why);
    },
  });
  void look();

  /** From the store, whatever is not kept: since the follower asks for it, or because it fell behind. */
  async function* fromStore(from: Date, completedSince: Date, abort: AbortSignal) {
    for await (const conversation of persistently(store, userId, from, abort)) {
      const { votingCompleted } = conversation.swarmVote;
      yield { conversation, isCompletion: votingCompleted !== null && votingCompleted >= completedSince };
    }
  }

  async function* all(since: Date | null, abort: AbortSignal): AsyncGenerator<UserChange, void> {
    const start = log.tick;
    const completedSince = since ?? now();
    let seen = start;
    let caughtUpAt = now();
    if (since !== null) yield* fromStore(since, completedSince, abort);
    while (!abort.aborted) {
      const count = changed.count;
      if (log.hasDropped(seen)) {
        seen = log.tick;
        yield* fromStore(earlier(caughtUpAt), completedSince, abort);
        continue;
      }
      const change = log.after(seen);
      if (change === null) {
        caughtUpAt = now();
        await changed.wait(count, abort);
        if (failure !== null) throw failure;
        continue;
      }
      seen = change.tick;
      const { conversation, completedTick } = change;
      yield { conversation, isCompletion: completedTick !== null && completedTick > start };
    }
  }

  return {
    async *changes(since, abort) {
      const told = createLately<number>(REMEMBERED);
      for await (const change of all(since, abort)) {
        const { id, revision } = change.conversation;
        if (abort.aborted) return;
        if ((told.get(id) ?? -1) >= revision) continue;
        told.set(id, revision);
        yield change;
      }
    },
    close() {
      closing.abort();
      unsubscribe();
      unfollow();
    },
  };
}

const earlier = (time: Date): Date => new Date(time.getTime() - OVERLAP_MS);
