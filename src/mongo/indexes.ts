import { type CreateIndexesOptions, type Db, MongoServerError } from 'mongodb';
import { OPEN } from './statements.js';

interface Index {
  collection: string;
  key: Record<string, 1 | -1>;
  options?: CreateIndexesOptions;
  /** The query it is there for. */
  serves: string;
}

/** Every index, with the query it serves. All but those of sweeps and the poll start with the tenant. */
export const INDEXES: readonly Index[] = [
  {
    collection: 'ai_conversations',
    key: { user_id: 1, execution_id: 1 },
    options: { unique: true },
    serves: 'every command, Query.conversation(executionId), the streams of one conversation',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, _id: -1 },
    serves: 'Query.conversations; one by its id',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, user_node_id: 1, _id: -1 },
    serves: 'Query.conversations(filter: { userNodeId })',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, flow_id: 1, _id: -1 },
    serves: 'Query.conversations(filter: { flowId })',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, 'context.symbol': 1, _id: -1 },
    serves: 'Query.conversations(filter: { symbol })',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, updated_at: 1, _id: 1 },
    serves: 'conversationChanged and voteCompleted of all conversations; filter: { updatedSince }',
  },
  {
    collection: 'ai_conversations',
    key: { updated_at: 1, _id: 1 },
    serves: 'the poll for changes that nobody was woken for, of all users at once',
  },
  {
    collection: 'ai_conversations',
    key: { 'swarm_vote.deadline': 1 },
    options: { partialFilterExpression: { status: OPEN } },
    serves: 'the sweep for votes whose deadline has come',
  },
  {
    collection: 'ai_conversations',
    key: { created_at: 1 },
    options: { partialFilterExpression: { status: OPEN } },
    serves: 'the sweep for conversations started by a clock that is ahead',
  },
  {
    collection: 'ai_conversations',
    key: { 'swarm_vote.first_ballot_at': 1 },
    options: { partialFilterExpression: { status: OPEN } },
    serves: 'the sweep for votes begun by a clock that is ahead',
  },
  {
    collection: 'ai_conversations',
    key: { decision_pending: 1 },
    options: { partialFilterExpression: { decision_pending: true } },
    serves: 'the sweep for decisions not yet logged',
  },
  {
    collection: 'ai_message_pages',
    key: { user_id: 1, execution_id: 1, first_seq: 1 },
    options: { unique: true },
    serves: 'messages that left the head of their conversation; that a page is copied once',
  },
  {
    collection: 'ai_message_pages',
    key: { user_id: 1, execution_id: 1, 'messages.idempotency_key': 1 },
    options: { unique: true },
    serves: 'addMessage again with the key of a message that left the head',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, _id: -1 },
    serves: 'Query.decisions',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, timestamp: 1 },
    serves: 'Query.learningStats(since), Query.decisions(filter: { since, until })',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, idempotency_key: 1 },
    options: { unique: true, partialFilterExpression: { idempotency_key: { $gt: '' } } },
    serves: 'logDecision again with its key',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, seq: 1 },
    serves:
      "a node's decisions by their numbers: whatIf, slices, drift, rebuild; the outcomes lessons look back on",
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, node_version: 1 },
    serves: 'what a node learned while a rebuild went on',
  },
  {
    collection: 'ai_parameter_changes',
    key: { user_id: 1, user_node_id: 1, _id: -1 },
    serves: 'Query.parameterChanges; one by its id',
  },
  {
    collection: 'ai_parameter_changes',
    key: { user_id: 1, user_node_id: 1, 'versions.version': 1 },
    options: { unique: true, partialFilterExpression: { 'versions.version': { $gt: 0 } } },
    serves: 'the parameters in force; that a version of them is given once',
  },
  {
    collection: 'ai_node_learning',
    key: { user_id: 1, user_node_id: 1 },
    options: { unique: true },
    serves: 'every vote and feedback of a node',
  },
  {
    collection: 'ai_node_learning',
    key: { 'unsettled.decision_id': 1 },
    serves: 'the sweep for feedback that is learned and perhaps not on its decision',
  },
];

/**
 * Makes what is missing and makes anew what an older version of this list defined otherwise, one after another: all
 * at once would take every connection of a small pool. Answers whether anything was made.
 */
export async function ensureIndexes(db: Db): Promise<boolean> {
  const before = await definitions(db);
  for (const { collection, key, options } of INDEXES) {
    try {
      await db.collection(collection).createIndex(key, options);
    } catch (error) {
      if (!isDefinedOtherwise(error)) throw error;
      await db.collection(collection).dropIndex(nameOf(key));
      await db.collection(collection).createIndex(key, options);
    }
  }
  return (await definitions(db)) !== before;
}

/** All indexes there are, as one text. */
async function definitions(db: Db): Promise<string> {
  const collections = new Set(INDEXES.map(({ collection }) => collection));
  const found = [...collections].map(async (name) => {
    try {
      return await db.collection(name).indexes();
    } catch (error) {
      if (hasNoCollection(error)) return [];
      throw error;
    }
  });
  return JSON.stringify(await Promise.all(found));
}

const hasCode = (error: unknown, ...codes: number[]): boolean =>
  error instanceof MongoServerError && codes.includes(error.code as number);

/** IndexOptionsConflict, IndexKeySpecsConflict. */
const isDefinedOtherwise = (error: unknown): boolean => hasCode(error, 85, 86);

/** NamespaceNotFound. */
const hasNoCollection = (error: unknown): boolean => hasCode(error, 26);

/** The name the driver gives an index: its keys and directions. */
const nameOf = (key: Index['key']): string => Object.entries(key).flat().join('_');
