import { beforeAll, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { BAD_IDS, badId, CLOSE, invalid, OUTCOME, refusal, shortened, storingNothing } from './refusals.js';

const running = useApp();
const unknown = id();

let open: { executionId: string; userNodeId: string };
beforeAll(async () => {
  open = await flow(running.app).start();
});

const recordOutcome = async (input: Record<string, unknown>) =>
  (await running.app.data(OUTCOME, { input })).recordOutcome;

test.each([
  ...BAD_IDS.map(([what, value]) => ({
    what: `an execution id of ${what}`,
    value,
    error: invalid('executionId', badId('executionId', value)),
  })),
  {
    what: 'an execution without a conversation',
    value: unknown,
    error: refusal(
      'NOT_FOUND',
      'executionId',
      `Expected an execution with a conversation, got "${unknown}".`,
    ),
  },
])('refuses to close a vote or record an outcome by $what', async ({ value, error }) => {
  expect(await running.app.data(CLOSE, { input: { executionId: value } })).toEqual({
    closeVoting: { duplicate: false, swarmVote: null, userErrors: [error] },
  });
  expect(await recordOutcome({ executionId: value, executed: true, action: 'BUY' })).toEqual({
    duplicate: false,
    conversation: null,
    userErrors: [error],
  });
});

test('refuses an outcome whose reasoning is over 32 kB of UTF-8', async () => {
  const reasoning = 'é'.repeat(16_385);
  const input = { executionId: open.executionId, executed: true, action: 'BUY', reasoning };
  expect(await storingNothing(running.app, open, () => recordOutcome(input))).toEqual({
    duplicate: false,
    conversation: null,
    userErrors: [
      invalid(
        'reasoning',
        `Expected \`reasoning\` to have at most 32,768 bytes of UTF-8, got 32,770: ${shortened(reasoning)}.`,
      ),
    ],
  });
});

test('refuses an outcome before the vote is complete', async () => {
  const input = { executionId: open.executionId, executed: true, action: 'BUY' };
  expect(await storingNothing(running.app, open, () => recordOutcome(input))).toEqual({
    duplicate: false,
    conversation: null,
    userErrors: [
      refusal('VOTING_OPEN', 'executionId', 'Expected a complete vote, got one that is IN_PROGRESS.'),
    ],
  });
});

test('takes an outcome once, answers the same again, and refuses another', async () => {
  const { start, vote } = flow(running.app);
  const started = await start({ totalAgents: 1 });
  const { executionId } = started;
  await vote(executionId, 'analyst', { action: 'BUY', confidence: 70 });
  const input = { executionId, executed: true, action: 'BUY', reasoning: 'é'.repeat(16_384) };
  const first = await recordOutcome(input);
  expect(first).toEqual({
    duplicate: false,
    userErrors: [],
    conversation: {
      lastSeq: 2,
      outcome: {
        executed: true,
        action: 'BUY',
        reasoning: input.reasoning,
        timestamp: first.conversation.outcome.timestamp,
      },
    },
  });
  expect(await storingNothing(running.app, started, () => recordOutcome(input))).toEqual({
    ...first,
    duplicate: true,
  });
  const kept = 'Expected the outcome recorded before (executed, BUY), got';
  const reasoning = `Expected the reasoning recorded before, ${shortened(input.reasoning)}, got`;
  for (const [other, message] of [
    [{ executed: false }, `${kept} not executed, BUY.`],
    [{ action: 'SELL' }, `${kept} executed, SELL.`],
    [{ reasoning: 'Another.' }, `${reasoning} "Another.".`],
    [{ reasoning: null }, `${reasoning} null.`],
  ] as const) {
    expect(await storingNothing(running.app, started, () => recordOutcome({ ...input, ...other }))).toEqual({
      duplicate: false,
      conversation: first.conversation,
      userErrors: [refusal('CONFLICT', null, message)],
    });
  }
});
