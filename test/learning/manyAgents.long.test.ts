import { afterAll, expect, test } from '@jest/globals';
import { MongoClient, ObjectId } from 'mongodb';
import { rebuild } from '../../src/domain/upkeep/rebuild.js';
import { useApp } from '../support/app.js';
import { portsOn } from '../support/stores.js';
import { decided, feedback, performance, weightsDiffer } from './node.js';

const USER = '00000000000000000000face';
const running = useApp();
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 2 });
afterAll(() => client.close());

const agents = (part: number, n: number) =>
  Array.from({ length: n }, (_, i) => `agent ${part}/${String(i).padStart(3, '0')}`);

/** Decisions in this order, each with a ballot for it of each of these agents; their ids. */
async function decisionsOf(swarms: readonly string[][]) {
  const { decisionId, userNodeId } = await decided(running.app, [['a', 'BUY', 80]]);
  const db = client.db(running.database);
  const log = db.collection('ai_decisions_log');
  const like = await log.findOneAndDelete({ _id: new ObjectId(decisionId) });
  if (like === null) throw new Error('The decision is not there.');
  const documents = swarms.map((names, i) => ({
    ...like,
    _id: new ObjectId(),
    seq: i + 1,
    ballots: names.map((agent_name) => ({ ...like['ballots'][0], agent_name })),
  }));
  await log.insertMany(documents);
  const ofNode = { user_node_id: new ObjectId(userNodeId) };
  await db
    .collection('ai_node_learning')
    .updateOne(ofNode, { $set: { last_decision_seq: documents.length } });
  return { userNodeId, ids: documents.map(({ _id }) => _id.toHexString()) };
}

const namesOf = (found: Awaited<ReturnType<typeof performance>>) => found.map(({ agentName }) => agentName);

test('a node keeps the 2,000 agents that were evaluated last, and a rebuild finds the same', async () => {
  const first = agents(0, 199);
  const parts = Array.from({ length: 9 }, (_, i) => agents(i + 1, 200));
  const [gone = '', next = '', third = ''] = first;
  const swarms = [['steady', ...first], ...parts, ['steady', 'new'], [gone, 'steady']];
  const { userNodeId, ids } = await decisionsOf(swarms);
  const record = async (at: number, input: object) => {
    const answer = await feedback(running.app, ids[at] ?? '', { ...input });
    expect(answer.userErrors).toEqual([]);
  };
  const perform = () => performance(running.app, userNodeId);
  const records = async () => new Map((await perform()).map((agent) => [agent.agentName, agent]));

  for (let at = 0; at < 10; at++) await record(at, { success: true, pnl: 10 });
  expect(new Set(namesOf(await perform()))).toEqual(new Set(['steady', ...first, ...parts.flat()]));
  await record(10, { success: true, pnl: 10 });
  const kept = await records();
  expect([kept.size, kept.has('new'), kept.has('steady')]).toEqual([2000, true, true]);
  expect([kept.has(gone), kept.has(next)]).toEqual([false, true]);

  await record(0, { success: false, pnl: -4 });
  const corrected = await records();
  expect(corrected.get(gone)).toBeUndefined();
  expect(corrected.get(next)).toMatchObject({ evaluatedVotes: 1, hitRate: { value: 0 } });
  expect(corrected.get('steady')).toMatchObject({ evaluatedVotes: 2, hitRate: { value: 0.5 } });
  await record(11, { success: true, pnl: 3 });
  await record(0, { success: true, pnl: 6 });
  const back = await records();
  expect(back.get(gone)).toMatchObject({ evaluatedVotes: 1, hitRate: { value: 1 }, pnlAttributed: 1.5 });
  expect([back.has(next), back.get(third)?.evaluatedVotes]).toEqual([false, 1]);

  const before = await perform();
  const ports = portsOn(client.db(running.database));
  const found = await rebuild(ports, { userId: USER, userNodeId }, () => {});
  expect(found).toMatchObject({ decisions: 12, evaluated: 12, agents: 2000 });
  expect(found.largestDifference).toBeLessThanOrEqual(1e-9);
  const after = await perform();
  expect(weightsDiffer(before, after)).toBeLessThanOrEqual(1e-9);
  const exact = (all: typeof before) => all.map((agent) => ({ ...agent, learnedWeight: null }));
  expect(exact(after)).toEqual(exact(before));
}, 120_000);
