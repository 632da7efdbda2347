import { expect, test } from '@jest/globals';
import { startTestApp, useApp } from '../support/app.js';
import type { Cast } from '../voting/decide.js';
import { decided, feedback, performance, statsOf, weightsDiffer } from './node.js';

const running = useApp();

const ROUNDS: { ballots: Cast[]; success: boolean; pnl: number }[] = Array.from({ length: 6 }, (_, i) => ({
  ballots: [
    ['a', i % 2 === 0 ? 'BUY' : 'SELL', 60 + 5 * i],
    ['b', 'BUY', 90 - 7 * i],
    ['c', i % 3 === 0 ? 'HOLD' : 'SELL', 55 + i, 2],
  ],
  success: i % 3 !== 1,
  pnl: 10.01 * (i - 2),
}));

/** A node with these decisions, without feedback. */
async function nodeWithDecisions() {
  const [first, ...others] = ROUNDS;
  const { userNodeId, decisionId } = await decided(running.app, first?.ballots ?? []);
  const decisionIds = [decisionId];
  for (const { ballots } of others)
    decisionIds.push((await decided(running.app, ballots, userNodeId)).decisionId);
  return { userNodeId, decisionIds };
}

const outcomeOf = (i: number) => ({ success: ROUNDS[i]?.success, pnl: ROUNDS[i]?.pnl });

test('feedback of several decisions teaches the same in any order, repeated and corrected or not', async () => {
  const [left, right] = [await nodeWithDecisions(), await nodeWithDecisions()];
  for (const [i, decisionId] of left.decisionIds.entries())
    await feedback(running.app, decisionId, outcomeOf(i));
  for (const i of [3, 0, 5, 1, 4, 2]) {
    const decisionId = right.decisionIds[i] ?? '';
    await feedback(running.app, decisionId, { success: !ROUNDS[i]?.success, pnl: 1 });
    for (let twice = 0; twice < 2; twice++) await feedback(running.app, decisionId, outcomeOf(i));
  }
  const [inOrder, shuffled] = [
    await performance(running.app, left.userNodeId),
    await performance(running.app, right.userNodeId),
  ];
  expect(weightsDiffer(inOrder, shuffled)).toBeLessThanOrEqual(1e-9);
  const exact = (agent: (typeof inOrder)[number]) => ({ ...agent, learnedWeight: null });
  expect(shuffled.map(exact)).toEqual(inOrder.map(exact));
});

test('feedback by four writers at once, through two processes, is all learned', async () => {
  const other = await startTestApp(running.database);
  try {
    const [parallel, serial] = [await nodeWithDecisions(), await nodeWithDecisions()];
    for (const [i, decisionId] of serial.decisionIds.entries())
      await feedback(running.app, decisionId, outcomeOf(i));
    const apps = [running.app, other, running.app, other];
    const answers = await Promise.all(
      apps.flatMap((app) =>
        parallel.decisionIds.map((decisionId, i) => feedback(app, decisionId, outcomeOf(i))),
      ),
    );
    for (const { userErrors, decisionLog } of answers)
      expect({ userErrors, revision: decisionLog.revision }).toEqual({ userErrors: [], revision: 1 });
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(ROUNDS.length);

    const [atOnce, oneByOne] = [
      await performance(running.app, parallel.userNodeId),
      await performance(running.app, serial.userNodeId),
    ];
    expect(atOnce.map(({ evaluatedVotes }) => evaluatedVotes)).toEqual([6, 6, 6]);
    expect(weightsDiffer(atOnce, oneByOne)).toBeLessThanOrEqual(1e-9);
    const { totalPnl, successRate } = await statsOf(running.app, parallel.userNodeId);
    expect(totalPnl).toBeCloseTo(30.03, 9);
    expect(successRate).toMatchObject({ value: 4 / 6, n: 6 });
  } finally {
    await other.stop();
  }
});

test('different corrections of one decision at once leave one that stands, and sums that agree with it', async () => {
  const ballots: Cast[] = [
    ['a', 'BUY', 80],
    ['b', 'SELL', 60],
  ];
  const [raced, fresh] = [await decided(running.app, ballots), await decided(running.app, ballots)];
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      feedback(running.app, raced.decisionId, { success: i % 2 === 0, pnl: i - 3.5 }),
    ),
  );
  for (const { userErrors } of answers) expect(userErrors).toEqual([]);
  const { decision } = await running.app.data(
    'query Last($id: ID!) { decision(id: $id) { revision outcome { success pnl } feedback { revision } } }',
    { id: raced.decisionId },
  );
  expect(decision.feedback.map((entry: { revision: number }) => entry.revision)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8,
  ]);
  await feedback(running.app, fresh.decisionId, decision.outcome);
  const left = await performance(running.app, raced.userNodeId);
  const right = await performance(running.app, fresh.userNodeId);
  expect(weightsDiffer(left, right)).toBeLessThanOrEqual(1e-9);
  expect(left.map(({ evaluatedVotes, pnlAttributed }) => ({ evaluatedVotes, pnlAttributed }))).toEqual(
    right.map(({ evaluatedVotes, pnlAttributed }) => ({ evaluatedVotes, pnlAttributed })),
  );
});
