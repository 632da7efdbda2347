import { beforeAll, describe, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { type Cast, decide } from '../voting/decide.js';
import { approved, settings } from './changes.js';
import { feedback } from './node.js';

const running = useApp();

/** One sure, two unsure: with a they buy by evidence, without it they sell. */
const splitOf = (weightOfA?: number): Cast[] => [
  weightOfA === undefined ? ['a', 'BUY', 90] : ['a', 'BUY', 90, weightOfA],
  ['b', 'SELL', 20],
  ['c', 'SELL', 20],
];

const roster = (weightOfA?: number) => ({
  totalAgents: undefined,
  agents: [
    weightOfA === undefined ? { agentName: 'a' } : { agentName: 'a', weight: weightOfA },
    { agentName: 'b' },
    { agentName: 'c' },
  ],
});

const VOTE = /* GraphQL */ `
  query Vote($executionId: ID!) {
    conversation(executionId: $executionId) {
      swarmVote {
        parameterVersion
        votes { agentName status weight }
        consensus { action }
        results { buy { votes totalConfidence } }
      }
    }
  }
`;
const voteOf = async (executionId: string) =>
  (await running.app.data(VOTE, { executionId })).conversation.swarmVote;

/** What is said of a proposal to give `a` this default weight; it is left open. */
const evidenceOf = async (userNodeId: string, to: number | null) => {
  const { userErrors, parameterChange } = await settings(running.app).propose(
    userNodeId,
    'agents.a.weight',
    to,
  );
  expect(userErrors).toEqual([]);
  return parameterChange.evidence;
};

describe('the evidence of a proposal for a default weight', () => {
  const ways: [what: string, ballots: Cast[], input: object, isMoved: boolean][] = [
    ['with neither a ballot nor a roster that says', splitOf(), {}, true],
    ['with a roster that leaves it open', splitOf(), roster(), true],
    ['with a ballot that says as much as the usual', splitOf(1), {}, false],
    ['with a ballot that says more', splitOf(3), {}, false],
    ['with a ballot that says so where the roster leaves it open', splitOf(1), roster(), false],
    ['with a roster that says as much as the usual', splitOf(), roster(1), false],
    ['with a roster that says more', splitOf(), roster(3), false],
    ['with both that say the same', splitOf(2), roster(2), false],
  ];

  test.each(ways)('counts a decision %s', async (_, ballots, input, isMoved) => {
    const userNodeId = id();
    const { decision } = await decide(running.app, ballots, { userNodeId, ...input });
    expect(decision.decision.action).toBe('BUY');
    await feedback(running.app, decision.id, { success: false, pnl: -5 });
    expect(await evidenceOf(userNodeId, 0)).toMatchObject({
      decisions: 1,
      n: 1,
      changed: isMoved ? 1 : 0,
      successDifference: { value: isMoved ? 1 : 0, n: 1, changed: isMoved ? 1 : 0 },
      pnlDifference: { value: isMoved ? 10 : 0, n: 1, changed: isMoved ? 1 : 0 },
    });
  });

  test('counts of many decisions those that were counted by default, and no others', async () => {
    const userNodeId = id();
    for (const [, ballots, input] of ways) await decide(running.app, ballots, { userNodeId, ...input });
    const none = { n: 0, successDifference: { value: null }, pnlDifference: { value: null } };
    expect(await evidenceOf(userNodeId, 0)).toMatchObject({ ...none, decisions: 8, changed: 2 });
    // What all have anyway, and what more of makes no other action.
    expect(await evidenceOf(userNodeId, 1)).toMatchObject({ ...none, decisions: 8, changed: 0 });
    expect(await evidenceOf(userNodeId, 100)).toMatchObject({ ...none, decisions: 8, changed: 0 });
  });

  test('is of no other agent, and not of one that did not vote', async () => {
    const userNodeId = id();
    await decide(running.app, splitOf(), { userNodeId });
    const { propose } = settings(running.app);
    for (const [name, changed] of Object.entries({ b: 0, z: 0, a: 1 })) {
      const { parameterChange } = await propose(userNodeId, `agents.${name}.weight`, 0);
      expect(parameterChange.evidence).toMatchObject({ decisions: 1, changed });
    }
  });
});

describe('once no weight is approved as the default', () => {
  const userNodeId = id();
  beforeAll(async () => {
    await decide(running.app, splitOf(), { userNodeId });
    const change = await approved(running.app, userNodeId, 'agents.a.weight', 0);
    expect(change).toMatchObject({ from: null, to: 0, status: 'APPROVED', version: 2 });
  });

  const advice = { agentName: 'a', status: 'ADVISORY', weight: 0 };
  const counted = (weight: number) => ({ agentName: 'a', status: 'COUNTED', weight });
  const cases: [what: string, ballots: Cast[], input: object, told: object, action: string][] = [
    ['without a roster, a ballot that does not say', splitOf(), { totalAgents: 3 }, advice, 'SELL'],
    ['with a roster, a ballot of which neither says', splitOf(), roster(), advice, 'SELL'],
    ['without a roster, a ballot that does say', splitOf(1), { totalAgents: 3 }, counted(1), 'BUY'],
    ['with a roster, a ballot that does say', splitOf(2), roster(), counted(2), 'BUY'],
    ['with a roster that does say, a ballot', splitOf(), roster(3), counted(3), 'BUY'],
  ];
  test.each(cases)(
    '%s counts as it should in a new conversation',
    async (_, ballots, input, told, action) => {
      const { executionId } = await decide(running.app, ballots, { userNodeId, ...input });
      const { votes, consensus, parameterVersion } = await voteOf(executionId);
      expect([parameterVersion, consensus.action]).toEqual([2, action]);
      expect(votes.find(({ agentName }: any) => agentName === 'a')).toEqual(told);
      const others = votes.filter(({ agentName }: any) => agentName !== 'a');
      expect(others.map(({ weight }: any) => weight)).toEqual([1, 1]);
    },
  );

  test('what it would be to count it again rests on those that were counted as advice by default', async () => {
    const own = id();
    await approved(running.app, own, 'agents.a.weight', 0);
    for (const weight of [undefined, 0, 1]) await decide(running.app, splitOf(weight), { userNodeId: own });
    // By default it sold; as advice of the ballot's own it sells still; with its own weight it bought anyway.
    expect(await evidenceOf(own, 1)).toMatchObject({ decisions: 3, changed: 1 });
    expect(await evidenceOf(own, null)).toMatchObject({ decisions: 3, changed: 1 });
  });
});

test('a weight above 1 that is approved counts in new conversations with a roster and without, and not after a roll-back', async () => {
  const userNodeId = id();
  const { id: changeId } = await approved(running.app, userNodeId, 'agents.a.weight', 7);
  const ways = [{ totalAgents: 3 }, roster()];
  const buyOf = async (input: object) => {
    const { executionId } = await decide(running.app, splitOf(), { userNodeId, ...input });
    return (await voteOf(executionId)).results.buy;
  };
  for (const input of ways) expect(await buyOf(input)).toEqual({ votes: 1, totalConfidence: 630 });
  await settings(running.app).decideOn(changeId, 'ROLL_BACK');
  for (const input of ways) expect(await buyOf(input)).toEqual({ votes: 1, totalConfidence: 90 });
});
