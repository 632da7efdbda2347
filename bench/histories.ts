import { type Db, type Document, ObjectId } from 'mongodb';
import { type Client, createClient, id } from './client.js';
import { type Follower, openFollower } from './follower.js';
import { completedConversation } from './reads.js';
import type { Bench } from './server.js';
import { SETTINGS_OF_MANY_USERS, tokenOf } from './tokens.js';

const BATCH = 1_000;
const MINUTE_MS = 60_000;
/** A page and more are of the rare kind, in a history of any size. */
const RARE = 25;
const OWN_NODES = 50;
const PAGE_MESSAGES = 128;
const HEAD_MESSAGES = 64;

/** A server on a database of its own that holds so much of everything. */
export interface History {
  size: number;
  client: Client;
  /** Of another user, who has as many nodes as there are decisions. */
  collector: Client;
  follower: Follower;
  userNodeId: string;
  flowId: string;
  /** A conversation of 50 messages, and one of as many as the history is long. */
  executionId: string;
  longExecutionId: string;
  decisionId: string;
  stop(): Promise<void>;
}

/** What the server itself stored of one vote, one feedback and one proposal. */
interface Templates {
  conversation: Document;
  decision: Document;
  applied: Document;
  proposal: Document;
  node: Document;
}

/** Conversations, decisions and changes are a minute apart, the newest is from now. */
export async function makeHistory(bench: Bench, size: number): Promise<History> {
  const name = `bench_${size}`;
  const server = await bench.another({ ...SETTINGS_OF_MANY_USERS, MONGODB_DATABASE: name });
  const [userId, collectorId] = [id(), id()];
  const token = await tokenOf(userId);
  const client = createClient(server.url, 1, token);
  const db = bench.db.client.db(name);
  const { executionId, ...templates } = await storedTemplates(client, db);
  const { conversation, decision, node } = templates;
  await addHistory(db, templates, size);
  await addNodes(db, node, node['user_id'], OWN_NODES);
  await addNodes(db, node, new ObjectId(collectorId), size);
  const collector = createClient(server.url, 1, await tokenOf(collectorId));
  const follower = await openFollower(server.url, token);
  return {
    size,
    client,
    collector,
    follower,
    userNodeId: String(decision['user_node_id']),
    flowId: String(conversation['flow_id']),
    executionId,
    longExecutionId: await addLongConversation(db, conversation, size),
    decisionId: String(decision['_id']),
    async stop() {
      for (const opened of [client, collector, follower]) opened.close();
      await server.stop();
      await db.dropDatabase();
    },
  };
}

async function storedTemplates(client: Client, db: Db): Promise<Templates & { executionId: string }> {
  const { id: conversationId, executionId } = await completedConversation(client);
  const stored = async (collection: string, filter: object): Promise<Document> => {
    const found = await db.collection(collection).findOne(filter);
    if (found === null) throw new Error(`Expected one in ${collection} of ${JSON.stringify(filter)}.`);
    return found;
  };
  const conversation = await stored('ai_conversations', { _id: new ObjectId(conversationId) });
  const { user_node_id } = conversation;
  const input = { userNodeId: String(user_node_id), path: 'quorum', to: 60, reason: 'Few are silent.' };
  await client.data(PROPOSE, { input });
  return {
    executionId,
    conversation,
    decision: await stored('ai_decisions_log', { user_node_id }),
    applied: await stored('ai_parameter_changes', { user_node_id, status: 'applied' }),
    proposal: await stored('ai_parameter_changes', { user_node_id, status: 'proposed' }),
    node: await stored('ai_node_learning', { user_node_id }),
  };
}

const PROPOSE = `mutation ($input: ProposeParameterChangeInput!) {
  proposeParameterChange(input: $input) { userErrors { code message } } }`;

/** Of each kind 25 are rare: an open conversation, a decision without an outcome, a symbol of few, a proposal. */
async function addHistory(db: Db, templates: Templates, size: number): Promise<void> {
  const { conversation, decision, applied, proposal } = templates;
  const now = Date.now();
  const every = Math.floor(size / RARE);
  const messages = conversation['messages'].slice(-6);
  const swarm_vote = { ...conversation['swarm_vote'], deadline: null, first_ballot_at: null };
  for (let first = 1; first <= size; first += BATCH) {
    const made = Array.from({ length: Math.min(BATCH, size + 1 - first) }, (_, i) => {
      const n = first + i;
      const at = new Date(now - (size - n) * MINUTE_MS);
      const _id = new ObjectId(ObjectId.generate(at.getTime() / 1_000));
      return { n, at, _id, isRare: n % every === 0, symbol: n % every === 1 ? 'RARE' : 'SPX' };
    });
    await db.collection('ai_conversations').insertMany(
      made.map(({ at, _id, isRare, symbol }) => ({
        ...conversation,
        _id,
        messages,
        swarm_vote,
        execution_id: new ObjectId(),
        context: { ...conversation['context'], symbol },
        status: isRare ? 'in_progress' : 'completed',
        created_at: at,
        updated_at: at,
      })),
    );
    await db.collection('ai_decisions_log').insertMany(
      made.map(({ n, at, _id, isRare, symbol }) => ({
        ...decision,
        _id,
        seq: n + 1,
        decision: { ...decision['decision'], symbol },
        timestamp: at,
        ...(isRare ? { revision: 0, outcome: null, learning: null, feedback: [] } : {}),
      })),
    );
    await db
      .collection('ai_parameter_changes')
      .insertMany(made.map(({ _id, isRare }) => ({ ...(isRare ? proposal : applied), _id })));
  }
  const { user_id, user_node_id } = decision;
  const update = { $set: { last_decision_seq: size + 1 } };
  await db.collection('ai_node_learning').updateOne({ user_id, user_node_id }, update);
}

async function addNodes(db: Db, node: Document, user_id: ObjectId, count: number): Promise<void> {
  for (let first = 0; first < count; first += BATCH) {
    const made = Array.from({ length: Math.min(BATCH, count - first) }, () => ({
      ...node,
      _id: new ObjectId(),
      user_id,
      user_node_id: new ObjectId(),
    }));
    await db.collection('ai_node_learning').insertMany(made);
  }
}

async function addLongConversation(db: Db, conversation: Document, size: number): Promise<string> {
  const execution_id = new ObjectId();
  const template = conversation['messages'][0];
  const messages = (first: number, last: number): Document[] =>
    Array.from({ length: last + 1 - first }, (_, i) => {
      const _id = new ObjectId();
      return { ...template, _id, seq: first + i, idempotency_key: _id.toHexString() };
    });
  const paged = size - HEAD_MESSAGES;
  const head = messages(paged + 1, size);
  const pages = [];
  for (let first_seq = 1; first_seq <= paged; first_seq += PAGE_MESSAGES) {
    const last_seq = Math.min(paged, first_seq + PAGE_MESSAGES - 1);
    const { user_id } = conversation;
    pages.push({ user_id, execution_id, first_seq, last_seq, messages: messages(first_seq, last_seq) });
  }
  await db.collection('ai_message_pages').insertMany(pages);
  await db.collection('ai_conversations').insertOne({
    ...conversation,
    _id: new ObjectId(ObjectId.generate(Date.now() / 1_000 - MINUTE_MS)),
    execution_id,
    messages: head,
    last_seq: size,
    paged_seq: paged,
  });
  return execution_id.toHexString();
}
