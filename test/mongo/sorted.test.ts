import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CommandStartedEvent, type Document, MongoClient, ObjectId } from 'mongodb';
import { ensureIndexes } from '../../src/mongo/ensureIndexes.js';
import { id, testDatabase } from '../support/app.js';
import { portsOn } from '../support/stores.js';
import { idAt, storedTemplates, USER } from './histories.js';

const { name } = testDatabase();
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, {
  maxPoolSize: 4,
  monitorCommands: true,
});
const db = client.db(name);
const ports = portsOn(db);
afterAll(() => client.close());

const MANY = 400;
const LIMIT = 20;
/** What few match is read whole, up to four pages of it. */
const MOST_SORTED = 4 * LIMIT;
const MINUTE_MS = 60_000;
const userNodeId = id();
const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE_MS);

/** A year ago a minute apart, so that what is asked since before them begins with a gap. */
beforeAll(async () => {
  await ensureIndexes(db);
  const { conversation, decision, node } = await storedTemplates(ports, db);
  const made = Array.from({ length: MANY }, (_, n) => {
    const at = minutesAgo(365 * 24 * 60 - n);
    return { n, at, _id: idAt(at), isRare: n % 20 === 0 };
  });
  const user_node_id = new ObjectId(userNodeId);
  await db.collection('ai_conversations').insertMany(
    made.map(({ at, _id, isRare }) => ({
      ...conversation,
      _id,
      user_node_id,
      execution_id: new ObjectId(),
      created_at: at,
      updated_at: at,
      context: { ...conversation['context'], symbol: isRare ? 'RARE' : 'SPX' },
      status: isRare ? 'in_progress' : 'completed',
    })),
  );
  await db.collection('ai_decisions_log').insertMany(
    made.map(({ n, at, _id, isRare }) => ({
      ...decision,
      _id,
      user_node_id,
      seq: n + 1,
      timestamp: at,
      ...(isRare ? { revision: 0, outcome: null } : {}),
    })),
  );
  await db
    .collection('ai_node_learning')
    .insertMany(made.map(({ _id }) => ({ ...node, _id, user_node_id: new ObjectId() })));
});

/** How many documents each statement has sorted that is sent meanwhile. */
async function sortedBy(ask: () => Promise<readonly unknown[]>): Promise<number[]> {
  const sent: { collection: string; before: Document[] }[] = [];
  const onCommand = ({ commandName, command }: CommandStartedEvent): void => {
    const collection = String(command[commandName]);
    if (commandName === 'find' && command['sort']) {
      sent.push({ collection, before: [{ $match: command['filter'] }] });
    }
    const stages: Document[] = commandName === 'aggregate' ? command['pipeline'] : [];
    const place = stages.findIndex((stage) => '$sort' in stage);
    if (place >= 0) sent.push({ collection, before: stages.slice(0, place) });
  };
  client.on('commandStarted', onCommand);
  const page = await ask();
  client.off('commandStarted', onCommand);
  expect(page).toHaveLength(LIMIT);
  return Promise.all(
    sent.map(async ({ collection, before }) => {
      const [counted] = await db
        .collection(collection)
        .aggregate([...before, { $count: 'n' }])
        .toArray();
      return counted?.['n'] ?? 0;
    }),
  );
}

const page = { after: null, limit: LIMIT };
const longAgo = minutesAgo(2 * 365 * 24 * 60);
const middle = minutesAgo(365 * 24 * 60 - MANY / 2);
const conversations = (filter: object) => () => ports.conversations.list(USER, filter, page);
const decisions = (filter: object) => () => ports.decisions.list(USER, userNodeId, filter, page);

test.each<[string, () => Promise<readonly unknown[]>]>([
  ['conversations', conversations({})],
  ['completed conversations', conversations({ status: 'completed' })],
  ['open conversations', conversations({ status: 'in_progress' })],
  ['open conversations on a symbol', conversations({ status: 'in_progress', symbol: 'RARE' })],
  ['conversations changed since before the first', conversations({ updatedSince: longAgo })],
  ['conversations changed since the middle', conversations({ updatedSince: middle })],
  [
    'changes since before the first',
    () => ports.conversations.changedSince(USER, { updatedAt: longAgo, id: null }, LIMIT),
  ],
  [
    'changes since the middle',
    () => ports.conversations.changedSince(USER, { updatedAt: middle, id: null }, LIMIT),
  ],
  ['decisions', decisions({})],
  ['decisions with an outcome', decisions({ hasOutcome: true })],
  ['decisions without an outcome', decisions({ hasOutcome: false })],
  ['decisions since before the first', decisions({ since: longAgo })],
  ['decisions until the middle', decisions({ until: middle })],
  ['decisions until the middle since before the first', decisions({ since: longAgo, until: middle })],
  ['nodes', () => ports.nodes.list(USER, page)],
])('sorts few of many %s', async (_, ask) => {
  const sorted = await sortedBy(ask);
  expect(sorted).not.toEqual([]);
  expect(Math.max(...sorted)).toBeLessThanOrEqual(MOST_SORTED);
});
