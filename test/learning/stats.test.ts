import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import type { Cast } from '../voting/decide.js';
import { decided, feedback, performance, statsOf } from './node.js';

let nowMs = Date.parse('2026-01-05T09:00:00.000Z');

const running = useApp({
  sweepMs: 3_600_000,
  wrapPorts: (ports) => ({ ...ports, clock: { now: () => new Date(nowMs) } }),
});

const UNANIMOUS: Cast[] = [
  ['a', 'BUY', 80],
  ['b', 'BUY', 60],
];
const DIVIDED: Cast[] = [
  ['a', 'BUY', 90],
  ['b', 'SELL', 60],
  ['c', 'BUY', 70],
];

test('a node nobody has heard of has learned nothing: all zeros', async () => {
  const userNodeId = id();
  expect(await statsOf(running.app, userNodeId)).toEqual({
    userNodeId,
    since: null,
    totalDecisions: 0,
    evaluatedDecisions: 0,
    successRate: null,
    confidenceAccuracy: null,
    totalPnl: 0,
    topLessons: [],
    adjustments: [],
    agents: [],
  });
  expect(await performance(running.app, userNodeId)).toEqual([]);
});

test('lessons are found, and counted by their code', async () => {
  const first = await decided(running.app, UNANIMOUS);
  const { userNodeId } = first;
  const second = await decided(running.app, UNANIMOUS, userNodeId);
  const third = await decided(running.app, DIVIDED, userNodeId);
  const missed = await feedback(running.app, first.decisionId, { success: false, pnl: -10 });
  expect(missed.decisionLog.learning.lessonsLearned).toEqual([
    'UNANIMOUS_MISS: All 2 counted agents said buy at 74 %, and it proved wrong.',
  ]);
  const mismatch = await feedback(running.app, second.decisionId, {
    success: false,
    pnl: 2.5,
    lessonsLearned: ['Mind the gap.'],
  });
  expect(mismatch.decisionLog.learning.lessonsLearned).toEqual([
    'UNANIMOUS_MISS: All 2 counted agents said buy at 74 %, and it proved wrong.',
    "AGENT_DEGRADED: a's learned weight fell below 0.5, from 0.72 to 0.46, after 2 evaluated votes.",
    "AGENT_DEGRADED: b's learned weight fell below 0.5, from 0.72 to 0.46, after 2 evaluated votes.",
    'PNL_SIGN_MISMATCH: Recorded as a failure with a pnl of 2.5.',
    'Mind the gap.',
  ]);
  const dissent = await feedback(running.app, third.decisionId, { success: false, pnl: -1 });
  expect(dissent.decisionLog.learning.lessonsLearned).toEqual([
    'DISSENT_VINDICATED: buy proved wrong, and 1 of 3 counted agents had been against it: b.',
  ]);
  const { topLessons } = await statsOf(running.app, userNodeId);
  expect(topLessons).toEqual([
    { lesson: 'UNANIMOUS_MISS', count: 2, source: 'SERVER' },
    { lesson: 'AGENT_DEGRADED', count: 1, source: 'SERVER' },
    { lesson: 'DISSENT_VINDICATED', count: 1, source: 'SERVER' },
    { lesson: 'Mind the gap.', count: 1, source: 'CALLER' },
    { lesson: 'PNL_SIGN_MISMATCH', count: 1, source: 'SERVER' },
  ]);
});

test('`since` bounds counts and rates, and never the learned weights', async () => {
  const early = await decided(running.app, [['a', 'BUY', 80]]);
  const { userNodeId } = early;
  await feedback(running.app, early.decisionId, { success: false, pnl: -10 });
  nowMs += 60_000;
  const since = new Date(nowMs).toISOString();
  const late = await decided(running.app, [['a', 'BUY', 80]], userNodeId);
  await decided(running.app, [['a', 'SELL', 80]], userNodeId);
  await feedback(running.app, late.decisionId, { success: true, pnl: 25.5 });

  const all = await statsOf(running.app, userNodeId);
  expect(all).toMatchObject({
    since: null,
    totalDecisions: 3,
    evaluatedDecisions: 2,
    successRate: { value: 0.5, n: 2 },
    // 65 and a failure: 57.75; 56 and a success: 80.64.
    confidenceAccuracy: expect.closeTo((57.75 + 80.64) / 2, 9),
    totalPnl: 15.5,
    topLessons: [],
    agents: [{ agentName: 'a', evaluatedVotes: 2, learnedWeight: expect.any(Number) }],
  });
  const recent = await statsOf(running.app, userNodeId, since);
  expect(recent).toEqual({
    ...all,
    since,
    totalDecisions: 2,
    evaluatedDecisions: 1,
    successRate: { value: 1, low: expect.closeTo(0.2065, 3), high: 1, n: 1 },
    confidenceAccuracy: 80.64,
    totalPnl: 25.5,
  });
  nowMs += 1;
  const none = await statsOf(running.app, userNodeId, new Date(nowMs).toISOString());
  expect(none).toMatchObject({ totalDecisions: 0, evaluatedDecisions: 0, successRate: null, totalPnl: 0 });
  expect(none.agents).toEqual(all.agents);
});

test('adjustments say what changed and why, the newest of each path', async () => {
  const first = await decided(running.app, [['a', 'BUY', 80]]);
  const { userNodeId } = first;
  await feedback(running.app, first.decisionId, { success: true });
  const { adjustments } = await statsOf(running.app, userNodeId);
  expect(adjustments.map(({ path, applied }: { path: string; applied: boolean }) => [path, applied])).toEqual(
    [
      ['agents.a.learned_weight', true],
      ['agents.a.slope', true],
      ['consensus.calibration', true],
    ],
  );
  const [weight] = await performance(running.app, userNodeId);
  expect(adjustments[0]).toMatchObject({ from: 1, to: weight?.learnedWeight });
  expect(adjustments[0].reason).toBe('n = 1 evaluated vote, hit rate 100 %');
  const second = await decided(running.app, [['a', 'BUY', 80]], userNodeId);
  await feedback(running.app, second.decisionId, { success: false });
  const later = (await statsOf(running.app, userNodeId)).adjustments;
  expect(later).toHaveLength(3);
  expect(later[0].reason).toBe('n = 2 evaluated votes, hit rate 50 %');
});

test('performance counts votes, hits and squared errors, and the pnl attributed sums to the pnl', async () => {
  const first = await decided(running.app, DIVIDED);
  const { userNodeId } = first;
  await feedback(running.app, first.decisionId, { success: true, pnl: 100.01 });
  const agents = await performance(running.app, userNodeId);
  expect(
    agents.map(({ agentName, evaluatedVotes, hitRate, brier }) => [
      agentName,
      evaluatedVotes,
      hitRate?.value,
      brier,
    ]),
  ).toEqual([
    ['a', 1, 1, expect.closeTo(0.01, 12)],
    ['b', 1, 0, expect.closeTo(0.36, 12)],
    ['c', 1, 1, expect.closeTo(0.09, 12)],
  ]);
  const attributed = agents.map(({ pnlAttributed }) => pnlAttributed);
  expect(attributed[1]).toBe(0);
  expect(Math.min(attributed[0] ?? 0, attributed[2] ?? 0)).toBeGreaterThan(0);
  expect(attributed.reduce((sum, part) => sum + Math.round(part * 100), 0)).toBe(10_001);
});
