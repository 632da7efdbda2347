import { LRUCache } from 'lru-cache';
import type { Db, Document, Filter, ObjectId } from 'mongodb';
import type { SymbolStore } from '../domain/ports.js';
import { foldSymbol } from '../domain/symbol.js';
import { isDuplicateKey } from './errors.js';
import { ofNode, ofUser } from './statements.js';

/** The most spellings kept of one symbol of one node. */
const MOST_SPELLINGS = 32;
/** The most nodes of a user that are looked through for spellings. */
const MOST_NODES = 100;
/** How many symbols are remembered as kept already. */
const REMEMBERED = 10_000;

interface SymbolDocument {
  _id: ObjectId;
  user_id: ObjectId;
  user_node_id: ObjectId;
  /** Equal for all its spellings. */
  folded: string;
  spellings: string[];
}

/** Spellings of symbols in `ai_symbols`, one document a node and symbol: looked up by key, never scanned for. */
export function symbolStore(db: Db): SymbolStore {
  const collection = db.collection<SymbolDocument>('ai_symbols');
  const kept = new LRUCache<string, true>({ max: REMEMBERED });
  return {
    async keep(userId, userNodeId, symbol) {
      const name = JSON.stringify([userId, userNodeId, symbol]);
      if (kept.has(name)) return;
      const who = { ...ofNode(userId, userNodeId), folded: foldSymbol(symbol) };
      const update = [{ $set: { spellings: withSpelling(symbol) } }];
      try {
        await collection.updateOne(who, update, { upsert: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Another made it meanwhile.
        await collection.updateOne(who, update);
      }
      kept.set(name, true);
    },

    async spellings(userId, userNodeId, symbol) {
      const whose = userNodeId === null ? ofUser(userId) : ofNode(userId, userNodeId);
      const filter: Filter<SymbolDocument> = { ...whose, folded: foldSymbol(symbol) };
      const found = await collection
        .find(filter, { projection: { spellings: 1 } })
        .limit(MOST_NODES)
        .toArray();
      return found.flatMap(({ spellings }) => spellings);
    },
  };
}

/** Each spelling once, and no more than there is room for. */
function withSpelling(symbol: string): Document {
  const kept = { $ifNull: ['$spellings', []] };
  const isToKeep = {
    $and: [{ $lt: [{ $size: kept }, MOST_SPELLINGS] }, { $not: [{ $in: [{ $literal: symbol }, kept] }] }],
  };
  return { $cond: [isToKeep, { $concatArrays: [kept, [{ $literal: symbol }]] }, kept] };
}
