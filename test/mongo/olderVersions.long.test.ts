import { afterAll, describe, expect, test } from '@jest/globals';
import { type Document, MongoClient, ObjectId } from 'mongodb';
import { recordFeedback } from '../../src/domain/commands/recordFeedback.js';
import { LOCAL_VIEWER } from '../../src/transport/identity.js';
import { feedback, statsOf, THREE_VOTES } from '../learning/node.js';
import { id, startTestApp, useApp } from '../support/app.js';
import { until } from '../support/until.js';
import { portsOn } from '../support/stores.js';
import { type Cast, decide } from '../voting/decide.js';
import { makeOlder } from './older.js';

const USER = '00000000000000000000face';
const NEVER_MS = 3_600_000;
const running = useApp({ sweepMs: NEVER_MS });
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 2 });
afterAll(() => client.close());
const db = () => client.db(running.database);

const BALLOTS: Cast[][] = [
  ...THREE_VOTES,
  [
    ['a', 'BUY', 75],
    ['d', 'BUY', 85],
  ],
];

/** Decisions of a new node, of which all but the last are judged, one of them twice. */
async function lived() {
  const userNodeId = id();
  const ids: string[] = [];
  for (const ballots of BALLOTS) {
    ids.push((await decide(running.app, ballots, { userNodeId })).decision.id);
  }
  const [first = '', second = '', third = '', last = ''] = ids;
  const lessonsLearned = ['Mind the gap.'];
  await feedback(running.app, first, { success: true, pnl: 10, source: 'MARKET', lessonsLearned });
  await feedback(running.app, second, { success: true, pnl: 4 });
  await feedback(running.app, second, { success: false, pnl: -7.25 });
  await feedback(running.app, third, { success: false, pnl: -20 });
  return { userNodeId, first, second, last };
}

const FIGURES = /* GraphQL */ `
  fragment Curve on Calibration { bins { from to n meanStated hitRate { value low high n } } ece { value n } floor { value n } }
  query Figures($userNodeId: ID!) {
    agentPerformance(userNodeId: $userNodeId) {
      agentName evaluatedVotes hitRate { value low high n } recentHitRate brier brierSkill { value n } learnedWeight
      pnlAttributed edge streak calibration { ...Curve }
      slices(by: ACTION) { key evaluatedVotes edge pnlAttributed }
      weightHistory { seq learnedWeight n }
    }
    learningStats(userNodeId: $userNodeId) {
      totalDecisions evaluatedDecisions totalPnl confidenceAccuracy
      consensus {
        evaluatedDecisions successRate { value n } recentSuccessRate brier brierSkill { value n }
        wins meanWin losses meanLoss calibration { ...Curve }
      }
    }
  }
`;
const figures = (userNodeId: string) => running.app.data(FIGURES, { userNodeId });

/** The same, but for what adding up in another order leaves in the last digits. */
const near = (value: any): any => {
  if (typeof value === 'number') return Number.isInteger(value) ? value : expect.closeTo(value, 9);
  if (Array.isArray(value)) return value.map(near);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, near(own)]));
};

const nodes = () => db().collection('ai_node_learning');
const storedNode = (userNodeId: string) => nodes().findOne({ user_node_id: new ObjectId(userNodeId) });

describe('a node that did not count by bins yet', () => {
  test('answers for its agents without errors, by what it did count', async () => {
    const { userNodeId } = await lived();
    const { agentPerformance: before } = await figures(userNodeId);
    await makeOlder(db(), userNodeId);
    expect((await storedNode(userNodeId))?.['consensus']).toBeUndefined();
    const { agentPerformance: now, learningStats } = await figures(userNodeId);
    const counted = (agents: any[]) =>
      agents.map(({ agentName, evaluatedVotes, hitRate, brier, learnedWeight, pnlAttributed, streak }) => ({
        agentName,
        evaluatedVotes,
        hitRate,
        brier,
        learnedWeight,
        // By whole cents.
        pnlAttributed: Math.round(100 * pnlAttributed),
        streak,
      }));
    expect(counted(now)).toEqual(counted(before));
    expect(learningStats).toMatchObject({ totalDecisions: 4, evaluatedDecisions: 3, totalPnl: -17.25 });
  });

  const next: [what: string, of: 'first' | 'last', input: Record<string, unknown>][] = [
    ['of a decision not judged yet', 'last', { success: true, pnl: 3.5 }],
    ['that corrects what the older version learned', 'first', { success: false, pnl: -1 }],
    ['that only says again what it learned', 'first', { success: true, pnl: 10, source: 'MARKET' }],
  ];
  test.each(next)(
    'has the figures of one that was never old after the next feedback, %s',
    async (_, of, input) => {
      const [old, never] = [await lived(), await lived()];
      await makeOlder(db(), old.userNodeId);
      for (const node of [old, never]) {
        const answer = await feedback(running.app, node[of], input);
        expect(answer).toMatchObject({
          userErrors: [],
          decisionLog: { outcome: { success: input['success'] } },
        });
      }
      const expected = await figures(never.userNodeId);
      expect(expected.learningStats.consensus.wins + expected.learningStats.consensus.losses).toBeGreaterThan(
        2,
      );
      expect(await figures(old.userNodeId)).toEqual(near(expected));
      expect((await storedNode(old.userNodeId))?.['consensus']).toEqual(
        (await storedNode(never.userNodeId))?.['consensus'],
      );
    },
  );

  test('has them, too, where a server of the older version went on with it for a while', async () => {
    const [old, never] = [await lived(), await lived()];
    const counted = (await storedNode(old.userNodeId))?.['consensus'];
    for (const { last } of [old, never]) await feedback(running.app, last, { success: true, pnl: 3.5 });
    // That version writes the agents it counted without what it does not know, and leaves the consensus as it is.
    const written = (await storedNode(old.userNodeId))?.['agents'].map(
      ({ bins, swarm_hits, pnl_units, ...agent }: Document) =>
        ['a', 'd'].includes(agent['agent_name']) ? agent : { bins, swarm_hits, pnl_units, ...agent },
    );
    const change = { $set: { agents: written, consensus: counted } };
    await nodes().updateOne({ user_node_id: new ObjectId(old.userNodeId) }, change);
    for (const { first } of [old, never]) await feedback(running.app, first, { success: false, pnl: -1 });
    expect(await figures(old.userNodeId)).toEqual(near(await figures(never.userNodeId)));
  });

  test('is not taken for old where it had learned nothing', async () => {
    const userNodeId = id();
    const { decision } = await decide(running.app, BALLOTS[0] ?? [], { userNodeId });
    await makeOlder(db(), userNodeId);
    expect((await figures(userNodeId)).agentPerformance).toEqual([]);
    await feedback(running.app, decision.id, { success: true, pnl: 2 });
    const { learningStats } = await figures(userNodeId);
    expect(learningStats.consensus).toMatchObject({ evaluatedDecisions: 1, wins: 1, meanWin: 2, losses: 0 });
  });
});

describe('a node whose money was counted by whole cents', () => {
  test('is counted by all figures after the next feedback, and its decisions are summed as they were given', async () => {
    const userNodeId = id();
    const ids: string[] = [];
    for (const pnl of [0.00042, -0.0000031, 5]) {
      const { id: decisionId } = (await decide(running.app, [['a', 'BUY', 80]], { userNodeId })).decision;
      ids.push(decisionId);
      if (pnl !== 5) await feedback(running.app, decisionId, { success: pnl > 0, pnl });
    }
    const ofNode = { user_node_id: new ObjectId(userNodeId) };
    const [agent] = (await storedNode(userNodeId))?.['agents'] ?? [];
    const { pnl_units: _, ...rest } = agent;
    const none = { n: 0, cents: 0 };
    await nodes().updateOne(ofNode, {
      $set: { agents: [{ ...rest, pnl_cents: 0 }], 'consensus.wins': none, 'consensus.losses': none },
    });
    await db()
      .collection('ai_decisions_log')
      .updateMany(ofNode, { $unset: { 'outcome.pnl_units': '' } });
    const { learningStats } = await figures(userNodeId);
    expect(learningStats).toMatchObject({ totalPnl: 0.0004169, consensus: { wins: 0, losses: 0 } });
    await feedback(running.app, ids[2] ?? '', { success: true, pnl: 5 });
    const now = await figures(userNodeId);
    expect(now.learningStats).toMatchObject({
      totalPnl: 5.0004169,
      consensus: { wins: 2, meanWin: 2.50021, losses: 1, meanLoss: 0.0000031 },
    });
    expect(now.agentPerformance).toMatchObject([{ pnlAttributed: 5.0004169 }]);
  });
});

describe('feedback that an older version had learned and not yet written to its decision', () => {
  /** What a process that died in between leaves, an hour ago. */
  async function leave(userNodeId: string, decisionId: string): Promise<void> {
    const real = portsOn(db());
    const dying = {
      ...real,
      clock: { now: () => new Date(Date.now() - 3_600_000) },
      decisions: { ...real.decisions, applyFeedback: () => Promise.reject(new Error('The process dies.')) },
    };
    const viewer = { ...LOCAL_VIEWER, userId: USER };
    const given = { decisionId, success: true, pnl: 30, lessonsLearned: ['Late.'] };
    await expect(recordFeedback(dying, viewer, given)).rejects.toThrow('The process dies.');
    await makeOlder(db(), userNodeId);
    expect((await storedNode(userNodeId))?.['unsettled'].node_version).toBeUndefined();
  }
  const DECISION = /* GraphQL */ `
    query Decision($id: ID!) {
      decision(id: $id) { revision outcome { success pnl } learning { lessonsLearned parametersToAdjust { path applied } } }
    }
  `;
  const decisionOf = async (of: string) => (await running.app.data(DECISION, { id: of })).decision;
  const isSettled = async (userNodeId: string) => (await storedNode(userNodeId))?.['unsettled'] === null;

  test('is settled by the next feedback, and the figures are those of a node that was never old', async () => {
    const [old, never] = [await lived(), await lived()];
    await leave(old.userNodeId, old.last);
    // While it is open, too.
    await figures(old.userNodeId);
    await feedback(running.app, never.last, { success: true, pnl: 30, lessonsLearned: ['Late.'] });
    for (const { first } of [old, never]) await feedback(running.app, first, { success: false, pnl: -3 });
    expect(await isSettled(old.userNodeId)).toBe(true);
    expect(await decisionOf(old.last)).toEqual(await decisionOf(never.last));
    expect(await figures(old.userNodeId)).toEqual(near(await figures(never.userNodeId)));
    expect((await statsOf(running.app, old.userNodeId)).topLessons).toContainEqual({
      lesson: 'Late.',
      count: 1,
      source: 'CALLER',
    });
  });

  test('is settled by the sweep of a server that is started on it', async () => {
    const { userNodeId, last } = await lived();
    await leave(userNodeId, last);
    const other = await startTestApp(running.database, { sweepMs: 20 });
    try {
      await until('the feedback is settled', () => isSettled(userNodeId));
    } finally {
      await other.stop();
    }
    expect(await decisionOf(last)).toMatchObject({ revision: 1, outcome: { success: true, pnl: 30 } });
    // By which a rebuild that goes on meanwhile finds it.
    const stored = await db()
      .collection('ai_decisions_log')
      .findOne({ _id: new ObjectId(last) });
    expect(stored?.['node_version']).toEqual(expect.any(Number));
    const { agentPerformance } = await figures(userNodeId);
    expect(agentPerformance.find(({ agentName }: any) => agentName === 'd')).toMatchObject({
      evaluatedVotes: 1,
      streak: [true],
    });
  });
});
