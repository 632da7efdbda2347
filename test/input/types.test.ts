import { beforeAll, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { ADD, ballotInput, FEEDBACK, flow, messageInput, START, startInput } from '../support/scenario.js';
import { LOG, OUTCOME, storingNothing } from './refusals.js';

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

test.each<[string, string, () => Record<string, unknown>, string]>([
  [
    'a confidence of 70.5',
    ADD,
    () => message({ content: { text: 'Up.', confidence: 70.5 } }),
    '"input.content.confidence"; Int cannot represent non-integer value: 70.5',
  ],
  [
    'a ballot with a confidence of 70.5',
    ADD,
    () => ballot({ action: 'BUY', confidence: 70.5 }),
    '"input.vote.confidence"; Int cannot represent non-integer value: 70.5',
  ],
  [
    'a weight of "10"',
    ADD,
    () => ballot({ action: 'BUY', confidence: 70, weight: '10' }),
    '"input.vote.weight"; Int cannot represent non-integer value: "10"',
  ],
  [
    'a confidence beyond 32 bits',
    ADD,
    () => ballot({ action: 'BUY', confidence: 2_147_483_648 }),
    '"input.vote.confidence"; Int cannot represent non 32-bit signed integer value: 2147483648',
  ],
  [
    'an action that is none',
    ADD,
    () => ballot({ action: 'WAIT', confidence: 70 }),
    '"input.vote.action"; Value "WAIT" does not exist in "TradeAction" enum.',
  ],
  [
    'an action in its stored form',
    ADD,
    () => ballot({ action: 'buy', confidence: 70 }),
    '"input.vote.action"; Value "buy" does not exist in "TradeAction" enum.',
  ],
  [
    'a type that is none',
    ADD,
    () => message({ messageType: 'SHOUT' }),
    '"input.messageType"; Value "SHOUT" does not exist in "MessageType" enum.',
  ],
  [
    'no content',
    ADD,
    () => message({ content: null }),
    '"input.content"; Expected non-nullable type "MessageContentInput!" not to be null.',
  ],
  [
    'no agent',
    ADD,
    () => message({ agentName: undefined }),
    'Field "agentName" of required type "String!" was not provided.',
  ],
  [
    'a number for a text',
    ADD,
    () => message({ content: { text: 7 } }),
    '"input.content.text"; String cannot represent a non string value: 7',
  ],
  [
    'a field there is not',
    ADD,
    () => message({ mood: 'good' }),
    'Field "mood" is not defined by type "AddMessageInput".',
  ],
  [
    'an id that is an object',
    ADD,
    () => message({ executionId: { $gt: '' } }),
    '"input.executionId"; ID cannot represent value: { $gt: "" }',
  ],
  [
    'a quorum of 50.5',
    START,
    () => startInput({ quorum: 50.5 }),
    '"input.quorum"; Int cannot represent non-integer value: 50.5',
  ],
  [
    'an agent without a name',
    START,
    () => startInput({ agents: [{ weight: 1 }] }),
    'Field "agentName" of required type "String!" was not provided.',
  ],
  [
    'a decision without a confidence',
    LOG,
    () => ({ userNodeId: open.userNodeId, type: 'PAUSE', action: 'pause' }),
    'Field "confidence" of required type "Int!" was not provided.',
  ],
  [
    'an outcome of "true"',
    OUTCOME,
    () => ({ executionId: open.executionId, executed: 'true', action: 'BUY' }),
    '"input.executed"; Boolean cannot represent a non boolean value: "true"',
  ],
  [
    'a pnl in words',
    FEEDBACK,
    () => ({ decisionId, success: true, pnl: '12.5' }),
    '"input.pnl"; Float cannot represent non numeric value: "12.5"',
  ],
])('throws BAD_USER_INPUT for %s', (_, query, input, text) =>
  expectThrown(() => running.app.send(query, { input: input() }), text),
);

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

test.each([
  [
    'a confidence of 70.5',
    'content: { text: "Up.", confidence: 70.5 }',
    'Int cannot represent non-integer value: 70.5',
  ],
  [
    'a word for a confidence',
    'content: { text: "Up.", confidence: high }',
    'Int cannot represent non-integer value: high',
  ],
  [
    'a sentiment that is none',
    'content: { text: "Up.", sentiment: BULL }',
    'Value "BULL" does not exist in "Sentiment" enum.',
  ],
  ['null for a text', 'content: { text: null }', 'Expected value of type "String!", found null.'],
])('throws BAD_USER_INPUT for %s written into the document', (_, content, text) =>
  expectThrown(
    () =>
      running.app.send(`mutation { addMessage(input: {
        executionId: "${open.executionId}", agentName: "a", agentRole: "b", messageType: ANALYSIS, ${content}
      }) { message { id } } }`),
    text,
  ),
);

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
