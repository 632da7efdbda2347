import { beforeAll, describe, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { decided, feedback } from './node.js';
import { judged, lately, NEW_SWARM, performanceFrom, rate } from './recount.js';
import { type AgentCase, casesOf, playSeason } from './season.js';
import { NEVER_MS } from './users.js';

const running = useApp({ sweepMs: NEVER_MS });
const AGENTS = ['adviser', 'bold', 'careful', 'oracle', 'rare'] as const;
const DIMENSIONS = ['SYMBOL', 'PHASE', 'MODEL', 'ACTION'] as const;

const JUDGED = /* GraphQL */ `
  brier
  brierSkill { value n reason needed }
  calibration {
    bins { from to n meanStated hitRate { value low high n } }
    ece { value n reason needed }
    floor { value n reason needed }
  }
`;
const FIGURES = /* GraphQL */ `
  evaluatedVotes
  hitRate { value low high n }
  recentHitRate
  learnedWeight
  pnlAttributed
  edge
  ${JUDGED}
`;
const WEIGHT = 'seq timestamp learnedWeight n';

const PERFORMANCE = /* GraphQL */ `
  query Performance($userNodeId: ID!, $first: Int = 10) {
    agentPerformance(userNodeId: $userNodeId, first: $first) {
      agentName
      ${FIGURES}
      streak
      weightHistory { ${WEIGHT} }
    }
  }
`;
const SLICES = /* GraphQL */ `
  query Slices($userNodeId: ID!, $by: PerformanceDimension) {
    agentPerformance(userNodeId: $userNodeId, first: 10) {
      agentName
      slices(by: $by) { key ${FIGURES} }
    }
  }
`;
const HISTORY = /* GraphQL */ `
  query History($userNodeId: ID!, $last: Int) {
    agentPerformance(userNodeId: $userNodeId, first: 10) { agentName weightHistory(last: $last) { ${WEIGHT} } }
  }
`;
const CONSENSUS = /* GraphQL */ `
  query Consensus($userNodeId: ID!) {
    learningStats(userNodeId: $userNodeId) {
      totalDecisions
      evaluatedDecisions
      consensus {
        evaluatedDecisions
        successRate { value low high n }
        recentSuccessRate
        ${JUDGED}
        wins
        meanWin
        losses
        meanLoss
      }
    }
  }
`;

const performanceOf = async (userNodeId: string, query = PERFORMANCE, variables = {}) =>
  (await running.app.data(query, { userNodeId, ...variables })).agentPerformance;

/** Every number to nine digits. */
const nearly = (value: any): any =>
  JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === 'number' ? Math.round(each * 1e9) / 1e9 + 0 : each,
  );

let node: string;
let told: Awaited<ReturnType<typeof casesOf>>;
let agents: any[];
const votesOf = (name: string): AgentCase[] => told.votes.filter(({ agentName }) => agentName === name);
const agentOf = (name: string) => agents.find(({ agentName }) => agentName === name);

beforeAll(async () => {
  node = await playSeason(running.app);
  told = await casesOf(running.app, node);
  agents = await performanceOf(node);
});

test('every agent that voted is there, the most trusted first, those with fewer votes last', () => {
  const weights = AGENTS.map((agentName) => {
    const { learnedWeight, evaluatedVotes } = performanceFrom(votesOf(agentName), told.nextSeq);
    return { agentName, learnedWeight, evaluatedVotes };
  }).sort((a, b) => b.learnedWeight - a.learnedWeight || b.evaluatedVotes - a.evaluatedVotes);
  expect(agents.map(({ agentName }) => agentName)).toEqual(weights.map(({ agentName }) => agentName));
  expect(agents[0].agentName).toBe('oracle');
});

describe.each(AGENTS)('of the agent %s', (name) => {
  test('the figures are those of its votes and their outcomes', () => {
    const { streak: _, weightHistory: __, ...figures } = agentOf(name);
    expect(nearly(figures)).toEqual(
      nearly({ agentName: name, ...performanceFrom(votesOf(name), told.nextSeq) }),
    );
  });

  test('the streak is its last twenty votes, oldest first', () => {
    const rightly = votesOf(name).map(({ right }) => right);
    expect(agentOf(name).streak).toEqual(rightly.slice(-20));
  });

  test('the history of its weight says what its votes by then came to', async () => {
    const points = votesOf(name).map(({ seq, timestamp }, i, votes) => {
      const { learnedWeight } = lately(votes.slice(0, i + 1), seq + 1);
      return { seq, timestamp, learnedWeight, n: i + 1 };
    });
    expect(nearly(agentOf(name).weightHistory)).toEqual(nearly(points.slice(-20)));
    const histories = await Promise.all([1, 3, 100].map((last) => performanceOf(node, HISTORY, { last })));
    const own = histories.map((each) => each.find(({ agentName }: any) => agentName === name).weightHistory);
    expect(nearly(own)).toEqual(nearly([points.slice(-1), points.slice(-3), points]));
  });
});

test('the history of the weight of who voted last ends at its present weight', () => {
  for (const name of ['bold', 'oracle', 'adviser']) {
    const { learnedWeight, weightHistory } = agentOf(name);
    expect(weightHistory.at(-1)).toMatchObject({
      seq: told.nextSeq - 1,
      learnedWeight: expect.closeTo(learnedWeight, 9),
    });
  }
});

test.each(DIMENSIONS)(
  'the parts by %s are the figures of these votes, those with most votes first',
  async (by) => {
    const parts = new Map<string, any[]>(
      (await performanceOf(node, SLICES, { by })).map(({ agentName, slices }: any) => [agentName, slices]),
    );
    for (const name of AGENTS) {
      const keys = [...new Set(votesOf(name).map((vote) => vote[by]))];
      const expected = keys
        .map((key) => ({
          key,
          ...performanceFrom(
            votesOf(name).filter((vote) => vote[by] === key),
            told.nextSeq,
          ),
        }))
        .sort((a, b) => b.evaluatedVotes - a.evaluatedVotes || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
      expect(nearly(parts.get(name))).toEqual(nearly(expected));
    }
  },
);

test('an agent that never said its model has one part, without a name; without `by` it is by symbol', async () => {
  const models = (await performanceOf(node, SLICES, { by: 'MODEL' })).find(
    (agent: any) => agent.agentName === 'rare',
  );
  expect(models.slices.map(({ key, evaluatedVotes }: any) => [key, evaluatedVotes])).toEqual([[null, 4]]);
  expect(await performanceOf(node, SLICES)).toEqual(await performanceOf(node, SLICES, { by: 'SYMBOL' }));
});

test('the Brier skill says why there is none, and how many votes it needs', () => {
  const skillOf = (name: string) => agentOf(name).brierSkill;
  expect(skillOf('rare')).toEqual({ value: null, n: 4, reason: 'NOT_ENOUGH_DATA', needed: 20 });
  expect(skillOf('oracle')).toEqual({ value: null, n: 23, reason: 'NO_VARIATION', needed: 20 });
  expect(skillOf('bold')).toEqual({ value: expect.any(Number), n: 23, reason: null, needed: 20 });
});

test('the swarm’s own figures are those of its decisions with a quorum', async () => {
  const { learningStats } = await running.app.data(CONSENSUS, { userNodeId: node });
  const money = (sign: 1 | -1) => told.swarm.map(({ units }) => sign * units).filter((units) => units > 0);
  const mean = (units: number[]) => units.reduce((sum, each) => sum + each, 0) / units.length / 1e8;
  expect(nearly(learningStats)).toEqual(
    nearly({
      totalDecisions: 26,
      // Those without a quorum, and those nobody voted on, among them.
      evaluatedDecisions: 25,
      consensus: {
        evaluatedDecisions: 23,
        successRate: rate(told.swarm),
        recentSuccessRate: lately(told.swarm, told.nextSeq, NEW_SWARM).meanRight,
        ...judged(told.swarm),
        wins: money(1).length,
        meanWin: mean(money(1)),
        losses: money(-1).length,
        meanLoss: mean(money(-1)),
      },
    }),
  );
});

test('a correction, and its taking back, leave the figures where they were', async () => {
  const { decisionId, userNodeId } = await decided(running.app, [['a', 'BUY', 80]]);
  await feedback(running.app, decisionId, { success: true, pnl: 10 });
  const before = await performanceOf(userNodeId);
  await feedback(running.app, decisionId, { success: false, pnl: -3.5 });
  const [corrected] = await performanceOf(userNodeId);
  const { votes, nextSeq } = await casesOf(running.app, userNodeId);
  expect(nearly(corrected)).toMatchObject(
    nearly({ ...performanceFrom(votes, nextSeq), pnlAttributed: -3.5, streak: [false] }),
  );
  await feedback(running.app, decisionId, { success: true, pnl: 10 });
  expect(nearly(await performanceOf(userNodeId))).toEqual(nearly(before));
});

test('`first` is the most trusted so many', async () => {
  expect(await performanceOf(node, PERFORMANCE, { first: 2 })).toEqual(agents.slice(0, 2));
});

test('a node without any history has zeros and nulls', async () => {
  const userNodeId = id();
  expect(await performanceOf(userNodeId)).toEqual([]);
  const gap = { value: null, n: 0, reason: 'NOT_ENOUGH_DATA', needed: 20 };
  const { learningStats } = await running.app.data(CONSENSUS, { userNodeId });
  expect(learningStats.consensus).toEqual({
    evaluatedDecisions: 0,
    successRate: null,
    recentSuccessRate: null,
    ...judged([]),
    brierSkill: gap,
    wins: 0,
    meanWin: null,
    losses: 0,
    meanLoss: null,
  });
});

test.each([
  [PERFORMANCE, { first: 0 }, 'Expected `first` from 1 to 100, got 0.'],
  [PERFORMANCE, { first: -1 }, 'Expected `first` from 1 to 100, got -1.'],
  [PERFORMANCE, { first: 101 }, 'Expected `first` from 1 to 100, got 101.'],
  [HISTORY, { last: 0 }, 'Expected `last` from 1 to 100, got 0.'],
  [HISTORY, { last: 101 }, 'Expected `last` from 1 to 100, got 101.'],
  [PERFORMANCE, { userNodeId: 'x' }, 'Expected `userNodeId` to be 24 hex digits, got "x".'],
])('refuses what is out of range: case %#', async (query, variables, message) => {
  const { errors = [] } = await running.app.send(query, { userNodeId: node, ...variables });
  const [refusal] = errors.map((error) => ({ message: error.message, code: error.extensions.code }));
  expect(refusal).toEqual({ message, code: 'BAD_USER_INPUT' });
});
