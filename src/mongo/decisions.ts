import { type Collection, type Db, type Document, type Filter, ObjectId } from 'mongodb';
import type { DecisionLog, FeedbackKey } from '../domain/decision.js';
import type { UnsettledFeedback } from '../domain/node.js';
import type { DecisionFilter, DecisionStore, PageRequest } from '../domain/ports.js';
import { fromDecision, fromFeedback, fromLearning, fromOutcome, toDecision } from './decisionMapping.js';
import { decisionStatistics } from './decisionStatistics.js';
import type { DecisionDocument } from './learningDocuments.js';
import { isDuplicateKey } from './errors.js';
import { ofNode } from './statements.js';

/** Decisions in `ai_decisions_log`: the truth that all sums can be computed from again. */
export function decisionStore(db: Db): DecisionStore {
  const collection = db.collection<DecisionDocument>('ai_decisions_log');
  return { ...decisionReads(collection), ...decisionWrites(collection), ...decisionStatistics(collection) };
}

function decisionWrites(collection: Collection<DecisionDocument>) {
  return {
    async insert(decision: DecisionLog): Promise<boolean> {
      try {
        await collection.insertOne(fromDecision(decision));
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    async applyFeedback(userId: string, unsettled: UnsettledFeedback) {
      const { decisionId, outcome, learning, feedback, nodeVersion } = unsettled;
      const stored = await collection.findOneAndUpdate(
        { _id: new ObjectId(decisionId), user_id: new ObjectId(userId), revision: feedback.revision - 1 },
        {
          $set: {
            outcome: fromOutcome(outcome),
            learning: fromLearning(learning),
            revision: feedback.revision,
            node_version: nodeVersion,
          },
          $push: { feedback: fromFeedback(feedback) },
        },
        { returnDocument: 'after' },
      );
      return stored && toDecision(stored);
    },

    async rememberKey(userId: string, id: string, revision: number, key: FeedbackKey): Promise<boolean> {
      const { matchedCount } = await collection.updateOne(
        { _id: new ObjectId(id), user_id: new ObjectId(userId), revision },
        { $push: { idle_keys: { idempotency_key: key.idempotencyKey, content_hash: key.contentHash } } },
      );
      return matchedCount === 1;
    },
  };
}

function decisionReads(collection: Collection<DecisionDocument>) {
  const findOne = async (filter: Filter<DecisionDocument>): Promise<DecisionLog | null> => {
    const document = await collection.findOne(filter);
    return document && toDecision(document);
  };
  return {
    find: (userId: string, id: string) => findOne({ user_id: new ObjectId(userId), _id: new ObjectId(id) }),

    async findMany(userId: string, ids: readonly string[]) {
      const wanted = ids.map((id) => new ObjectId(id));
      const found = await collection.find({ user_id: new ObjectId(userId), _id: { $in: wanted } }).toArray();
      const byId = new Map(found.map((document) => [document._id.toHexString(), document]));
      return ids.map((id) => {
        const document = byId.get(id);
        return document === undefined ? null : toDecision(document);
      });
    },

    findByKey: (userId: string, userNodeId: string, idempotencyKey: string) =>
      findOne({ ...ofNode(userId, userNodeId), idempotency_key: idempotencyKey }),

    async list(userId: string, userNodeId: string, filter: DecisionFilter, page: PageRequest) {
      const documents = await collection
        .find(listFilter(userId, userNodeId, filter, page))
        .sort({ _id: -1 })
        .limit(page.limit)
        .toArray();
      return documents.map(toDecision);
    },
  };
}

function listFilter(userId: string, userNodeId: string, filter: DecisionFilter, page: PageRequest): Document {
  const timestamp = {
    ...(filter.since == null ? {} : { $gte: filter.since }),
    ...(filter.until == null ? {} : { $lt: filter.until }),
  };
  return {
    ...ofNode(userId, userNodeId),
    ...(filter.hasOutcome == null ? {} : { revision: filter.hasOutcome ? { $gt: 0 } : 0 }),
    ...(filter.symbol == null ? {} : { 'decision.symbol': filter.symbol }),
    ...(filter.type == null ? {} : { 'decision.type': filter.type }),
    ...(Object.keys(timestamp).length === 0 ? {} : { timestamp }),
    ...(page.after === null ? {} : { _id: { $lt: new ObjectId(page.after) } }),
  };
}
