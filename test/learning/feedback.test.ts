import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import type { Cast } from '../voting/decide.js';
import { decided, feedback, performance, weightsDiffer } from './node.js';

const running = useApp();

const BALLOTS: Cast[] = [
  ['a', 'BUY', 80],
  ['b', 'BUY', 60],
  ['c', 'SELL', 70],
];

const LOSS = { success: false, pnl: -12.5, timeHeld: 90, exitReason: 'stop_loss' };
const WIN = { success: true, pnl: 40.25, timeHeld: 600, exitReason: 'take_profit' };

test('records how a decision turned out', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  expect(await feedback(running.app, decisionId, { ...WIN, source: 'EXECUTION' })).toEqual({
    duplicate: false,
    userErrors: [],
    decisionLog: {
      id: decisionId,
      revision: 1,
      outcome: WIN,
      learning: { wasCorrect: true, confidenceAccuracy: 87.75, lessonsLearned: [] },
      feedback: [{ revision: 1, source: 'EXECUTION', outcome: WIN }],
    },
  });
});

test('the same feedback again is a duplicate and changes nothing', async () => {
  const { decisionId, userNodeId } = await decided(running.app, BALLOTS);
  const first = await feedback(running.app, decisionId, LOSS);
  const learned = await performance(running.app, userNodeId);
  expect(await feedback(running.app, decisionId, LOSS)).toEqual({ ...first, duplicate: true });
  expect(await performance(running.app, userNodeId)).toEqual(learned);
});

test('a key that changed nothing changes nothing late either, after a correction', async () => {
  const { decisionId } = await decided(running.app, BALLOTS);
  await feedback(running.app, decisionId, { ...LOSS, idempotencyKey: 'first' });
  const idle = await feedback(running.app, decisionId, { ...LOSS, idempotencyKey: 'second' });
  expect([idle.duplicate, idle.decisionLog.revision]).toEqual([true, 1]);
  const corrected = await feedback(running.app, decisionId, { ...WIN, idempotencyKey: 'third' });
  expect(await feedback(running.app, decisionId, { ...LOSS, idempotencyKey: 'second' })).toEqual({
    ...corrected,
    duplicate: true,
  });
});

test('a key said again is a duplicate, after a correction too; with other content it is a conflict', async () => {
  const { decisionId } = await decided(running.app, BALLOTS);
  await feedback(running.app, decisionId, { ...LOSS, idempotencyKey: 'close' });
  const corrected = await feedback(running.app, decisionId, { ...WIN, idempotencyKey: 'corrected' });
  expect(corrected).toMatchObject({ duplicate: false, decisionLog: { revision: 2, outcome: WIN } });
  expect(await feedback(running.app, decisionId, { ...LOSS, idempotencyKey: 'close' })).toEqual({
    ...corrected,
    duplicate: true,
  });
  expect(await feedback(running.app, decisionId, { ...WIN, pnl: 1, idempotencyKey: 'close' })).toEqual({
    ...corrected,
    userErrors: [
      {
        code: 'CONFLICT',
        message: 'Expected what was recorded under this `idempotencyKey`, got other content for "close".',
        field: ['input', 'idempotencyKey'],
      },
    ],
  });
});

test('a key is known again however the id of its decision is written', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  const first = await feedback(running.app, decisionId, { ...WIN, idempotencyKey: 'close' });
  const again = await feedback(running.app, decisionId.toUpperCase(), { ...WIN, idempotencyKey: 'close' });
  expect(again).toEqual({ ...first, duplicate: true });
});

test('a correction leaves the node as if only the corrected values had ever come', async () => {
  const corrected = await decided(running.app, BALLOTS);
  const fresh = await decided(running.app, BALLOTS);
  await feedback(running.app, corrected.decisionId, LOSS);
  const { decisionLog } = await feedback(running.app, corrected.decisionId, WIN);
  expect(decisionLog).toMatchObject({
    revision: 2,
    outcome: WIN,
    feedback: [
      { revision: 1, outcome: LOSS },
      { revision: 2, outcome: WIN },
    ],
  });
  await feedback(running.app, fresh.decisionId, WIN);
  const left = await performance(running.app, corrected.userNodeId);
  const right = await performance(running.app, fresh.userNodeId);
  expect(weightsDiffer(left, right)).toBeLessThanOrEqual(1e-12);
  const exact = (agent: (typeof left)[number]) => ({ ...agent, learnedWeight: null });
  expect(left.map(exact)).toEqual(right.map(exact));
});

test('what a correction leaves out stays, null clears it', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  const first = { ...LOSS, source: 'MARKET', lessonsLearned: ['Mind the gap.'] };
  await feedback(running.app, decisionId, first);
  const { decisionLog: kept } = await feedback(running.app, decisionId, { success: true, pnl: 3 });
  expect(kept).toMatchObject({
    outcome: { ...LOSS, success: true, pnl: 3 },
    learning: { lessonsLearned: ['Mind the gap.'] },
    feedback: [{ source: 'MARKET' }, { revision: 2, source: 'MARKET' }],
  });
  const nothing = { pnl: null, timeHeld: null, exitReason: null };
  const cleared = { success: true, ...nothing, source: null, lessonsLearned: null };
  const { decisionLog } = await feedback(running.app, decisionId, cleared);
  expect(decisionLog).toMatchObject({
    revision: 3,
    outcome: { success: true, ...nothing },
    learning: { lessonsLearned: [] },
  });
  expect(decisionLog.feedback[2]).toEqual({
    revision: 3,
    source: null,
    outcome: { success: true, ...nothing },
  });
});

test('feedback on another revision than expected is a conflict', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  const first = await feedback(running.app, decisionId, { ...LOSS, expectedRevision: 0 });
  expect(first).toMatchObject({ duplicate: false, decisionLog: { revision: 1 } });
  expect(await feedback(running.app, decisionId, { ...WIN, expectedRevision: 0 })).toEqual({
    ...first,
    userErrors: [
      {
        code: 'CONFLICT',
        message: "Expected `expectedRevision` to be the decision's revision 1, got 0.",
        field: ['input', 'expectedRevision'],
      },
    ],
  });
  expect(await feedback(running.app, decisionId, { ...WIN, expectedRevision: 1 })).toMatchObject({
    userErrors: [],
    decisionLog: { revision: 2 },
  });
});

test('another source alone is a revision', async () => {
  const { decisionId, userNodeId } = await decided(running.app, [['a', 'BUY', 80]]);
  await feedback(running.app, decisionId, { ...WIN, source: 'EXECUTION' });
  const learned = await performance(running.app, userNodeId);
  const { duplicate, decisionLog } = await feedback(running.app, decisionId, { ...WIN, source: 'HUMAN' });
  expect({ duplicate, feedback: decisionLog.feedback }).toEqual({
    duplicate: false,
    feedback: [
      { revision: 1, source: 'EXECUTION', outcome: WIN },
      { revision: 2, source: 'HUMAN', outcome: WIN },
    ],
  });
  expect(weightsDiffer(await performance(running.app, userNodeId), learned)).toBeLessThanOrEqual(1e-12);
});

test('feedback on a decision that is not logged is refused', async () => {
  const decisionId = id();
  expect(await feedback(running.app, decisionId, WIN)).toEqual({
    duplicate: false,
    decisionLog: null,
    userErrors: [
      {
        code: 'NOT_FOUND',
        message: `Expected a decision that is logged, got "${decisionId}".`,
        field: ['input', 'decisionId'],
      },
    ],
  });
});
