import { expect, test } from '@jest/globals';
import { invalid } from '../input/refusals.js';
import { id, useApp } from '../support/app.js';
import type { Cast } from '../voting/decide.js';
import { decided, feedback } from './node.js';

const running = useApp();
const SOLO: Cast[] = [['solo', 'BUY', 80]];

const MONEY = /* GraphQL */ `
  query Money($node: ID!, $whatIf: WhatIfInput!) {
    learningStats(userNodeId: $node) {
      totalPnl
      consensus { wins meanWin losses meanLoss }
      agents { agentName pnlAttributed slices(by: SYMBOL) { pnlAttributed } }
    }
    whatIf(input: $whatIf) {
      actualPnl counterfactualPnl pnlDifference { value } pnlHistory { actual counterfactual }
    }
  }
`;

/** A node that decided by these ballots as often as there are amounts, each of which is what one of them earned. */
async function earned(amounts: readonly number[], ballots = SOLO) {
  const userNodeId = id();
  const decisionIds: string[] = [];
  for (const _ of amounts) decisionIds.push((await decided(running.app, ballots, userNodeId)).decisionId);
  for (const [i, pnl] of amounts.entries()) {
    const { userErrors } = await feedback(running.app, decisionIds[i] ?? '', { success: pnl > 0, pnl });
    expect(userErrors).toEqual([]);
  }
  return { userNodeId, decisionIds };
}

/** All that is told of a node's money; what-if without the agent who decided, for whom nobody would have. */
const moneyOf = async (userNodeId: string) =>
  running.app.data(MONEY, {
    node: userNodeId,
    whatIf: { userNodeId, withoutAgents: ['solo'] },
  });

test('a gain of 0.00042 is a win, a loss of 0.0000031 a loss, and every sum has all of their figures', async () => {
  const { userNodeId } = await earned([0.00042, -0.0000031]);
  expect(await moneyOf(userNodeId)).toEqual({
    learningStats: {
      totalPnl: 0.0004169,
      consensus: { wins: 1, meanWin: 0.00042, losses: 1, meanLoss: 0.0000031 },
      agents: [{ agentName: 'solo', pnlAttributed: 0.0004169, slices: [{ pnlAttributed: 0.0004169 }] }],
    },
    whatIf: {
      actualPnl: 0.0004169,
      counterfactualPnl: 0,
      pnlDifference: { value: -0.0004169 },
      pnlHistory: [
        { actual: 0.00042, counterfactual: 0 },
        { actual: 0.0004169, counterfactual: 0 },
      ],
    },
  });
});

test.each([
  [[0.1, 0.2], 0.3],
  [[1e-8, -1e-8], 0],
  [[1_000_000_000_000.01, -1_000_000_000_000, 0.00000001], 0.01000001],
  [[0.7, 0.1, -0.8], 0],
])('%j add up to %d, to the last figure', async (amounts, sum) => {
  const { userNodeId } = await earned(amounts);
  const { learningStats, whatIf } = await moneyOf(userNodeId);
  expect([learningStats.totalPnl, learningStats.agents[0].pnlAttributed, whatIf.actualPnl]).toEqual([
    sum,
    sum,
    sum,
  ]);
});

test('parts of what was earned add up to all of it, whatever its size', async () => {
  const ballots: Cast[] = [
    ['a', 'BUY', 80],
    ['b', 'BUY', 80],
    ['c', 'BUY', 80],
  ];
  const { userNodeId, decisionIds } = await earned([0.0000001], ballots);
  const parts = async () => {
    const { agents } = (await moneyOf(userNodeId)).learningStats;
    return agents.map(({ pnlAttributed }: any) => pnlAttributed).sort((x: number, y: number) => y - x);
  };
  expect(await parts()).toEqual([0.00000004, 0.00000003, 0.00000003]);
  await feedback(running.app, decisionIds[0] ?? '', { success: false, pnl: -100 });
  expect(await parts()).toEqual([-33.33333333, -33.33333333, -33.33333334]);
});

test('the mean of one gain or loss is that amount, however large, and no mean is off in its last figure', async () => {
  const { userNodeId } = await earned([1e15, 1e-8, -1e15]);
  expect((await moneyOf(userNodeId)).learningStats.consensus).toEqual({
    wins: 2,
    meanWin: 5e14,
    losses: 1,
    meanLoss: 1e15,
  });
});

test('a correction takes back what was recorded before to the last figure', async () => {
  const { userNodeId, decisionIds } = await earned([0.00042, 0.1, 0.2]);
  for (const pnl of [123_456.78901234, -0.0000031]) {
    await feedback(running.app, decisionIds[0] ?? '', { success: pnl > 0, pnl });
  }
  const { learningStats } = await moneyOf(userNodeId);
  expect(learningStats).toMatchObject({
    totalPnl: 0.2999969,
    consensus: { wins: 2, meanWin: 0.15, losses: 1, meanLoss: 0.0000031 },
    agents: [{ pnlAttributed: 0.2999969 }],
  });
});

const FINER = 'with at most 8 digits behind the point';
const RANGE = 'from -1,000,000,000,000,000 to 1,000,000,000,000,000';

test.each([
  [1.000000001, FINER, '1.000000001'],
  [-4e-9, FINER, '-4e-9'],
  [1e300, RANGE, '1e+300'],
  [-2e15, RANGE, '-2000000000000000'],
])('a pnl of %d, which could not be kept as it is, is refused with the rule', async (pnl, rule, echoed) => {
  const { decisionId } = await decided(running.app, SOLO);
  expect(await feedback(running.app, decisionId, { success: pnl > 0, pnl })).toMatchObject({
    decisionLog: null,
    userErrors: [invalid('pnl', `Expected \`pnl\` ${rule}, got ${echoed}.`)],
  });
});

test.each([
  [0.1 + 0.2, 0.3],
  [100 / 3, 33.33333333],
  [-200 / 3, -66.66666667],
])('a calculated pnl of %d is taken as %d', async (pnl, recorded) => {
  const { userNodeId, decisionIds } = await earned([pnl]);
  const answer = await feedback(running.app, decisionIds[0] ?? '', { success: pnl > 0, pnl });
  expect([answer.duplicate, answer.decisionLog.outcome.pnl]).toEqual([true, recorded]);
  expect((await moneyOf(userNodeId)).learningStats.totalPnl).toBe(recorded);
});
