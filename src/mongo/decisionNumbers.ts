import { LRUCache } from 'lru-cache';
import type { Collection } from 'mongodb';
import type { DecisionDocument } from './learningDocuments.js';
import { ofNode } from './statements.js';

/** A decision is logged within seconds of taking its number: so far below the newest none is added any more. */
const SETTLED_BELOW = 250;
const MOST_REMEMBERED = 10_000;
const FIRST_RANGE = 10;

/**
 * What the numbers of a node's decisions say, by ranges of them: each costs what it holds, however long the history is.
 * Of several nodes at once the embedded database would read all decisions there are, so each node is asked for alone.
 */
export function decisionNumbers(collection: Collection<DecisionDocument>) {
  /** By node: how many decisions have a number up to one. */
  const counted = new LRUCache<string, { upTo: number; n: number }>({ max: MOST_REMEMBERED });
  const countIn = (userId: string, userNodeId: string, above: number, upTo: number): Promise<number> =>
    collection.countDocuments({ ...ofNode(userId, userNodeId), seq: { $gt: above, $lte: upTo } });

  return {
    async newestId(userId: string, userNodeId: string, upTo: number): Promise<string | null> {
      // A number may be missing; ever larger ranges find the next one.
      for (let end = upTo, size = FIRST_RANGE; end > 0; end -= size, size *= 10) {
        const found = await collection
          .find<Pick<DecisionDocument, '_id' | 'seq'>>(
            { ...ofNode(userId, userNodeId), seq: { $gt: end - size, $lte: end } },
            { projection: { seq: 1 } },
          )
          .toArray();
        const [newest] = found.sort((a, b) => b.seq - a.seq);
        if (newest !== undefined) return newest._id.toHexString();
      }
      return null;
    },

    async count(userId: string, userNodeId: string, upTo: number): Promise<number> {
      if (upTo === 0) return 0;
      const key = `${userId}/${userNodeId}`;
      let known = counted.get(key) ?? { upTo: 0, n: 0 };
      const settled = upTo - SETTLED_BELOW;
      if (settled - known.upTo > SETTLED_BELOW) {
        known = { upTo: settled, n: known.n + (await countIn(userId, userNodeId, known.upTo, settled)) };
        counted.set(key, known);
      }
      return known.n + (await countIn(userId, userNodeId, known.upTo, upTo));
    },
  };
}
