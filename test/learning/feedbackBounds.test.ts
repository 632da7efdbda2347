import { afterAll, expect, test } from '@jest/globals';
import { MongoClient, ObjectId } from 'mongodb';
import { useApp } from '../support/app.js';
import { decided, feedback } from './node.js';

const running = useApp();
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 1 });
afterAll(() => client.close());

/** As after many corrections. */
const store = (decisionId: string, values: object) =>
  client
    .db(running.database)
    .collection('ai_decisions_log')
    .updateOne({ _id: new ObjectId(decisionId) }, { $set: values });

const LOSS = { success: false, pnl: -12.5 };
const WIN = { success: true, pnl: 40.25 };

test('refuses a correction beyond the hundredth revision and goes on taking feedback of the node', async () => {
  const { decisionId, userNodeId } = await decided(running.app, [['a', 'BUY', 80]]);
  await feedback(running.app, decisionId, LOSS);
  await store(decisionId, { revision: 99 });
  const last = await feedback(running.app, decisionId, { ...WIN, idempotencyKey: 'last' });
  expect(last).toMatchObject({ userErrors: [], decisionLog: { revision: 100, outcome: WIN } });
  const refused = await feedback(running.app, decisionId, LOSS);
  expect(refused).toMatchObject({
    duplicate: false,
    decisionLog: { revision: 100, outcome: WIN },
    userErrors: [
      {
        code: 'INVALID',
        message: `Expected at most 100 revisions of a decision, got one more for "${decisionId}".`,
        field: ['input', 'decisionId'],
      },
    ],
  });
  const again = await feedback(running.app, decisionId, { ...WIN, idempotencyKey: 'last' });
  expect(again).toMatchObject({ duplicate: true, userErrors: [], decisionLog: { revision: 100 } });
  const other = await decided(running.app, [['a', 'SELL', 60]], userNodeId);
  expect(await feedback(running.app, other.decisionId, WIN)).toMatchObject({
    userErrors: [],
    decisionLog: { revision: 1 },
  });
});

test('remembers the latest hundred keys of feedback that changed nothing', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  await feedback(running.app, decisionId, LOSS);
  const keys = Array.from({ length: 100 }, (_, n) => ({ idempotency_key: `key ${n}`, content_hash: '' }));
  await store(decisionId, { idle_keys: keys });
  await feedback(running.app, decisionId, { ...LOSS, idempotencyKey: 'one more' });
  const stored = await client
    .db(running.database)
    .collection('ai_decisions_log')
    .findOne({ _id: new ObjectId(decisionId) });
  const kept = stored?.['idle_keys'].map((one: { idempotency_key: string }) => one.idempotency_key);
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([100, 'key 1', 'one more']);
});
