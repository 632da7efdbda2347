import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { decided, feedback, performance, statsOf } from './node.js';

const running = useApp();

const LOG = /* GraphQL */ `
  mutation Log($input: LogDecisionInput!) {
    logDecision(input: $input) {
      duplicate
      userErrors { code message field }
      decisionLog {
        id
        userNodeId
        seq
        revision
        conversation { id }
        decision { type action symbol confidence }
        context { marketConditions portfolioState riskMetrics }
        outcome { success }
      }
    }
  }
`;

const log = async (input: Record<string, unknown>) => (await running.app.data(LOG, { input })).logDecision;

const pause = (userNodeId: string, input: Record<string, unknown> = {}) => ({
  userNodeId,
  type: 'PAUSE',
  action: 'Wait for the news',
  confidence: 70,
  context: { riskMetrics: { drawdown: 0.12 } },
  ...input,
});

test('a decision without a quorum records its outcome and teaches nothing', async () => {
  const { start, vote, outcome } = flow(running.app);
  const { executionId, userNodeId } = await start({ totalAgents: 3 });
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  for (const name of ['b', 'c']) await vote(executionId, name, { abstention: 'NO_DATA' });
  const { decision } = await outcome(executionId);
  const { decisionLog } = await feedback(running.app, decision.id, { success: false, pnl: 5 });
  expect(decisionLog.learning).toEqual({ wasCorrect: false, confidenceAccuracy: null, lessonsLearned: [] });
  expect(await performance(running.app, userNodeId)).toEqual([]);
  expect(await statsOf(running.app, userNodeId)).toMatchObject({
    totalDecisions: 1,
    evaluatedDecisions: 1,
    successRate: { value: 0, n: 1 },
    confidenceAccuracy: null,
    totalPnl: 5,
    adjustments: [],
    agents: [],
  });
});

test('a decision no swarm voted on takes a number and teaches nobody', async () => {
  const { userNodeId } = await decided(running.app, [['a', 'BUY', 80]]);
  const logged = await log(pause(userNodeId));
  expect(logged).toEqual({
    duplicate: false,
    userErrors: [],
    decisionLog: {
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      userNodeId,
      seq: 2,
      revision: 0,
      conversation: null,
      decision: { type: 'PAUSE', action: 'Wait for the news', symbol: null, confidence: 70 },
      context: { marketConditions: null, portfolioState: null, riskMetrics: { drawdown: 0.12 } },
      outcome: null,
    },
  });
  const { decisionLog } = await feedback(running.app, logged.decisionLog.id, { success: true, pnl: 7 });
  expect(decisionLog.learning).toEqual({ wasCorrect: true, confidenceAccuracy: 91, lessonsLearned: [] });
  expect(await performance(running.app, userNodeId)).toEqual([]);
  expect(await statsOf(running.app, userNodeId)).toMatchObject({
    totalDecisions: 2,
    evaluatedDecisions: 1,
    totalPnl: 7,
    adjustments: [],
    agents: [],
  });
});

test('a key logs a decision once, also when said many times at once; other content is a conflict', async () => {
  const userNodeId = id();
  const input = pause(userNodeId, { idempotencyKey: 'pause-1' });
  const answers = await Promise.all(Array.from({ length: 20 }, () => log(input)));
  expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  for (const { userErrors, decisionLog } of answers)
    expect({ userErrors, decisionLog }).toEqual({ userErrors: [], decisionLog: answers[0].decisionLog });
  expect((await statsOf(running.app, userNodeId)).totalDecisions).toBe(1);
  expect(await log({ ...input, confidence: 71 })).toEqual({
    duplicate: false,
    decisionLog: answers[0].decisionLog,
    userErrors: [
      {
        code: 'CONFLICT',
        message: 'Expected what was logged under this `idempotencyKey`, got other content for "pause-1".',
        field: ['input', 'idempotencyKey'],
      },
    ],
  });
  const elsewhere = await log(pause(id(), { idempotencyKey: 'pause-1' }));
  expect(elsewhere).toMatchObject({ duplicate: false, userErrors: [], decisionLog: { seq: 1 } });
});

test('a trade that is logged is a buy, a sell or a hold', async () => {
  const userNodeId = id();
  const trade = { userNodeId, type: 'TRADE', symbol: 'SPX', confidence: 60 };
  expect((await log({ ...trade, action: 'SELL' })).decisionLog.decision).toEqual({
    type: 'TRADE',
    action: 'SELL',
    symbol: 'SPX',
    confidence: 60,
  });
  expect(await log({ ...trade, action: 'short' })).toEqual({
    duplicate: false,
    decisionLog: null,
    userErrors: [
      {
        code: 'INVALID',
        message: 'Expected `action` of a TRADE to be BUY, SELL or HOLD, got "short".',
        field: ['input', 'action'],
      },
    ],
  });
});

test('weight 0 is evaluated like any other vote, abstentions are not', async () => {
  const { start, vote, outcome } = flow(running.app);
  const { executionId, userNodeId } = await start({ totalAgents: 3 });
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  await vote(executionId, 'adviser', { action: 'SELL', confidence: 60, weight: 0 });
  await vote(executionId, 'c', { abstention: 'ABSTAINED' });
  // One of three counts: below the quorum of half. A node of its own with a lower one follows.
  expect((await outcome(executionId)).swarmVote.consensus.reason).toBe('NO_QUORUM');
  const next = await start({ totalAgents: 3, quorum: 30, userNodeId });
  await vote(next.executionId, 'a', { action: 'BUY', confidence: 80 });
  await vote(next.executionId, 'adviser', { action: 'SELL', confidence: 60, weight: 0 });
  await vote(next.executionId, 'c', { abstention: 'ABSTAINED' });
  const { decision } = await outcome(next.executionId);
  await feedback(running.app, decision.id, { success: false, pnl: -3 });
  const agents = await performance(running.app, userNodeId);
  expect(
    agents.map(({ agentName, hitRate, pnlAttributed }) => [agentName, hitRate?.value, pnlAttributed]),
  ).toEqual([
    ['a', 0, -3],
    ['adviser', 1, 0],
  ]);
});
