import { beforeAll, expect, test } from '@jest/globals';
import { type Document, MongoClient, ObjectId } from 'mongodb';
import { ensureIndexes } from '../../src/mongo/ensureIndexes.js';
import { INDEXES } from '../../src/mongo/indexes.js';
import { OPEN } from '../../src/mongo/statements.js';
import { testDatabase } from '../support/app.js';

const { name, collection } = testDatabase();
const isEmbedded = process.env['TEST_MONGODB_KIND'] === 'embedded';
const LISTED = INDEXES.filter(({ isEmbeddedOnly }) => isEmbedded || !isEmbeddedOnly);
const userId = new ObjectId();
const nodeId = new ObjectId();

const numbers = Array.from({ length: 50 }, (_, n) => n);

beforeAll(async () => {
  const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 2 });
  await ensureIndexes(client.db(name));
  await ensureIndexes(client.db(name));
  await client.close();
  await collection('ai_message_pages').insertMany(
    numbers.map((n) => ({
      user_id: userId,
      execution_id: new ObjectId(),
      first_seq: n + 1,
      last_seq: n + 1,
      messages: [{ idempotency_key: `key ${n}` }],
    })),
  );
  await collection('ai_conversations').insertMany(
    numbers.map((n) => ({
      user_id: n % 2 === 0 ? userId : new ObjectId(),
      execution_id: new ObjectId(),
      user_node_id: nodeId,
      flow_id: nodeId,
      context: { symbol: 'SPX' },
      status: n < 5 ? 'voting' : 'completed',
      swarm_vote: { deadline: new Date(n), first_ballot_at: new Date(n) },
      created_at: new Date(n),
      updated_at: new Date(n),
      ...(n < 5 ? { decision_pending: true } : {}),
    })),
  );
  // Of each condition few enough match that its own index is the best of them.
  await collection('ai_decisions_log').insertMany(
    numbers.map((n) => ({
      user_id: n < 30 ? userId : new ObjectId(),
      user_node_id: nodeId,
      seq: n * 10,
      revision: n % 6,
      node_version: n % 6,
      timestamp: new Date(n),
      decision: { symbol: n % 6 === 1 ? 'SPX' : 'QQQ', type: n % 6 === 2 ? 'trade' : 'rebalance' },
      ...(n === 0 ? { idempotency_key: 'key' } : {}),
    })),
  );
  await collection('ai_parameter_changes').insertMany(
    numbers.map((n) => ({
      user_id: n < 30 ? userId : new ObjectId(),
      user_node_id: nodeId,
      status: n % 6 === 1 ? 'proposed' : 'applied',
      paths: [n % 6 === 2 ? 'quorum' : 'rule'],
      ...(n === 3 ? { versions: [{ version: 1 }] } : {}),
    })),
  );
});

test('makes every index once, as it is listed', async () => {
  for (const of of new Set(LISTED.map((index) => index.collection))) {
    const made = (await collection(of).indexes()).filter(({ name: own }) => own !== '_id_');
    const listed = LISTED.filter((index) => index.collection === of);
    expect(made.map(({ key, unique = false }) => JSON.stringify({ key, unique })).sort()).toEqual(
      listed.map(({ key, options }) => JSON.stringify({ key, unique: options?.unique ?? false })).sort(),
    );
  }
});

/** Each index by what it is listed with, and a query it serves: filter and sort as the stores have them. */
const QUERIES: [collection: string, keys: string, filter: Document, sort: Document | null][] = [
  ['ai_conversations', 'user_id execution_id', { user_id: userId, execution_id: nodeId }, null],
  [
    'ai_conversations',
    'user_id execution_id revision',
    { user_id: userId, execution_id: nodeId, revision: 3 },
    null,
  ],
  ['ai_conversations', 'user_id _id', { user_id: userId }, { _id: -1 }],
  ['ai_conversations', 'user_id user_node_id _id', { user_id: userId, user_node_id: nodeId }, { _id: -1 }],
  ['ai_conversations', 'user_id flow_id _id', { user_id: userId, flow_id: nodeId }, { _id: -1 }],
  [
    'ai_conversations',
    'user_id context.symbol _id',
    { user_id: userId, 'context.symbol': 'SPX' },
    { _id: -1 },
  ],
  ['ai_conversations', 'user_id status _id', { user_id: userId, status: 'voting' }, { _id: -1 }],
  [
    'ai_conversations',
    'user_id updated_at _id',
    { user_id: userId, updated_at: { $gte: new Date(10) } },
    { updated_at: 1, _id: 1 },
  ],
  ['ai_conversations', 'updated_at _id', { updated_at: { $gte: new Date(10) } }, { updated_at: 1, _id: 1 }],
  [
    'ai_conversations',
    'swarm_vote.deadline',
    { status: OPEN, 'swarm_vote.deadline': { $lte: new Date(3) } },
    null,
  ],
  ['ai_conversations', 'created_at', { status: OPEN, created_at: { $gt: new Date(3) } }, null],
  [
    'ai_conversations',
    'swarm_vote.first_ballot_at',
    {
      status: OPEN,
      'swarm_vote.first_ballot_at': { $gt: new Date(3) },
    },
    null,
  ],
  ['ai_conversations', 'decision_pending', { decision_pending: true }, null],
  [
    'ai_message_pages',
    'user_id execution_id first_seq',
    { user_id: userId, execution_id: nodeId, first_seq: { $gt: 1, $lte: 10 } },
    null,
  ],
  [
    'ai_message_pages',
    'user_id execution_id messages.idempotency_key',
    { user_id: userId, execution_id: nodeId, 'messages.idempotency_key': 'key' },
    null,
  ],
  ['ai_decisions_log', 'user_id user_node_id _id', { user_id: userId, user_node_id: nodeId }, { _id: -1 }],
  [
    'ai_decisions_log',
    'user_id user_node_id decision.symbol _id',
    { user_id: userId, user_node_id: nodeId, 'decision.symbol': 'SPX' },
    { _id: -1 },
  ],
  [
    'ai_decisions_log',
    'user_id user_node_id decision.type _id',
    { user_id: userId, user_node_id: nodeId, 'decision.type': 'trade' },
    { _id: -1 },
  ],
  [
    'ai_decisions_log',
    'user_id user_node_id revision _id',
    { user_id: userId, user_node_id: nodeId, revision: 0 },
    { _id: -1 },
  ],
  [
    'ai_decisions_log',
    'user_id user_node_id timestamp',
    { user_id: userId, user_node_id: nodeId, timestamp: { $gte: new Date(10) } },
    null,
  ],
  [
    'ai_decisions_log',
    'user_id user_node_id idempotency_key',
    { user_id: userId, user_node_id: nodeId, idempotency_key: 'key' },
    null,
  ],
  [
    'ai_decisions_log',
    'user_id user_node_id seq',
    { user_id: userId, user_node_id: nodeId, seq: { $gt: 250, $lte: 500 } },
    null,
  ],
  [
    'ai_decisions_log',
    'user_id user_node_id node_version',
    { user_id: userId, user_node_id: nodeId, node_version: { $gt: 7 } },
    null,
  ],
  [
    'ai_parameter_changes',
    'user_id user_node_id _id',
    { user_id: userId, user_node_id: nodeId },
    { _id: -1 },
  ],
  [
    'ai_parameter_changes',
    'user_id user_node_id status _id',
    { user_id: userId, user_node_id: nodeId, status: 'proposed' },
    { _id: -1 },
  ],
  [
    'ai_parameter_changes',
    'user_id user_node_id paths _id',
    { user_id: userId, user_node_id: nodeId, paths: 'quorum' },
    { _id: -1 },
  ],
  [
    'ai_parameter_changes',
    'user_id user_node_id versions.version',
    { user_id: userId, user_node_id: nodeId, 'versions.version': { $gt: 0 } },
    null,
  ],
  ['ai_symbols', 'user_id folded user_node_id', { user_id: userId, folded: 'aapl' }, null],
  ['ai_node_learning', 'user_id _id', { user_id: userId, _id: { $lt: nodeId } }, { _id: -1 }],
  ['ai_node_learning', 'user_id user_node_id', { user_id: userId, user_node_id: nodeId }, null],
  [
    'ai_node_learning',
    'user_id user_node_id version',
    { user_id: userId, user_node_id: nodeId, version: 3 },
    null,
  ],
  [
    'ai_node_learning',
    'user_id user_node_id last_decision_seq',
    { user_id: userId, user_node_id: nodeId, last_decision_seq: 3 },
    null,
  ],
  [
    'ai_node_learning',
    'unsettled.decision_id',
    { 'unsettled.decision_id': { $gt: new ObjectId('0'.repeat(24)) } },
    null,
  ],
];

test('has a query here for every index there is', () => {
  expect(QUERIES.map(([of, keys]) => `${of}: ${keys}`)).toEqual(
    INDEXES.map((index) => `${index.collection}: ${Object.keys(index.key).join(' ')}`),
  );
});

/** The plan's stages, outermost first; of a sharded cluster's plan those of one shard. */
function stagesOf(plan: Document): Document[] {
  const inner = plan['shards']?.[0].winningPlan ?? plan['inputStage'] ?? plan['queryPlan'];
  return inner === undefined ? [plan] : [plan, ...stagesOf(inner)];
}

const isMade = ([of, keys]: (typeof QUERIES)[number]) =>
  LISTED.some(({ collection: its, key }) => of === its && keys === Object.keys(key).join(' '));

test.each(QUERIES.filter(isMade))('reads %s by %s', async (of, keys, filter, sort) => {
  const cursor = collection(of).find(filter).limit(20);
  if (sort) cursor.sort(sort);
  const { queryPlanner } = await cursor.explain('queryPlanner');
  const scan = stagesOf(queryPlanner.winningPlan).find(({ stage }) => stage === 'IXSCAN');
  expect(Object.keys(scan?.['keyPattern'] ?? {}).join(' ')).toBe(keys);
});
