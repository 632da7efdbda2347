import { beforeAll, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { FEEDBACK, flow } from '../support/scenario.js';
import {
  BAD_IDS,
  badId,
  CLOSE,
  invalid,
  LOG,
  OUTCOME,
  REFUSED_JSON,
  refusal,
  shortened,
  storingNothing,
  type UserError,
} from './refusals.js';

const running = useApp();
const x = (count: number) => 'x'.repeat(count);

/** A conversation with one message, and a decision with one feedback on its node. */
let open: { executionId: string; userNodeId: string };
let decisionId: string;
beforeAll(async () => {
  const { start, say, feedback } = flow(running.app);
  open = await start();
  await say(open.executionId);
  decisionId = (await log({})).decisionLog.id;
  await feedback(decisionId, { success: true, pnl: 1.5 });
});

const decision = (input: Record<string, unknown>) => ({
  userNodeId: open.userNodeId,
  type: 'TRADE',
  action: 'BUY',
  confidence: 60,
  ...input,
});
const log = async (input: Record<string, unknown>) =>
  (await running.app.data(LOG, { input: decision(input) })).logDecision;
const recordFeedback = async (input: Record<string, unknown>) =>
  (await running.app.data(FEEDBACK, { input })).recordFeedback;
const recordOutcome = async (input: Record<string, unknown>) =>
  (await running.app.data(OUTCOME, { input })).recordOutcome;

async function expectNotLogged(input: Record<string, unknown>, userErrors: UserError[]) {
  const answer = await storingNothing(running.app, open, () => log(input));
  expect(answer).toEqual({ decisionLog: null, duplicate: false, userErrors });
}

test.each<[string, Record<string, unknown>, UserError]>([
  ...BAD_IDS.map(([what, value]): [string, Record<string, unknown>, UserError] => [
    `a node id of ${what}`,
    { userNodeId: value },
    invalid('userNodeId', badId('userNodeId', value)),
  ]),
  ...['buy', 'WAIT', 'HOLD ', '__proto__'].map((action): [string, Record<string, unknown>, UserError] => [
    `${JSON.stringify(action)} for a trade`,
    { action },
    invalid('action', `Expected \`action\` of a TRADE to be BUY, SELL or HOLD, got "${action}".`),
  ]),
  [
    'an action of 65 characters',
    { type: 'PAUSE', action: x(65) },
    invalid('action', `Expected \`action\` to have 1 to 64 characters, got 65: "${x(65)}".`),
  ],
  [
    'an empty action',
    { type: 'RISK_ADJUSTMENT', action: '' },
    invalid('action', 'Expected `action` to have 1 to 64 characters, got 0: "".'),
  ],
  [
    'a symbol of 65 characters',
    { symbol: x(65) },
    invalid('symbol', `Expected \`symbol\` to have 1 to 64 characters, got 65: "${x(65)}".`),
  ],
  ...[-1, 101].map((confidence): [string, Record<string, unknown>, UserError] => [
    `a confidence of ${confidence}`,
    { confidence },
    invalid('confidence', `Expected \`confidence\` from 0 to 100, got ${confidence}.`),
  ]),
  [
    'a key of 129 characters',
    { idempotencyKey: x(129) },
    invalid(
      'idempotencyKey',
      `Expected \`idempotencyKey\` to have 1 to 128 characters, got 129: ${shortened(x(129))}.`,
    ),
  ],
])('refuses a decision with %s', (_, input, fault) => expectNotLogged(input, [fault]));

const PARTS = ['marketConditions', 'portfolioState', 'riskMetrics'];
test.each(REFUSED_JSON.map(([...row], i) => [PARTS[i % 3] as string, ...row] as const))(
  'refuses a decision whose %s have %s',
  (part, _, value, rule) =>
    expectNotLogged({ context: { [part]: value } }, [
      invalid(`context.${part}`, `Expected \`context.${part}\` ${rule}.`),
    ]),
);

test('names every fault of a decision at once', () =>
  expectNotLogged(
    {
      userNodeId: 'n',
      action: 'WAIT',
      symbol: '',
      confidence: 101,
      idempotencyKey: '',
      context: { marketConditions: { $a: 1 }, portfolioState: { 'a.b': 1 } },
    },
    [
      invalid('userNodeId', badId('userNodeId', 'n')),
      invalid('action', 'Expected `action` of a TRADE to be BUY, SELL or HOLD, got "WAIT".'),
      invalid('symbol', 'Expected `symbol` to have 1 to 64 characters, got 0: "".'),
      invalid('confidence', 'Expected `confidence` from 0 to 100, got 101.'),
      invalid('idempotencyKey', 'Expected `idempotencyKey` to have 1 to 128 characters, got 0: "".'),
      invalid(
        'context.marketConditions',
        'Expected `context.marketConditions` to have no key that starts with $, got "$a".',
      ),
      invalid(
        'context.portfolioState',
        'Expected `context.portfolioState` to have no key with a dot, got "a.b".',
      ),
    ],
  ));

async function expectNoFeedback(input: Record<string, unknown>, userErrors: UserError[]) {
  const answer = await storingNothing(running.app, open, () =>
    recordFeedback({ decisionId, success: false, ...input }),
  );
  expect(answer).toEqual({ decisionLog: null, duplicate: false, userErrors });
}

const unknown = id();

test.each<[string, Record<string, unknown>, UserError]>([
  ...BAD_IDS.map(([what, value]): [string, Record<string, unknown>, UserError] => [
    `a decision id of ${what}`,
    { decisionId: value },
    invalid('decisionId', badId('decisionId', value)),
  ]),
  [
    'a decision that is not logged',
    { decisionId: unknown },
    refusal('NOT_FOUND', 'decisionId', `Expected a decision that is logged, got "${unknown}".`),
  ],
  [
    'an exit reason of 65 characters',
    { exitReason: x(65) },
    invalid('exitReason', `Expected \`exitReason\` to have at most 64 characters, got 65: "${x(65)}".`),
  ],
  [
    'a key of 129 characters',
    { idempotencyKey: x(129) },
    invalid(
      'idempotencyKey',
      `Expected \`idempotencyKey\` to have 1 to 128 characters, got 129: ${shortened(x(129))}.`,
    ),
  ],
  [
    'a negative time held',
    { timeHeld: -1 },
    invalid('timeHeld', 'Expected `timeHeld` from 0 to 2,147,483,647, got -1.'),
  ],
  [
    'a negative expected revision',
    { expectedRevision: -1 },
    invalid('expectedRevision', 'Expected `expectedRevision` from 0 to 2,147,483,647, got -1.'),
  ],
  [
    '21 lessons',
    { lessonsLearned: Array.from({ length: 21 }, (_, i) => `Lesson ${i}.`) },
    invalid('lessonsLearned', 'Expected at most 20 `lessonsLearned`, got 21.'),
  ],
  [
    'a lesson of 501 characters',
    { lessonsLearned: ['Short.', x(501)] },
    invalid(
      'lessonsLearned.1',
      `Expected \`lessonsLearned.1\` to have 1 to 500 characters, got 501: ${shortened(x(501))}.`,
    ),
  ],
  [
    'an empty lesson',
    { lessonsLearned: [''] },
    invalid('lessonsLearned.0', 'Expected `lessonsLearned.0` to have 1 to 500 characters, got 0: "".'),
  ],
])('refuses feedback with %s', (_, input, fault) => expectNoFeedback(input, [fault]));

test('names every fault of a feedback at once', () =>
  expectNoFeedback({ decisionId: 'd', timeHeld: -1, exitReason: x(65), lessonsLearned: ['', 'Fine.', ''] }, [
    invalid('decisionId', badId('decisionId', 'd')),
    invalid('timeHeld', 'Expected `timeHeld` from 0 to 2,147,483,647, got -1.'),
    invalid('exitReason', `Expected \`exitReason\` to have at most 64 characters, got 65: "${x(65)}".`),
    invalid('lessonsLearned.0', 'Expected `lessonsLearned.0` to have 1 to 500 characters, got 0: "".'),
    invalid('lessonsLearned.2', 'Expected `lessonsLearned.2` to have 1 to 500 characters, got 0: "".'),
  ]));

test.each([
  ['1e309', 'Infinity'],
  ['-1e309', '-Infinity'],
])('refuses a pnl of %s written into the document', async (pnl, echoed) => {
  const query = `mutation { recordFeedback(input: { decisionId: "${decisionId}", success: true, pnl: ${pnl} }) {
    decisionLog { id } duplicate userErrors { code message field }
  } }`;
  expect(await storingNothing(running.app, open, () => running.app.data(query))).toEqual({
    recordFeedback: {
      decisionLog: null,
      duplicate: false,
      userErrors: [invalid('pnl', `Expected \`pnl\` to be a finite number, got ${echoed}.`)],
    },
  });
});

test('takes the largest feedback there may be', async () => {
  const { decisionLog } = await log({ userNodeId: id(), type: 'PAUSE', action: x(64) });
  const lessonsLearned = Array.from({ length: 20 }, (_, i) => String.fromCodePoint(0x1f600 + i).repeat(500));
  const input = {
    decisionId: decisionLog.id,
    idempotencyKey: x(128),
    success: true,
    pnl: -0.01,
    timeHeld: 2_147_483_647,
    exitReason: x(64),
    lessonsLearned,
  };
  const answer = await recordFeedback(input);
  expect(answer.userErrors).toEqual([]);
  expect(answer.decisionLog.outcome).toEqual({
    success: true,
    pnl: -0.01,
    timeHeld: 2_147_483_647,
    exitReason: x(64),
  });
});

test.each(BAD_IDS)(
  'refuses to close a vote or record an outcome by an execution id of %s',
  async (_, value) => {
    const userErrors = [invalid('executionId', badId('executionId', value))];
    expect(await running.app.data(CLOSE, { input: { executionId: value } })).toEqual({
      closeVoting: { swarmVote: null, userErrors },
    });
    expect(await recordOutcome({ executionId: value, executed: true, action: 'BUY' })).toEqual({
      conversation: null,
      userErrors,
    });
  },
);

test('refuses to close a vote or record an outcome of an execution without a conversation', async () => {
  const userErrors = [
    refusal('NOT_FOUND', 'executionId', `Expected an execution with a conversation, got "${unknown}".`),
  ];
  expect(await running.app.data(CLOSE, { input: { executionId: unknown } })).toEqual({
    closeVoting: { swarmVote: null, userErrors },
  });
  expect(await recordOutcome({ executionId: unknown, executed: true, action: 'BUY' })).toEqual({
    conversation: null,
    userErrors,
  });
});

test('refuses an outcome whose reasoning is over 32 kB of UTF-8', async () => {
  const reasoning = 'é'.repeat(16_385);
  const input = { executionId: open.executionId, executed: true, action: 'BUY', reasoning };
  expect(await storingNothing(running.app, open, () => recordOutcome(input))).toEqual({
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
  expect(await storingNothing(running.app, started, () => recordOutcome(input))).toEqual(first);
  const kept = 'Expected the outcome recorded before (executed, BUY), got';
  const reasoning = `Expected the reasoning recorded before, ${shortened(input.reasoning)}, got`;
  for (const [other, message] of [
    [{ executed: false }, `${kept} not executed, BUY.`],
    [{ action: 'SELL' }, `${kept} executed, SELL.`],
    [{ reasoning: 'Another.' }, `${reasoning} "Another.".`],
    [{ reasoning: null }, `${reasoning} null.`],
  ] as const) {
    expect(await storingNothing(running.app, started, () => recordOutcome({ ...input, ...other }))).toEqual({
      conversation: first.conversation,
      userErrors: [refusal('CONFLICT', null, message)],
    });
  }
});
