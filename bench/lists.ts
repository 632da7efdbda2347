import { type Db, type Document, ObjectId } from 'mongodb';
import { ADD, type Client, createClient, id, messageInput } from './client.js';
import { spread } from './rate.js';
import { completedConversation } from './reads.js';
import type { Bench } from './server.js';

const FEW = 100;
const MANY = 20_000;
const ASKED = 15;
const BATCH = 1_000;
const MINUTE_MS = 60_000;

/** Of each question, its time in ms over a history of 100 and of 20,000. */
export interface Growth {
  what: string;
  few: number;
  many: number;
}

interface History {
  conversation: Document;
  decision: Document;
  userNodeId: string;
  executionId: string;
}

/** How the time of each list grows with what it is a page of; conversations and decisions are a minute apart. */
export async function measureGrowth({ url, db }: Bench): Promise<Growth[]> {
  const client = createClient(url, 1);
  try {
    const history = await template(client, db);
    await add(db, history, 1, FEW);
    const few = await timesOf(client, history);
    await add(db, history, FEW + 1, MANY);
    const many = await timesOf(client, history);
    return Object.keys(few).map((what) => ({ what, few: few[what] as number, many: many[what] as number }));
  } finally {
    client.close();
  }
}

/** A conversation and its decision as the server stores them. */
async function template(client: Client, db: Db): Promise<History> {
  const { id: conversationId, executionId } = await completedConversation(client);
  const _id = new ObjectId(conversationId);
  const conversation = (await db.collection('ai_conversations').findOne({ _id })) as Document;
  const messages = conversation['messages'].slice(-6);
  const decision = (await db.collection('ai_decisions_log').findOne({ conversation_id: _id })) as Document;
  const userNodeId = String(conversation['user_node_id']);
  return { conversation: { ...conversation, messages }, decision, userNodeId, executionId };
}

/** The `n`th of them, so many minutes ago: one of a hundred is open or without an outcome, and on a symbol of few. */
async function add(db: Db, { conversation, decision }: History, from: number, to: number): Promise<void> {
  const now = Date.now();
  for (let first = from; first <= to; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, to + 1 - first) }, (_, i) => first + i);
    const made = numbers.map((n) => {
      const at = new Date(now - (MANY - n) * MINUTE_MS);
      const _id = new ObjectId(ObjectId.generate(at.getTime() / 1_000));
      return { n, at, _id, isRare: n % 100 === 0, symbol: n % 100 === 50 ? 'RARE' : 'SPX' };
    });
    await db.collection('ai_conversations').insertMany(
      made.map(({ at, _id, isRare, symbol }) => ({
        ...conversation,
        _id,
        execution_id: new ObjectId(),
        context: { ...conversation['context'], symbol },
        status: isRare ? 'in_progress' : 'completed',
        // The sweep is to leave the open ones alone.
        swarm_vote: { ...conversation['swarm_vote'], deadline: null, first_ballot_at: null },
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
  }
  const { user_id, user_node_id } = decision;
  await db
    .collection('ai_node_learning')
    .updateOne({ user_id, user_node_id }, { $set: { last_decision_seq: to + 1 } });
}

const FIELDS = 'edges { cursor node { id } } pageInfo { hasNextPage }';
const CONVERSATIONS = `query ($after: String, $filter: ConversationFilter) {
  conversations(first: 20, after: $after, filter: $filter) { ${FIELDS} } }`;
const DECISIONS = `query ($node: ID!, $after: String, $filter: DecisionFilter) {
  decisions(userNodeId: $node, first: 20, after: $after, filter: $filter) { ${FIELDS} } }`;
const BRIEF = 'query ($node: ID!) { decisionBrief(userNodeId: $node, symbol: "SPX") { text } }';
const ONE =
  'query ($executionId: ID!) { conversation(executionId: $executionId) { messages(last: 5) { edges { node { seq } } } } }';
const DECISION = 'query ($id: ID!) { decision(id: $id) { id } }';

async function timesOf(client: Client, history: History): Promise<Record<string, number>> {
  const node = history.userNodeId;
  const recent = new Date(Date.now() - 10 * MINUTE_MS).toISOString();
  const long = new Date(Date.now() - MANY * MINUTE_MS * 2).toISOString();
  const flowId = String(history.conversation['flow_id']);
  const filters: Record<string, object> = {
    '': {},
    ', status': { status: 'COMPLETED' },
    ', status of few': { status: 'IN_PROGRESS' },
    ', symbol': { symbol: 'SPX' },
    ', symbol of few': { symbol: 'RARE' },
    ', node': { userNodeId: node },
    ', flow': { flowId },
    ', changed of late': { updatedSince: recent },
    ', changed ever': { updatedSince: long },
    ', status and symbol': { status: 'COMPLETED', symbol: 'SPX' },
  };
  const ofDecisions: Record<string, object> = {
    '': {},
    ', with outcome': { hasOutcome: true },
    ', without outcome': { hasOutcome: false },
    ', symbol': { symbol: 'SPX' },
    ', symbol of few': { symbol: 'RARE' },
    ', type': { type: 'TRADE' },
    ', type of none': { type: 'RISK_ADJUSTMENT' },
    ', since of late': { since: recent },
    ', since ever': { since: long },
    ', until of late': { until: recent },
  };
  const times: Record<string, number> = {};
  const time = async (what: string, query: string, variables: object) => {
    times[what] = await medianMs(() => client.data(query, { ...variables }));
  };
  for (const [name, filter] of Object.entries(filters))
    await time(`conversations${name}`, CONVERSATIONS, { filter });
  for (const [name, filter] of Object.entries(ofDecisions))
    await time(`decisions${name}`, DECISIONS, { node, filter });
  const { conversations } = await client.data(CONVERSATIONS, {});
  await time('conversations, second page', CONVERSATIONS, { after: conversations.edges.at(-1).cursor });
  await time('decisionBrief', BRIEF, { node });
  await time('conversation', ONE, { executionId: history.executionId });
  await time('decision', DECISION, { id: String(history.decision['_id']) });
  const { startConversation } = await client.data(START, { input: startInput() });
  const { executionId } = startConversation.conversation;
  times['addMessage'] = await medianMs(() => client.data(ADD, { input: messageInput(executionId) }));
  times['startConversation'] = await medianMs(() => client.data(START, { input: startInput() }));
  return times;
}

const START = `mutation ($input: StartConversationInput!) { startConversation(input: $input) { conversation { executionId } userErrors { code } } }`;
const startInput = () => ({
  executionId: id(),
  flowId: id(),
  userNodeId: id(),
  symbol: 'SPX',
  totalAgents: 3,
});

async function medianMs(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ASKED; i++) {
    const startedMs = performance.now();
    await ask();
    times.push(performance.now() - startedMs);
  }
  return spread(times).median;
}
