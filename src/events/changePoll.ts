import type { ChangePosition, ConversationStore } from '../domain/ports.js';
import { pause } from './signal.js';

const PAGE = 1_000;
/** Clocks of several processes differ, and a write is seen a little after its time: each look goes back so far. */
export const OVERLAP_MS = 10_000;
const RETRY_MS = 250;

export interface PollFollower {
  /** A conversation of its user is at this revision; told again and again. */
  onChange(conversationId: string, revision: number): void;
  /** A look is over; why it failed, else null. */
  onLooked(failure: unknown): void;
}

/** Finds what changed though nobody told: one reading for all users who are followed in this process. */
export interface ChangePoll {
  /** What changes from now on; returns what ends it. One follower a user. */
  follow(userId: string, follower: PollFollower): () => void;
  /** Looks now: wake-ups may have been missed. */
  look(): void;
}

export interface ChangePollOptions {
  store: Pick<ConversationStore, 'changes'>;
  now: () => Date;
  pollMs: number;
  report: (error: unknown, doing: string) => void;
}

export function createChangePoll({ store, now, pollMs, report }: ChangePollOptions): ChangePoll {
  const followers = new Map<string, PollFollower>();
  let lookedAt = now();
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  let isReading = false;
  let idle = new AbortController();

  const read = async (): Promise<void> => {
    const startedAt = now();
    let from: ChangePosition = { updatedAt: new Date(lookedAt.getTime() - OVERLAP_MS), id: null };
    for (let isMore = true; isMore && followers.size > 0; ) {
      const page = await store.changes(from, PAGE);
      for (const { id, userId, revision } of page) followers.get(userId)?.onChange(id, revision);
      const last = page.at(-1);
      isMore = page.length === PAGE && last !== undefined;
      if (last !== undefined) from = { updatedAt: last.updatedAt, id: last.id };
    }
    lookedAt = startedAt;
  };

  const tellAll = (failure: unknown): void => {
    for (const { onLooked } of followers.values()) onLooked(failure);
  };

  const look = async (): Promise<void> => {
    isDue = true;
    if (isReading) return;
    isReading = true;
    while (isDue && followers.size > 0) {
      isDue = false;
      try {
        await read();
        tellAll(null);
      } catch (error) {
        isDue = true;
        report(error, 'looking for changed conversations');
        tellAll(error);
        await pause(RETRY_MS, idle.signal);
      }
    }
    isReading = false;
  };

  return {
    follow(userId, follower) {
      if (followers.size === 0) {
        idle = new AbortController();
        lookedAt = now();
        timer = setInterval(() => void look(), pollMs);
      }
      followers.set(userId, follower);
      return () => {
        if (followers.get(userId) !== follower) return;
        followers.delete(userId);
        if (followers.size > 0) return;
        clearInterval(timer);
        idle.abort();
      };
    },
    look: () => void look(),
  };
}
