import { LRUCache } from 'lru-cache';
import { type Collection, type Db, type Filter, ObjectId } from 'mongodb';
import { newNode } from '../domain/node.js';
import type { NodeKey, NodeStore } from '../domain/ports.js';
import { changesOf } from './changeOne.js';
import type { NodeDocument } from './learningDocuments.js';
import { isDuplicateKey } from './errors.js';
import { listsOf } from './lists.js';
import { fromNode, fromSums, toNode } from './nodeMapping.js';
import { ofNode, ofUser } from './statements.js';

const MOST_SEEN = 10_000;

/** An index is used for a range, not for "is there". */
const FIRST_ID = new ObjectId('0'.repeat(24));

type Nodes = Collection<NodeDocument>;

/** What each node has learned, in `ai_node_learning`: one document of sums per (user, node). */
export function nodeStore(db: Db): NodeStore {
  const collection = db.collection<NodeDocument>('ai_node_learning');
  return {
    ...nodeReads(collection),
    ...nodeKeys(collection),
    ...nodeNumbers(collection),
    ...sumsWrites(collection),
  };
}

function nodeReads(collection: Nodes): Pick<NodeStore, 'list' | 'find'> {
  const lists = listsOf(collection);
  return {
    async list(userId, { after, limit }) {
      const request = {
        of: ofUser(userId),
        conditions: [],
        rest: {},
        below: after === null ? null : { $lt: new ObjectId(after) },
        limit,
      };
      const listed = { user_node_id: 1, last_decision_seq: 1, 'agents.agent_name': 1 };
      const documents = await lists.page<
        Pick<NodeDocument, '_id' | 'user_node_id' | 'last_decision_seq' | 'agents'>
      >(request, [{ $project: listed }]);
      return documents.map((document) => ({
        id: document._id.toHexString(),
        userNodeId: document.user_node_id.toHexString(),
        lastDecisionSeq: document.last_decision_seq,
        agentNames: document.agents.map(({ agent_name }) => agent_name),
      }));
    },

    async find(userId, userNodeId) {
      const document = await collection.findOne(ofNode(userId, userNodeId));
      return document && toNode(document);
    },
  };
}

/** The only reading without a viewer: it returns keys and nothing else. */
function nodeKeys(collection: Nodes): Pick<NodeStore, 'keysOf' | 'unsettledKeys'> {
  const keys = async (filter: Filter<NodeDocument>, limit = 0): Promise<NodeKey[]> => {
    const documents = await collection
      .find(filter, { projection: { _id: 0, user_id: 1, user_node_id: 1 }, limit })
      .toArray();
    return documents.map((document) => ({
      userId: document.user_id.toHexString(),
      userNodeId: document.user_node_id.toHexString(),
    }));
  };
  return {
    keysOf: (userNodeId) => keys({ user_node_id: new ObjectId(userNodeId) }),
    unsettledKeys: (limit) => keys({ 'unsettled.decision_id': { $gt: FIRST_ID } }, limit),
  };
}

/** Inserts a node at first use, and gives its decisions their numbers. */
function nodeNumbers(collection: Nodes): Pick<NodeStore, 'ensure' | 'takeNumber'> {
  const change = changesOf(collection);
  /** A node is never taken back: what was seen once needs no second look. */
  const seen = new LRUCache<string, true>({ max: MOST_SEEN });

  const increment = async (userId: string, userNodeId: string) => {
    const document = await change<NodeDocument>({
      key: ofNode(userId, userNodeId),
      update: { $inc: { last_decision_seq: 1 } },
      version: 'last_decision_seq',
      after: (before) => ({ ...before, last_decision_seq: before.last_decision_seq + 1 }),
    });
    return document && toNode(document);
  };

  const insertOnce = async (userId: string, userNodeId: string): Promise<void> => {
    try {
      await collection.insertOne(fromNode(newNode(userId, userNodeId)));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  };

  return {
    async ensure(userId, userNodeId) {
      const key = `${userId}/${userNodeId}`;
      if (seen.has(key)) return;
      const isThere = await collection.findOne(ofNode(userId, userNodeId), { projection: { _id: 1 } });
      if (isThere === null) await insertOnce(userId, userNodeId);
      seen.set(key, true);
    },

    async takeNumber(userId, userNodeId) {
      const taken = await increment(userId, userNodeId);
      if (taken !== null) return taken;
      // Racing upserts by findOneAndUpdate may answer null though they were applied: insert first, then count.
      await insertOnce(userId, userNodeId);
      const first = await increment(userId, userNodeId);
      if (first === null) throw new Error('The node was inserted and is not there.');
      return first;
    },
  };
}

function sumsWrites(collection: Nodes): Pick<NodeStore, 'applySums' | 'settle'> {
  const change = changesOf(collection);
  return {
    async applySums(node) {
      const { modifiedCount } = await collection.updateOne(
        { ...ofNode(node.userId, node.userNodeId), version: node.version - 1 },
        { $set: fromSums(node) },
      );
      return modifiedCount === 1;
    },

    async settle(userId, userNodeId, unsettled) {
      await change<Pick<NodeDocument, 'version'>>({
        key: ofNode(userId, userNodeId),
        guards: {
          'unsettled.decision_id': new ObjectId(unsettled.decisionId),
          'unsettled.revision': unsettled.feedback.revision,
        },
        update: { $set: { unsettled: null }, $inc: { version: 1 } },
        version: 'version',
        projection: { version: 1 },
        after: (before) => before,
      });
    },
  };
}
