import { beforeAll, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { ADD, ballotInput, FEEDBACK, flow, messageInput, START, startInput } from '../support/scenario.js';
import { invalid, LOG, OUTCOME, shortened, storingNothing, type UserError } from './refusals.js';

const running = useApp();

let open: { executionId: string; userNodeId: string };
let decisionId: string;
beforeAll(async () => {
  open = await flow(running.app).start();
  const input = { userNodeId: open.userNodeId, type: 'PAUSE', action: 'pause', confidence: 50 };
  decisionId = (await running.app.data(LOG, { input })).logDecision.decisionLog.id;
});

/** Refused as a whole, before anything runs. */
async function expectThrown(
  send: () => Promise<Pick<Awaited<ReturnType<typeof running.app.send>>, 'status' | 'data' | 'errors'>>,
  message: string,
  expectedStatus = 200,
) {
  const { status, data, errors } = await storingNothing(running.app, open, send);
  expect({
    status,
    data,
    errors: errors?.map(({ message, extensions }) => ({ message, extensions })),
  }).toEqual({
    status: expectedStatus,
    data: undefined,
    errors: [{ message: expect.stringContaining(message), extensions: { code: 'BAD_USER_INPUT' } }],
  });
}

const message = (input: Record<string, unknown>) => messageInput(open.executionId, input);
const ballot = (vote: Record<string, unknown>) => ballotInput(open.executionId, 'analyst', vote);

/** Refused as data, with what the types do not take of its input. */
async function expectRefused(query: string, input: Record<string, unknown>, fault: UserError) {
  const data = await storingNothing(running.app, open, () => running.app.data(query, { input }));
  const [payload] = Object.values(data) as { userErrors: UserError[] }[];
  expect(payload?.userErrors).toEqual([fault]);
}

test.each<[string, string, () => Record<string, unknown>, UserError]>([
  [
    'a weight of "10"',
    ADD,
    () => ballot({ action: 'BUY', confidence: 70, weight: '10' }),
    invalid('vote.weight', 'Expected `vote.weight` from 0 to 100 as a whole number, got "10". Send 10.'),
  ],
  [
    'a number beyond 32 bits',
    ADD,
    () => message({ replyToSeq: 2_147_483_648 }),
    invalid('replyToSeq', 'Expected `replyToSeq` from 1 to 2,147,483,647 as a whole number, got 2147483648.'),
  ],
  ['no content', ADD, () => message({ content: null }), invalid('content', 'Expected `content`, got null.')],
  [
    'no agent',
    ADD,
    () => message({ agentName: undefined }),
    invalid('agentName', 'Expected `agentName`, got none.'),
  ],
  [
    'a number for a text',
    ADD,
    () => message({ content: { text: 7 } }),
    invalid('content.text', 'Expected `content.text` to be a text, got 7. Send "7".'),
  ],
  [
    'a quorum of 0.5',
    START,
    () => startInput({ quorum: 0.5 }),
    invalid(
      'quorum',
      'Expected `quorum` in percent from 1 to 100 as a whole number, got 0.5. For a share of 0.5 send 50.',
    ),
  ],
  [
    'a quorum of 0.001, which as a share is less than 1 percent,',
    START,
    () => startInput({ quorum: 0.001 }),
    invalid('quorum', 'Expected `quorum` in percent from 1 to 100 as a whole number, got 0.001.'),
  ],
  [
    'a time of "7000000"',
    START,
    () => startInput({ votingTimeout: '7000000' }),
    invalid('votingTimeout', 'Expected `votingTimeout` from 1 to 86,400 as a whole number, got "7000000".'),
  ],
  [
    'half an agent',
    START,
    () => startInput({ totalAgents: 2.5 }),
    invalid('totalAgents', 'Expected `totalAgents` from 1 to 200 as a whole number, got 2.5.'),
  ],
  [
    'an agent without a name',
    START,
    () => startInput({ agents: [{ weight: 1 }] }),
    invalid('agents.0.agentName', 'Expected `agents.0.agentName`, got none.'),
  ],
  [
    'names for agents',
    START,
    () => startInput({ agents: ['momentum'] }),
    invalid('agents.0', 'Expected `agents.0` to be an object of agentName, weight, got "momentum".'),
  ],
  [
    'a decision without a confidence',
    LOG,
    () => ({ userNodeId: open.userNodeId, type: 'PAUSE', action: 'pause' }),
    invalid('confidence', 'Expected `confidence`, got none.'),
  ],
  [
    'a long run of white space in a number',
    ADD,
    () => ballot({ action: 'BUY', confidence: `70${' '.repeat(500_000)}x` }),
    invalid(
      'vote.confidence',
      `Expected \`vote.confidence\` in percent from 0 to 100 as a whole number, got ${shortened(`70${' '.repeat(500_000)}x`)}.`,
    ),
  ],
  [
    'an outcome of "true"',
    OUTCOME,
    () => ({ executionId: open.executionId, executed: 'true', action: 'BUY' }),
    invalid('executed', 'Expected `executed` to be true or false, got "true". Send true.'),
  ],
  [
    'a pnl in words',
    FEEDBACK,
    () => ({ decisionId, success: true, pnl: '12.5' }),
    invalid('pnl', 'Expected `pnl` to be a number, got "12.5". Send 12.5.'),
  ],
  [
    'a pnl in percent, which it is not',
    FEEDBACK,
    () => ({ decisionId, success: true, pnl: '-3%' }),
    invalid('pnl', 'Expected `pnl` to be a number, got "-3%".'),
  ],
])('refuses %s as data', (_, query, input, fault) => expectRefused(query, input(), fault));

test('throws BAD_USER_INPUT for a pnl of 1e309 in the variables', () =>
  expectThrown(
    async () => {
      const response = await fetch(`${running.app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{ "query": ${JSON.stringify(FEEDBACK)}, "variables": { "input": { "decisionId": "${decisionId}", "success": true, "pnl": 1e309 } } }`,
      });
      const { data, errors } = (await response.json()) as { data: unknown; errors: never };
      return { status: response.status, data, errors };
    },
    'Expected numbers that a double can hold, got 1e309 at `variables.input.pnl`.',
    400,
  ));

test.each<[string, string, UserError]>([
  [
    'a confidence of 70.5',
    'content: { text: "Up.", confidence: 70.5 }',
    invalid(
      'content.confidence',
      'Expected `content.confidence` in percent from 0 to 100 as a whole number, got 70.5. Send 71.',
    ),
  ],
  [
    'a word for a confidence',
    'content: { text: "Up.", confidence: high }',
    invalid(
      'content.confidence',
      'Expected `content.confidence` in percent from 0 to 100 as a whole number, got high.',
    ),
  ],
  [
    'a sentiment that is none',
    'content: { text: "Up.", sentiment: BULL }',
    invalid(
      'content.sentiment',
      'Expected `content.sentiment` to be BULLISH, BEARISH or NEUTRAL, got BULL. Did you mean BULLISH?',
    ),
  ],
  [
    'a word in quotation marks',
    'content: { text: "Up.", sentiment: "bullish" }',
    invalid(
      'content.sentiment',
      'Expected `content.sentiment` to be BULLISH, BEARISH or NEUTRAL, got "bullish". Did you mean BULLISH?',
    ),
  ],
  [
    'null for a text',
    'content: { text: null }',
    invalid('content.text', 'Expected `content.text`, got null.'),
  ],
  ['no content', 'aiModel: "m"', invalid('content', 'Expected `content`, got none.')],
])('refuses %s written into the document as data', async (_, content, fault) => {
  const { addMessage } = await running.app.data(`mutation { addMessage(input: {
    executionId: "${open.executionId}", agentName: "a", agentRole: "b", messageType: ANALYSIS, ${content}
  }) { message { id } duplicate userErrors { code message field } } }`);
  expect(addMessage).toEqual({ message: null, duplicate: false, userErrors: [fault] });
});

test.each([
  [
    'an instant that is none',
    'query Q($v: DateTime) { conversations(filter: { updatedSince: $v }) { edges { cursor } } }',
    'yesterday',
  ],
  [
    'a day that is none',
    'query Q($v: DateTime) { conversations(filter: { updatedSince: $v }) { edges { cursor } } }',
    '2025-02-30T00:00:00Z',
  ],
  ['pages of 1.5', 'query Q($v: Int) { conversations(first: $v) { edges { cursor } } }', 1.5],
  [
    'a status that is none',
    'query Q($v: ConversationStatus) { conversations(filter: { status: $v }) { edges { cursor } } }',
    'DONE',
  ],
])('throws BAD_USER_INPUT for a query with %s', (_, query, value) =>
  expectThrown(() => running.app.send(query, { v: value }), `got invalid value ${JSON.stringify(value)}`),
);

test.each([
  [
    '70.5 as afterSeq',
    'subscription S($id: ID!, $v: Int) { messageAdded(executionId: $id, afterSeq: $v) { seq } }',
    70.5,
  ],
  [
    'an instant that is none',
    'subscription S($id: ID, $v: DateTime) { voteCompleted(executionId: $id, since: $v) { id } }',
    'noon',
  ],
])('throws BAD_USER_INPUT for a subscription with %s', async (_, query, value) => {
  const errors = await running.app.subscribe(query, { id: open.executionId, v: value }).refused();
  expect(errors.map(({ message, extensions }) => ({ message, code: extensions?.code }))).toEqual([
    {
      message: expect.stringContaining(`got invalid value ${JSON.stringify(value)}`),
      code: 'BAD_USER_INPUT',
    },
  ]);
});
