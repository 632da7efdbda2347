import { LRUCache } from 'lru-cache';
import type { Collection } from 'mongodb';
import type { ConversationDocument, PageDocument } from './documents.js';
import { translated } from './errors.js';
import { pageOut } from './pageOut.js';
import { identity } from './statements.js';

/** How many conversations' paging out is remembered. */
const REMEMBERED = 10_000;

/** The paging out of all conversations, as far as this process knows of it. */
interface PagingOut {
  /** The last number that has left the head, as far as is known; 0 where nothing is. */
  baseOf(userId: string, executionId: string): number;
  /** It was found to be further out. */
  note(userId: string, executionId: string, base: number): void;
  /** One at a time for each conversation; resolves when it is done, also when it failed, which is reported. */
  makeRoom(userId: string, executionId: string): Promise<void>;
}

export function createPagingOut(
  heads: Collection<ConversationDocument>,
  pages: Collection<PageDocument>,
  report: (error: unknown, doing: string) => void,
): PagingOut {
  const bases = new LRUCache<string, number>({ max: REMEMBERED });
  const underWay = new Map<string, Promise<void>>();
  return {
    baseOf: (userId, executionId) => bases.get(keyOf(userId, executionId)) ?? 0,
    note: (userId, executionId, base) => void bases.set(keyOf(userId, executionId), base),
    makeRoom(userId, executionId) {
      const key = keyOf(userId, executionId);
      const running = underWay.get(key);
      if (running !== undefined) return running;
      const done = pageOut(heads, pages, identity(userId, executionId))
        .then((base) => void bases.set(key, base))
        .catch((error: unknown) => report(translated(error), 'paging out older messages'))
        .finally(() => underWay.delete(key));
      underWay.set(key, done);
      return done;
    },
  };
}

const keyOf = (userId: string, executionId: string): string => `${userId}/${executionId}`;
