import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Decimal128, MongoClient, ObjectId } from 'mongodb';
import { type Rebuilt, rebuild } from '../../src/domain/upkeep/rebuild.js';
import { recordFeedback } from '../../src/domain/commands/recordFeedback.js';
import type { Ports } from '../../src/domain/ports.js';
import { LOCAL_VIEWER } from '../../src/transport/identity.js';
import { id, startTestApp, useApp } from '../support/app.js';
import { FEEDBACK } from '../support/scenario.js';
import { portsOn } from '../support/stores.js';
import { decided, feedback, performance, THREE_VOTES, weightsDiffer } from './node.js';

const USER = '00000000000000000000face';
const running = useApp();
const uri = process.env['TEST_MONGODB_URI'] as string;
const client = new MongoClient(uri, { maxPoolSize: 2, ignoreUndefined: true });
afterAll(() => client.close());

const ports = (): Ports => portsOn(client.db(running.database));
const nodes = () => client.db(running.database).collection('ai_node_learning');
const storedNode = async (userNodeId: string): Promise<any> =>
  nodes().findOne({ user_node_id: new ObjectId(userNodeId) });
const update = async (userNodeId: string, change: object): Promise<void> =>
  void (await nodes().updateOne({ user_node_id: new ObjectId(userNodeId) }, change));

const rebuilt = (userNodeId: string, onPorts = ports()): Promise<Rebuilt> =>
  rebuild(onPorts, { userId: USER, userNodeId }, () => {});

/** A node with three decisions; their ids. */
async function nodeWithDecisions() {
  const decisionIds: string[] = [];
  const node = id();
  for (const ballots of THREE_VOTES) decisionIds.push((await decided(running.app, ballots, node)).decisionId);
  return { userNodeId: node, decisionIds };
}

/** A node that has learned from feedback that was doubled, corrected and taken back. */
async function learnedNode() {
  const { userNodeId, decisionIds } = await nodeWithDecisions();
  const [first = '', second = '', third = ''] = decisionIds;
  for (const pnl of [10, 10, -3.5]) await feedback(running.app, first, { success: pnl > 0, pnl });
  for (const success of [true, false, true]) await feedback(running.app, second, { success, pnl: 7.25 });
  await feedback(running.app, third, { success: false, pnl: -20 });
  return { userNodeId, decisionIds };
}

const exact = (agents: Awaited<ReturnType<typeof performance>>) =>
  agents.map((agent) => ({ ...agent, learnedWeight: null }));

test('a rebuild of what was doubled and corrected finds no difference and changes nothing', async () => {
  const { userNodeId } = await learnedNode();
  const before = await performance(running.app, userNodeId);
  const found = await rebuilt(userNodeId);
  expect(found).toMatchObject({ decisions: 3, evaluated: 3, agents: 4 });
  expect(found.largestDifference).toBeLessThanOrEqual(1e-9);
  const after = await performance(running.app, userNodeId);
  expect(weightsDiffer(before, after)).toBeLessThanOrEqual(1e-9);
  expect(exact(after)).toEqual(exact(before));
  expect((await rebuilt(userNodeId)).largestDifference).toBe(0);
});

describe('stored sums that are not what the log says', () => {
  // Agents are stored by name: `__proto__`, a, b, c. All sums of agents are read at the fourth decision.
  const decay = 2 ** (-4 / 100);
  const cases: [string, object, string, number][] = [
    ['a decayed sum', { $inc: { 'agents.1.cc': 0.5 } }, 'a.cc', 0.5 * decay],
    ['a sum of an agent like a part of an object', { $inc: { 'agents.0.r': -2 } }, '__proto__.r', 2 * decay],
    ['a count', { $inc: { 'agents.3.hits': 3 } }, 'c.hits', 3],
    ['a bin', { $inc: { 'agents.2.bins.stated.6': 60 } }, 'b.bins.stated.6', 60],
    ['a sum of the consensus', { $inc: { 'self.o': -1 } }, 'self.o', 2 ** (-4 / 1000)],
    ['a count of the consensus', { $inc: { 'consensus.hits': 2 } }, 'consensus.hits', 2],
    ['a bin of the consensus', { $inc: { 'consensus.bins.n.0': 4 } }, 'consensus.bins.n.0', 4],
    [
      'what was lost',
      { $inc: { 'consensus.losses.units': Decimal128.fromString('500') } },
      'consensus.losses.sum',
      500e-8,
    ],
    ['what is no number', { $set: { 'agents.1.o': Number.NaN } }, 'a.o', Number.POSITIVE_INFINITY],
    ['an agent that is gone', { $pop: { agents: 1 } }, 'c.bins.stated.7', 70],
  ];
  let userNodeId: string;
  beforeAll(async () => {
    userNodeId = (await learnedNode()).userNodeId;
  });
  test.each(cases)('%s is found, told and repaired', async (_, change, largestAt, largestDifference) => {
    const before = await performance(running.app, userNodeId);
    await update(userNodeId, change);
    const found = await rebuilt(userNodeId);
    expect(found).toMatchObject({ largestAt, largestDifference: closeTo(largestDifference) });
    const after = await performance(running.app, userNodeId);
    expect(weightsDiffer(before, after)).toBeLessThanOrEqual(1e-9);
    expect(exact(after)).toEqual(exact(before));
    expect((await rebuilt(userNodeId)).largestDifference).toBe(0);
  });

  test('a stranger among the agents is found and taken out', async () => {
    const [agent] = (await storedNode(userNodeId)).agents;
    await update(userNodeId, {
      $push: { agents: { ...agent, agent_name: 'x', pnl_units: Decimal128.fromString('9999900000000') } },
    });
    expect(await rebuilt(userNodeId)).toMatchObject({
      largestAt: 'x.pnl',
      largestDifference: 99_999,
      agents: 4,
    });
    expect((await rebuilt(userNodeId)).largestDifference).toBe(0);
  });
});

const closeTo = (value: number): unknown => (Number.isFinite(value) ? expect.closeTo(value, 9) : value);

test('feedback between any two steps of a rebuild is neither lost nor doubled', async () => {
  const { userNodeId, decisionIds } = await learnedNode();
  await update(userNodeId, { $inc: { 'agents.1.n': 1 } });
  const real = ports();
  let given = 0;
  const meanwhile = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work;
    if (given >= 9) return done;
    given += 1;
    const answer = await feedback(running.app, decisionIds[given % 3] ?? '', {
      success: given % 2 === 0,
      pnl: given,
    });
    expect(answer).toMatchObject({ duplicate: false, userErrors: [] });
    return done;
  };
  const disturbed: Ports = {
    ...real,
    nodes: { ...real.nodes, find: (...key) => meanwhile(real.nodes.find(...key)) },
    decisions: {
      ...real.decisions,
      history: (...range) => meanwhile(real.decisions.history(...range)),
      learnedAfter: (...version) => meanwhile(real.decisions.learnedAfter(...version)),
    },
  };
  // The feedback did learn on the wrong sum meanwhile, and that is told of the node it was compared with.
  const found = await rebuilt(userNodeId, disturbed);
  expect(found).toMatchObject({ largestAt: 'a.n', largestDifference: expect.closeTo(2 ** (-4 / 100), 9) });
  expect(given).toBe(9);
  const again = await rebuilt(userNodeId);
  expect(again).toMatchObject({ decisions: 3, evaluated: 3 });
  expect(again.largestDifference).toBeLessThanOrEqual(1e-9);
});

test('feedback through two processes all the while differs from no rebuild', async () => {
  const { userNodeId, decisionIds } = await learnedNode();
  const other = await startTestApp(running.database);
  try {
    let isOver = false;
    let given = 0;
    const writers = [running.app, other].map(async (app, i) => {
      while (!isOver) {
        given += 1;
        const input = { decisionId: decisionIds[i], success: given % 3 > 0, pnl: given };
        const { errors } = await app.send(FEEDBACK, { input });
        // A writer that is told to try again goes on with the next: whether this one came in is in the log.
        if (errors?.some(({ extensions }) => extensions.code !== 'UNAVAILABLE'))
          throw new Error(JSON.stringify(errors));
      }
    });
    const found: Rebuilt[] = [];
    try {
      for (let time = 0; time < 5; time++) found.push(await rebuilt(userNodeId));
    } finally {
      isOver = true;
      await Promise.all(writers);
    }
    found.push(await rebuilt(userNodeId));
    for (const { largestDifference } of found) expect(largestDifference).toBeLessThanOrEqual(1e-9);
    expect(found.at(-1)).toMatchObject({ decisions: 3, evaluated: 3, agents: 4 });
  } finally {
    await other.stop();
  }
});

test('feedback that is learned and not on its decision is settled first', async () => {
  const { userNodeId, decisionIds } = await learnedNode();
  const [decisionId = ''] = decisionIds;
  const real = ports();
  const dying: Ports = {
    ...real,
    decisions: { ...real.decisions, applyFeedback: () => Promise.reject(new Error('The process dies.')) },
  };
  const input = { decisionId, success: true, pnl: 1_000 };
  await expect(recordFeedback(dying, { ...LOCAL_VIEWER, userId: USER }, input)).rejects.toThrow(
    'The process dies.',
  );
  const found = await rebuilt(userNodeId);
  expect(found.largestDifference).toBeLessThanOrEqual(1e-9);
  expect((await storedNode(userNodeId)).unsettled).toBeNull();
  const decision = await real.decisions.find(USER, decisionId);
  expect(decision).toMatchObject({ revision: 3, outcome: { success: true, pnl: 1_000 } });
});

test('what an older version did not count yet is counted from the log', async () => {
  const { userNodeId } = await learnedNode();
  const { agents, consensus } = await storedNode(userNodeId);
  const older = agents.map((agent: object) => ({ ...agent, bins: undefined, swarm_hits: undefined }));
  await update(userNodeId, { $set: { agents: older }, $unset: { consensus: '' } });
  await rebuilt(userNodeId);
  const counts = (of: any[]) => of.map(({ bins, swarm_hits, votes }) => ({ bins, swarm_hits, votes }));
  const now = await storedNode(userNodeId);
  expect([counts(now.agents), now.consensus]).toEqual([counts(agents), consensus]);
});

test('a node that has decided and learned nothing is rebuilt to nothing', async () => {
  const { userNodeId } = await nodeWithDecisions();
  expect(await rebuilt(userNodeId)).toEqual({
    decisions: 3,
    evaluated: 0,
    agents: 0,
    largestDifference: 0,
    largestAt: 'nowhere',
  });
  expect(await performance(running.app, userNodeId)).toEqual([]);
});

test('decisions far apart, beyond where the sums are based anew, are all read, and it tells how far it is', async () => {
  const { userNodeId, decisionIds } = await learnedNode();
  await update(userNodeId, { $set: { last_decision_seq: 25_000 } });
  const { decisionId } = await decided(running.app, THREE_VOTES[0] ?? [], userNodeId);
  await feedback(running.app, decisionId, { success: true, pnl: 5 });
  await feedback(running.app, decisionIds[1] ?? '', { success: false });
  const told: [number, number][] = [];
  const found = await rebuild(
    ports(),
    { userId: USER, userNodeId },
    (done, of) => void told.push([done, of]),
  );
  expect(found).toMatchObject({ decisions: 4, evaluated: 4, agents: 4 });
  expect(found.largestDifference).toBeLessThanOrEqual(1e-9);
  expect([told[0], told.at(-1)]).toEqual([
    [250, 25_001],
    [25_001, 25_001],
  ]);
});
