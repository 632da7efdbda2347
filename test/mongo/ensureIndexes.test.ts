import { beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { ensureIndexes } from '../../src/mongo/ensureIndexes.js';
import { testDatabase } from '../support/app.js';

const { name, collection } = testDatabase();

/** Answers whether any was made. */
async function ensure(): Promise<boolean> {
  const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 2 });
  try {
    return await ensureIndexes(client.db(name));
  } finally {
    await client.close();
  }
}

beforeAll(async () => {
  await ensure();
});

test('makes an index anew, under another name, that was defined otherwise before', async () => {
  const decisions = collection('ai_decisions_log');
  const key = { user_id: 1, user_node_id: 1, idempotency_key: 1 } as const;
  const usual = 'user_id_1_user_node_id_1_idempotency_key_1';
  await decisions.dropIndex(usual);
  await decisions.createIndex(key, { partialFilterExpression: { idempotency_key: { $exists: true } } });
  expect([await ensure(), await ensure()]).toEqual([true, false]);
  const made = (await decisions.indexes()).filter(({ key: of }) => 'idempotency_key' in of);
  expect(made.map(({ unique, partialFilterExpression }) => [unique, partialFilterExpression])).toEqual([
    [true, { idempotency_key: { $gt: '' } }],
  ]);
});

test('takes an index that was made before, under whatever name', async () => {
  const nodes = collection('ai_node_learning');
  const key = { user_id: 1, user_node_id: 1 } as const;
  await nodes.dropIndex('user_id_1_user_node_id_1');
  await nodes.createIndex(key, { unique: true, name: 'made by hand' });
  expect(await ensure()).toBe(false);
  await nodes.dropIndex('made by hand');
  await nodes.createIndex(key, { name: 'made by hand' });
  expect([await ensure(), await ensure()]).toEqual([true, false]);
  const unique = (await nodes.indexes()).filter((made) => made['unique'] === true);
  expect(unique.map((made) => made.key)).toEqual([key]);
});
