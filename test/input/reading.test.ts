import { beforeAll, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { BAD_IDS, badId, LOG } from './refusals.js';

const running = useApp();

/** Two conversations on one node and two decisions of it, so that each list has a cursor in the middle. */
let open: { executionId: string; userNodeId: string };
let cursors: { conversation: string; decision: string; message: string };
beforeAll(async () => {
  const { start, say } = flow(running.app);
  open = await start();
  await start({ userNodeId: open.userNodeId });
  for (let i = 0; i < 3; i++) await say(open.executionId);
  for (let i = 0; i < 2; i++) {
    await running.app.data(LOG, {
      input: { userNodeId: open.userNodeId, type: 'PAUSE', action: 'pause', confidence: 50 },
    });
  }
  const { conversations, decisions, conversation } = await running.app.data(
    `query Q($e: ID!, $n: ID!) {
      conversations(first: 1) { pageInfo { endCursor } }
      decisions(userNodeId: $n, first: 1) { pageInfo { endCursor } }
      conversation(executionId: $e) { messages(first: 3) { pageInfo { endCursor } } }
    }`,
    { e: open.executionId, n: open.userNodeId },
  );
  cursors = {
    conversation: conversations.pageInfo.endCursor,
    decision: decisions.pageInfo.endCursor,
    message: conversation.messages.pageInfo.endCursor,
  };
});

/** One field that may be null, refused: it is null, and the one error says why. */
async function expectRefused(
  query: string,
  variables: Record<string, unknown>,
  field: string,
  message: string,
) {
  const { status, data, errors } = await running.app.send(query, variables);
  expect({
    status,
    data,
    errors: errors?.map(({ message, extensions }) => ({ message, extensions })),
  }).toEqual({
    status: 200,
    data: { [field]: null },
    errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
  });
}

const byId: [argument: string, field: string, query: string][] = [
  ['executionId', 'conversation', 'query Q($id: ID!) { conversation(executionId: $id) { id } }'],
  ['id', 'conversation', 'query Q($id: ID!) { conversation(id: $id) { id } }'],
  [
    'filter.userNodeId',
    'conversations',
    'query Q($id: ID!) { conversations(filter: { userNodeId: $id }) { edges { cursor } } }',
  ],
  [
    'filter.flowId',
    'conversations',
    'query Q($id: ID!) { conversations(filter: { flowId: $id }) { edges { cursor } } }',
  ],
  ['id', 'decision', 'query Q($id: ID!) { decision(id: $id) { id } }'],
  ['userNodeId', 'decisions', 'query Q($id: ID!) { decisions(userNodeId: $id) { edges { cursor } } }'],
  ['userNodeId', 'learningStats', 'query Q($id: ID!) { learningStats(userNodeId: $id) { totalDecisions } }'],
  ['userNodeId', 'agentPerformance', 'query Q($id: ID!) { agentPerformance(userNodeId: $id) { agentName } }'],
];

test.each(byId)('refuses ids that are not 24 hex digits as %s of %s', async (argument, field, query) => {
  for (const [, value] of BAD_IDS) {
    await expectRefused(query, { id: value }, field, badId(argument, value));
  }
});

test.each([
  ['neither', '{ conversation { id } }'],
  ['neither', '{ conversation(id: null, executionId: null) { id } }'],
  ['both', `{ conversation(id: "${id()}", executionId: "${id()}") { id } }`],
])('refuses a conversation by %s of its ids: %s', (which, query) =>
  expectRefused(query, {}, 'conversation', `Expected \`executionId\` or \`id\`, got ${which}.`),
);

test.each(['2026-01-05T09:00:00.000Z', '2026-01-05T08:59:59.999Z'])(
  'refuses decisions since 09:00 and until %s, of which there can be none',
  (until) =>
    expectRefused(
      'query Q($n: ID!, $f: DecisionFilter) { decisions(userNodeId: $n, filter: $f) { edges { cursor } } }',
      { n: open.userNodeId, f: { since: '2026-01-05T09:00:00.000Z', until } },
      'decisions',
      `Expected \`filter.since\` before \`filter.until\`, got 2026-01-05T09:00:00.000Z and ${until}.`,
    ),
);

test.each(['voteCompleted', 'conversationChanged'])(
  'refuses %s of one execution since an instant, which would be ignored',
  async (field) => {
    const { executionId } = open;
    const query = `subscription S($e: ID, $s: DateTime) { ${field}(executionId: $e, since: $s) { id } }`;
    const since = '2026-01-05T09:00:00.000Z';
    const [error] = await running.app.subscribe(query, { e: executionId, s: since }).refused();
    expect(error).toMatchObject({
      message: `Expected \`executionId\` or \`since\`, got both: executionId "${executionId}", since ${since}.`,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  },
);

const CONVERSATIONS =
  'query Q($first: Int, $after: String) { conversations(first: $first, after: $after) { edges { cursor } } }';
const DECISIONS =
  'query Q($n: ID!, $first: Int, $after: String) { decisions(userNodeId: $n, first: $first, after: $after) { edges { cursor } } }';
const MESSAGES = `query Q($e: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  conversation(executionId: $e) { messages(first: $first, after: $after, last: $last, before: $before) { totalCount } }
}`;

test.each([-1, 0, 101, 2_147_483_647])('refuses pages of %i', async (first) => {
  const message = `Expected \`first\` from 1 to 100, got ${first}.`;
  await expectRefused(CONVERSATIONS, { first }, 'conversations', message);
  await expectRefused(DECISIONS, { n: open.userNodeId, first }, 'decisions', message);
  await expectRefused(MESSAGES, { e: open.executionId, first }, 'conversation', message);
  await expectRefused(
    MESSAGES,
    { e: open.executionId, last: first },
    'conversation',
    `Expected \`last\` from 1 to 100, got ${first}.`,
  );
});

test.each<[string, () => Record<string, unknown>]>([
  ['first with last', () => ({ first: 1, last: 1 })],
  ['first with before', () => ({ first: 1, before: cursors.message })],
  ['after with last', () => ({ after: cursors.message, last: 1 })],
  ['after with before', () => ({ after: cursors.message, before: cursors.message })],
])('refuses messages by %s', (_, args) =>
  expectRefused(
    MESSAGES,
    { e: open.executionId, ...args() },
    'conversation',
    'Expected `first` with `after`, or `last` with `before`, got some of both.',
  ),
);

const base64url = (text: string) => Buffer.from(text).toString('base64url');

test.each<[string, () => string]>([
  ['is none', () => 'tomorrow'],
  ['is empty', () => ''],
  ['has a kind of its own', () => base64url(`portfolio:${id()}`)],
  ['has no place', () => base64url('conversation:')],
  ['has a place that is none', () => base64url('conversation:1; drop')],
  ['has a message that is none', () => base64url('message:0')],
  ['was padded', () => `${cursors.message}==`],
  ['belongs to users', () => base64url(`user:${id()}`)],
])('refuses a cursor that %s', async (_, cursorOf) => {
  const cursor = cursorOf();
  const of = (argument: string) =>
    `Expected \`${argument}\` to be a cursor of this list, got ${JSON.stringify(cursor)}.`;
  await expectRefused(CONVERSATIONS, { after: cursor }, 'conversations', of('after'));
  await expectRefused(DECISIONS, { n: open.userNodeId, after: cursor }, 'decisions', of('after'));
  await expectRefused(MESSAGES, { e: open.executionId, after: cursor }, 'conversation', of('after'));
  await expectRefused(MESSAGES, { e: open.executionId, before: cursor }, 'conversation', of('before'));
});

test('refuses a cursor of another list', async () => {
  const of = (argument: string, cursor: string) =>
    `Expected \`${argument}\` to be a cursor of this list, got "${cursor}".`;
  for (const cursor of [cursors.decision, cursors.message])
    await expectRefused(CONVERSATIONS, { after: cursor }, 'conversations', of('after', cursor));
  for (const cursor of [cursors.conversation, cursors.message])
    await expectRefused(DECISIONS, { n: open.userNodeId, after: cursor }, 'decisions', of('after', cursor));
  for (const cursor of [cursors.conversation, cursors.decision]) {
    await expectRefused(
      MESSAGES,
      { e: open.executionId, after: cursor },
      'conversation',
      of('after', cursor),
    );
    await expectRefused(
      MESSAGES,
      { e: open.executionId, before: cursor },
      'conversation',
      of('before', cursor),
    );
  }
});

test('refuses a cursor of a message the conversation has not', async () => {
  const cursor = base64url('message:4');
  const message = "Expected a cursor of this conversation's 3 messages, got one of message 4.";
  await expectRefused(MESSAGES, { e: open.executionId, after: cursor }, 'conversation', message);
  await expectRefused(MESSAGES, { e: open.executionId, before: cursor }, 'conversation', message);
});

const STREAMS: [name: string, query: string][] = [
  ['messageAdded', 'subscription S($id: ID!) { messageAdded(executionId: $id) { seq } }'],
  ['voteCompleted', 'subscription S($id: ID!) { voteCompleted(executionId: $id) { id } }'],
  ['conversationChanged', 'subscription S($id: ID!) { conversationChanged(executionId: $id) { id } }'],
];

test.each(STREAMS)('refuses %s by ids that are not 24 hex digits', async (_, query) => {
  for (const [, value] of BAD_IDS) {
    const errors = await running.app.subscribe(query, { id: value }).refused();
    expect(errors.map(({ message, extensions }) => ({ message, code: extensions?.code }))).toEqual([
      { message: badId('executionId', value), code: 'BAD_USER_INPUT' },
    ]);
  }
});

test.each(STREAMS)('refuses %s of an execution without a conversation', async (_, query) => {
  const executionId = id();
  const errors = await running.app.subscribe(query, { id: executionId }).refused();
  expect(errors.map(({ message, extensions }) => ({ message, code: extensions?.code }))).toEqual([
    { message: `Expected an execution with a conversation, got "${executionId}".`, code: 'NOT_FOUND' },
  ]);
});

test.each([-1, 4, 2_147_483_647])('refuses to follow messages after %i of 3', async (afterSeq) => {
  const query = 'subscription S($id: ID!, $n: Int) { messageAdded(executionId: $id, afterSeq: $n) { seq } }';
  const errors = await running.app.subscribe(query, { id: open.executionId, n: afterSeq }).refused();
  expect(errors.map(({ message, extensions }) => ({ message, code: extensions?.code }))).toEqual([
    {
      message: `Expected \`afterSeq\` from 0 to the conversation's last message 3, got ${afterSeq}.`,
      code: 'BAD_USER_INPUT',
    },
  ]);
});
