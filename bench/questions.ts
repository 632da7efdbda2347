import { ADD, id, messageInput } from './client.js';
import { firstEvent } from './follower.js';
import type { History } from './histories.js';

/** What is asked of a history. */
export interface Question {
  what: string;
  ask(history: History): Promise<unknown>;
}

const MINUTE_MS = 60_000;
const LATE_MINUTES = 10;

const EDGES = 'edges { cursor node { id } } pageInfo { hasNextPage }';
const CONVERSATIONS = `query ($after: String, $filter: ConversationFilter) {
  conversations(first: 20, after: $after, filter: $filter) { ${EDGES} } }`;
const DECISIONS = `query ($node: ID!, $after: String, $filter: DecisionFilter) {
  decisions(userNodeId: $node, first: 20, after: $after, filter: $filter) { ${EDGES} } }`;
const CHANGES = `query ($node: ID!, $filter: ParameterChangeFilter) {
  parameterChanges(userNodeId: $node, first: 20, filter: $filter) { ${EDGES} } }`;
const NODES = `query { nodes(first: 20) { edges { node {
  decisions lastDecision { id } agents parameterVersion openProposals } } } }`;
const MESSAGES = (slice: string) => `query ($executionId: ID!) {
  conversation(executionId: $executionId) { messages(${slice}) { edges { node { seq } } } } }`;
const BRIEF = 'query ($node: ID!) { decisionBrief(userNodeId: $node, symbol: "SPX") { text } }';
const START = `mutation ($input: StartConversationInput!) {
  startConversation(input: $input) { conversation { executionId } userErrors { code } } }`;
const LOG = `mutation ($input: LogDecisionInput!) {
  logDecision(input: $input) { decisionLog { id } userErrors { code message } } }`;
const FEEDBACK = `mutation ($input: RecordFeedbackInput!) {
  recordFeedback(input: $input) { userErrors { code message } } }`;

const late = () => new Date(Date.now() - LATE_MINUTES * MINUTE_MS).toISOString();
const old = ({ size }: History) => new Date(Date.now() - 2 * size * MINUTE_MS).toISOString();
const middle = ({ size }: History) => new Date(Date.now() - (size / 2) * MINUTE_MS).toISOString();

type Filters = Record<string, (history: History) => object>;

const CONVERSATION_FILTERS: Filters = {
  '': () => ({}),
  ', status': () => ({ status: 'COMPLETED' }),
  ', status of few': () => ({ status: 'IN_PROGRESS' }),
  ', symbol': () => ({ symbol: 'SPX' }),
  ', symbol of few': () => ({ symbol: 'RARE' }),
  ', node': ({ userNodeId }) => ({ userNodeId }),
  ', flow': ({ flowId }) => ({ flowId }),
  ', flow of none': () => ({ flowId: 'f'.repeat(24) }),
  ', changed of late': () => ({ updatedSince: late() }),
  ', changed since the middle': (history) => ({ updatedSince: middle(history) }),
  ', changed ever': (history) => ({ updatedSince: old(history) }),
  ', status and symbol': () => ({ status: 'COMPLETED', symbol: 'SPX' }),
  ', status and symbol of few': () => ({ status: 'COMPLETED', symbol: 'RARE' }),
  ', all of it': (history) => ({
    status: 'COMPLETED',
    symbol: 'SPX',
    userNodeId: history.userNodeId,
    flowId: history.flowId,
    updatedSince: old(history),
  }),
};

const DECISION_FILTERS: Filters = {
  '': () => ({}),
  ', with outcome': () => ({ hasOutcome: true }),
  ', without outcome': () => ({ hasOutcome: false }),
  ', symbol': () => ({ symbol: 'SPX' }),
  ', symbol of few': () => ({ symbol: 'RARE' }),
  ', type': () => ({ type: 'TRADE' }),
  ', type of none': () => ({ type: 'RISK_ADJUSTMENT' }),
  ', since of late': () => ({ since: late() }),
  ', since the middle': (history) => ({ since: middle(history) }),
  ', since ever': (history) => ({ since: old(history) }),
  ', until of late': () => ({ until: late() }),
  ', until the middle': (history) => ({ until: middle(history) }),
  ', since and until': (history) => ({ since: old(history), until: middle(history) }),
  ', with outcome, symbol, since ever': (history) => ({
    hasOutcome: true,
    symbol: 'SPX',
    since: old(history),
  }),
  ', without outcome, since ever': (history) => ({ hasOutcome: false, since: old(history) }),
};

const CHANGE_FILTERS: Filters = {
  '': () => ({}),
  ', status': () => ({ status: 'APPLIED' }),
  ', status of few': () => ({ status: 'PROPOSED' }),
  ', path of few': () => ({ path: 'quorum' }),
  ', path of none': () => ({ path: 'rule' }),
};

const filtered = (list: string, query: string, filters: Filters): Question[] =>
  Object.entries(filters).map(([name, filterOf]) => ({
    what: `${list}${name}`,
    ask: (history) => history.client.data(query, { node: history.userNodeId, filter: filterOf(history) }),
  }));

const startInput = () => ({
  executionId: id(),
  flowId: id(),
  userNodeId: id(),
  symbol: 'SPX',
  totalAgents: 3,
});

/** Asks for the page after the first; where that ends is asked for once. */
function secondPage(list: string, query: string): Question {
  const cursors = new Map<History, string>();
  return {
    what: `${list}, second page`,
    async ask(history) {
      const node = history.userNodeId;
      const after = cursors.get(history);
      const page = (await history.client.data(query, { node, after }))[list];
      if (after === undefined) cursors.set(history, page.edges.at(-1).cursor);
    },
  };
}

const ofMessages = (what: string, sliceOf: (size: number) => string): Question => ({
  what: `messages of one conversation, ${what}`,
  ask: ({ client, size, longExecutionId: executionId }) =>
    client.data(MESSAGES(sliceOf(size)), { executionId }),
});

const changes = (what: string, sinceOf: (history: History) => string): Question => ({
  what: `conversationChanged, the first one changed ${what}`,
  ask: (history) =>
    firstEvent(
      history.follower,
      `subscription { conversationChanged(since: "${sinceOf(history)}") { executionId } }`,
    ),
});

/** Each conversation that is added to is taken for one history. */
function addMessage(): Question {
  const started = new Map<History, string>();
  return {
    what: 'addMessage',
    async ask(history) {
      const known = started.get(history);
      if (known !== undefined) return history.client.data(ADD, { input: messageInput(known) });
      const { startConversation } = await history.client.data(START, { input: startInput() });
      started.set(history, startConversation.conversation.executionId);
    },
  };
}

const logInput = (userNodeId: string) => ({ userNodeId, type: 'TRADE', action: 'BUY', confidence: 60 });

/** The lists of a history, and what of it is read or written beside. */
export const QUESTIONS: readonly Question[] = [
  ...filtered('conversations', CONVERSATIONS, CONVERSATION_FILTERS),
  secondPage('conversations', CONVERSATIONS),
  changes('of late', late),
  changes('ever', old),
  ...filtered('decisions', DECISIONS, DECISION_FILTERS),
  secondPage('decisions', DECISIONS),
  ...filtered('parameterChanges', CHANGES, CHANGE_FILTERS),
  secondPage('parameterChanges', CHANGES),
  { what: 'nodes, 50 beside those of others', ask: ({ client }) => client.data(NODES) },
  { what: 'nodes', ask: ({ collector }) => collector.data(NODES) },
  ofMessages('first', () => 'first: 20'),
  ofMessages('middle', (size) => `first: 20, afterSeq: ${size / 4}`),
  ofMessages('last', () => 'last: 20'),
  { what: 'decisionBrief', ask: ({ client, userNodeId: node }) => client.data(BRIEF, { node }) },
  {
    what: 'conversation',
    ask: ({ client, executionId }) => client.data(MESSAGES('last: 5'), { executionId }),
  },
  {
    what: 'decision',
    ask: ({ client, decisionId }) => client.data(`{ decision(id: "${decisionId}") { id } }`),
  },
  {
    what: 'nodeParameters',
    ask: ({ client, userNodeId }) =>
      client.data(`{ nodeParameters(userNodeId: "${userNodeId}") { version } }`),
  },
  addMessage(),
  { what: 'startConversation', ask: ({ client }) => client.data(START, { input: startInput() }) },
  {
    what: 'logDecision',
    ask: ({ client, userNodeId }) => client.data(LOG, { input: logInput(userNodeId) }),
  },
  {
    what: 'logDecision and recordFeedback',
    async ask({ client, userNodeId }) {
      const { logDecision } = await client.data(LOG, { input: logInput(userNodeId) });
      const input = { decisionId: logDecision.decisionLog.id, success: true, pnl: 1, timeHeld: 60 };
      await client.data(FEEDBACK, { input });
    },
  },
];
