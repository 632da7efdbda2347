import { type Collection, type Db, ObjectId } from 'mongodb';
import type { DecisionLog, FeedbackKey } from '../domain/decision.js';
import type { UnsettledFeedback } from '../domain/node.js';
import type { DecisionFilter, DecisionStore, PageRequest } from '../domain/ports.js';
import {
  fromDecision,
  fromFeedback,
  fromLearning,
  fromOutcome,
  fromPastLearning,
  lateBallotsIn,
  toDecision,
} from './decisionMapping.js';
import { changesOf } from './changeOne.js';
import { bytesWith } from './decisionSize.js';
import { decisionNumbers } from './decisionNumbers.js';
import { decisionStatistics } from './decisionStatistics.js';
import type { DecisionDocument } from './learningDocuments.js';
import { isDuplicateKey } from './errors.js';
import { recentLessons } from './lessons.js';
import { listsOf } from './lists.js';
import { type ListRequest, matching, type Narrow } from './listRequest.js';
import { ofNode } from './statements.js';

/** How many keys of feedback that changed nothing are remembered, the latest ones. */
const MAX_IDLE_KEYS = 100;

/** Decisions in `ai_decisions_log`: the truth that all sums can be computed from again. */
export function decisionStore(db: Db): DecisionStore {
  const collection = db.collection<DecisionDocument>('ai_decisions_log');
  return {
    ...decisionReads(collection),
    ...decisionNumbers(collection),
    ...decisionWrites(collection),
    ...decisionStatistics(collection),
    ...recentLessons(collection),
    bytesWith: async (decision, unsettled) => bytesWith(decision, unsettled),
  };
}

function decisionWrites(collection: Collection<DecisionDocument>) {
  const change = changesOf(collection);
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

    async applyFeedback(userId: string, userNodeId: string, unsettled: UnsettledFeedback) {
      const { decisionId, outcome, learning, feedback, nodeVersion, replaced } = unsettled;
      const stored = await change<DecisionDocument>({
        key: { ...ofNode(userId, userNodeId), _id: new ObjectId(decisionId) },
        guards: { revision: feedback.revision - 1 },
        version: 'revision',
        update: {
          $set: {
            outcome: fromOutcome(outcome),
            learning: fromLearning(learning),
            revision: feedback.revision,
            node_version: nodeVersion,
            ...lateBallotsIn(unsettled),
          },
          $push: {
            feedback: fromFeedback(feedback),
            ...(replaced && { past_learning: fromPastLearning(replaced) }),
          },
        },
      });
      return stored && toDecision(stored);
    },

    async rememberKey({ userId, userNodeId, id, revision }: DecisionLog, key: FeedbackKey): Promise<boolean> {
      const idle = { idempotency_key: key.idempotencyKey, content_hash: key.contentHash };
      const { matchedCount } = await collection.updateOne(
        { ...ofNode(userId, userNodeId), _id: new ObjectId(id), revision },
        { $push: { idle_keys: { $each: [idle], $slice: -MAX_IDLE_KEYS } } },
      );
      return matchedCount === 1;
    },
  };
}

function decisionReads(collection: Collection<DecisionDocument>) {
  const lists = listsOf(collection);
  /** By their ids alone, then by whose they are: the embedded database uses no index for both at once. */
  const byIds = (userId: string, ids: readonly string[]) => {
    const wanted = { _id: { $in: ids.map((id) => new ObjectId(id)) } };
    return collection
      .aggregate<DecisionDocument>(matching(wanted, { user_id: new ObjectId(userId) }))
      .toArray();
  };
  return {
    async find(userId: string, id: string): Promise<DecisionLog | null> {
      const [found] = await byIds(userId, [id]);
      return found === undefined ? null : toDecision(found);
    },

    async findMany(userId: string, ids: readonly string[]) {
      const found = await byIds(userId, ids);
      const byId = new Map(found.map((document) => [document._id.toHexString(), document]));
      return ids.map((id) => {
        const document = byId.get(id);
        return document === undefined ? null : toDecision(document);
      });
    },

    async findByKey(userId: string, userNodeId: string, idempotencyKey: string) {
      const filter = { ...ofNode(userId, userNodeId), idempotency_key: idempotencyKey };
      const document = await collection.findOne(filter);
      return document && toDecision(document);
    },

    async list(userId: string, userNodeId: string, filter: DecisionFilter, page: PageRequest) {
      const request = listRequest(ofNode(userId, userNodeId), filter, page);
      return (await lists.page<DecisionDocument>(request)).map(toDecision);
    },
  };
}

/** By the condition that fewest match, as a rule. */
function listRequest(
  node: ReturnType<typeof ofNode>,
  filter: DecisionFilter,
  page: PageRequest,
): ListRequest {
  const range = {
    ...(filter.since == null ? {} : { $gte: filter.since }),
    ...(filter.until == null ? {} : { $lt: filter.until }),
  };
  const time: Narrow | null =
    Object.keys(range).length === 0 ? null : { by: node, field: 'timestamp', range };
  const evaluated: Narrow | null = filter.hasOutcome
    ? { by: node, field: 'revision', range: { $gt: 0 } }
    : null;
  const conditions = [
    filter.symbol == null ? null : { 'decision.symbol': filter.symbol },
    filter.hasOutcome === false ? { revision: 0 } : null,
    filter.type == null ? null : { 'decision.type': filter.type },
  ].filter((one) => one !== null);
  return {
    of: node,
    conditions,
    rest: Object.assign({}, ...[evaluated, time].map((narrow) => narrow && { [narrow.field]: narrow.range })),
    narrow: time ?? evaluated,
    below: page.after === null ? null : { $lt: new ObjectId(page.after) },
    limit: page.limit,
  };
}
