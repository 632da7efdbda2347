import { afterAll, expect, test } from '@jest/globals';
import { MongoClient, ObjectId } from 'mongodb';
import { useApp } from '../support/app.js';
import { decided, feedback, performance } from './node.js';

const running = useApp();
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 1 });
afterAll(() => client.close());

const LOSS = { success: false, pnl: -12.5 };
const WIN = { success: true, pnl: 40.25 };

/** As after corrections of so many MiB in all. */
async function storeLarge(decisionId: string, revision: number, mib: number): Promise<void> {
  const part = { was_correct: false, confidence_accuracy: null, parameters_to_adjust: {} };
  const past = Array.from({ length: mib * 8 }, (_, n) => ({
    ...part,
    revision: n + 1,
    lessons_learned: ['x'.repeat(2 ** 17 - 200)],
    lesson_sources: ['caller'],
  }));
  await client
    .db(running.database)
    .collection('ai_decisions_log')
    .updateOne({ _id: new ObjectId(decisionId) }, { $set: { revision, past_learning: past } });
}

const LONGEST = Array.from({ length: 20 }, () => '\u{1F4C8}'.repeat(500));

test('refuses a correction that makes a decision too large and goes on taking feedback of the node', async () => {
  const { decisionId, userNodeId } = await decided(running.app, [['a', 'BUY', 80]]);
  await feedback(running.app, decisionId, { ...LOSS, idempotencyKey: 'first' });
  await storeLarge(decisionId, 83, 15.75);
  const before = await performance(running.app, userNodeId);
  const refused = await feedback(running.app, decisionId, { ...WIN, lessonsLearned: LONGEST });
  expect(refused).toMatchObject({
    duplicate: false,
    decisionLog: { revision: 83, outcome: LOSS },
    userErrors: [
      {
        code: 'INVALID',
        message: `Expected a decision with all its feedback to take at most 15 MiB, got 15.83 MiB with revision 84 of "${decisionId}". With fewer or shorter \`lessonsLearned\` it may fit.`,
        field: ['input', 'decisionId'],
      },
    ],
  });
  expect(await performance(running.app, userNodeId)).toEqual(before);
  const again = await feedback(running.app, decisionId, { ...LOSS, idempotencyKey: 'first' });
  expect(again).toMatchObject({ duplicate: true, userErrors: [], decisionLog: { revision: 83 } });
  const other = await decided(running.app, [['a', 'SELL', 60]], userNodeId);
  expect(await feedback(running.app, other.decisionId, WIN)).toMatchObject({
    userErrors: [],
    decisionLog: { revision: 1 },
  });
});

test('takes a correction up to the size that a decision may have, one with shorter lessons too', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  await feedback(running.app, decisionId, LOSS);
  await storeLarge(decisionId, 60, 14.875);
  const taken = await feedback(running.app, decisionId, { ...WIN, lessonsLearned: LONGEST });
  expect(taken).toMatchObject({ userErrors: [], decisionLog: { revision: 61 } });
  const refused = await feedback(running.app, decisionId, { ...LOSS, lessonsLearned: LONGEST });
  expect(refused.userErrors[0].message).toContain('at most 15 MiB, got 15.03 MiB');
  const shorter = await feedback(running.app, decisionId, { ...LOSS, lessonsLearned: [] });
  expect(shorter).toMatchObject({ userErrors: [], decisionLog: { revision: 62 } });
});
