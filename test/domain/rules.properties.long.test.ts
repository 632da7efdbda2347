import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { neededBallots } from '../../src/domain/consensus.js';
import { type NodeRecord, newAgent } from '../../src/domain/node.js';
import { RULES } from '../../src/domain/rules.js';
import {
  addCase,
  AGENT_PRIOR,
  CONSENSUS_PRIOR,
  calibrate,
  emptySums,
  factorAt,
  learnedWeight,
  pRight,
} from '../../src/domain/sums.js';
import { type Ballot, byAgentName } from '../../src/domain/voting.js';
import { TRADE_ACTIONS, type TradeAction } from '../../src/domain/tradeAction.js';
import { anyAction, anyBallot, anyConfidence, anyNode, ballotsBy } from './arbitraries.js';
import { ballot, count, nodeAt, shuffled } from './builders.js';

/** Votes of a record, up to 10,000 decisions before it is read. */
const anyCases = fc.array(
  fc.record({
    c: fc.double({ min: 0, max: 1, noNaN: true }),
    o: fc.constantFrom<(0 | 1)[]>(0, 1),
    ok: fc.constantFrom<(0 | 1)[]>(0, 1),
    age: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 10_000 })),
  }),
  { maxLength: 80 },
);

type Cases = typeof anyCases extends fc.Arbitrary<infer T> ? T : never;

const sumsOf = (cases: Cases) =>
  cases.reduce((sums, { age, ...each }) => addCase(sums, each, factorAt(-age, 0, 100), 1), emptySums());

describe.each(Object.values(RULES))('whatever the ballots, counted by $name', (rule) => {
  const of = (ballots: Ballot[], node: NodeRecord = nodeAt(1)) =>
    count(ballots, node, ballots.length, 1, rule);

  test('any order of arrival gives identical bytes', () => {
    fc.assert(
      fc.property(ballotsBy(), anyNode, fc.nat(), (ballots, node, seed) => {
        const bytes = (given: Ballot[]): string => {
          const counted = of(given, node);
          return JSON.stringify({ ...counted, ballots: counted.ballots.toSorted(byAgentName) });
        };
        expect(bytes(shuffled(ballots, seed))).toBe(bytes(ballots));
      }),
      { numRuns: 500 },
    );
  });

  test('ten times every weight changes nothing', () => {
    fc.assert(
      fc.property(ballotsBy(), anyNode, (ballots, node) => {
        const heavier = ballots.map((each) => ({ ...each, weight: 10 * each.weight }));
        const [was, is] = [of(ballots, node), of(heavier, node)];
        expect([is.consensus, is.basis]).toEqual([was.consensus, was.basis]);
        expect(is.ballots.map((each) => each.evidence)).toEqual(was.ballots.map((each) => each.evidence));
      }),
    );
  });

  test('a vote never lowers the share of evidence for its own action, whatever it weighs', () => {
    const shareOf = (ballots: Ballot[], node: NodeRecord, own: TradeAction): number => {
      const counted = of(ballots, node).ballots;
      const sum = (given: Ballot[]) => given.reduce((all, { evidence }) => all + (evidence ?? 0), 0);
      return sum(counted) === 0 ? 0 : sum(counted.filter(({ action }) => action === own)) / sum(counted);
    };
    fc.assert(
      fc.property(ballotsBy(), anyNode, anyBallot('zoe'), (ballots, node, added) => {
        const own = added.action ?? 'hold';
        const more = shareOf([...ballots, added], node, own);
        expect(more).toBeGreaterThanOrEqual(shareOf(ballots, node, own) - 1e-9);
      }),
    );
  });

  test('the same ballots for two actions are a tie, in whichever order they are summed', () => {
    fc.assert(
      fc.property(ballotsBy(fc.constant(1)), anyNode, fc.nat(), (ballots, { agents, ...node }, seed) => {
        const cast = ballots.map((each, i) => ({ confidence: each.confidence ?? 0, record: agents[i] }));
        const side = (own: TradeAction, order: typeof cast) =>
          order.map(({ confidence, record }, i) => {
            const agentName = `${own}_${String(i).padStart(2, '0')}`;
            return {
              ballot: ballot(agentName, own, confidence),
              record: { ...(record ?? newAgent('')), agentName },
            };
          });
        const both = [...side('buy', cast), ...side('sell', shuffled(cast, seed))];
        const known = { ...node, agents: both.map(({ record }) => record) };
        const { consensus, basis } = of(
          both.map((one) => one.ballot),
          known,
        );
        expect(consensus).toMatchObject({ action: 'hold', confidence: 50, reason: 'tie' });
        expect(basis.raw).toBe(0.5);
      }),
      { numRuns: 300 },
    );
  });

  test('equal confidence without history is a weighted plurality', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyAction, fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 12 }),
        anyConfidence,
        (votes, c) => {
          const ballots = votes.map(([own, weight], i) => ballot(`agent_${i}`, own, c, weight));
          const weights = TRADE_ACTIONS.map((own) =>
            ballots.filter((each) => each.action === own).reduce((sum, each) => sum + each.weight, 0),
          );
          const most = Math.max(...weights);
          const leaders = TRADE_ACTIONS.filter((_, i) => weights[i] === most);
          const { consensus } = of(ballots);
          expect(consensus.action).toBe(leaders.length === 1 ? leaders[0] : 'hold');
          expect(consensus.reason === 'tie').toBe(leaders.length > 1);
        },
      ),
    );
  });

  test('what is shown is 5 to 95 %, by what the consensus itself has earned', () => {
    fc.assert(
      fc.property(ballotsBy(), anyNode, anyCases, (ballots, node, cases) => {
        const { consensus, basis } = of(ballots, { ...node, self: sumsOf(cases) });
        if (basis.raw === null) return expect(consensus.confidence).toBeNull();
        expect(basis.raw).toBeGreaterThanOrEqual(0);
        expect(basis.raw).toBeLessThanOrEqual(1);
        expect(consensus.confidence).toBe(Math.round(100 * pRight(basis.self, basis.raw)));
        expect(consensus.confidence).toBeGreaterThanOrEqual(5);
        expect(consensus.confidence).toBeLessThanOrEqual(95);
      }),
    );
  });

  test('fewer ballots than the quorum hold, and with just as many they decide', () => {
    fc.assert(
      fc.property(ballotsBy(), anyNode, fc.integer({ min: 1, max: 100 }), (ballots, node, quorum) => {
        const counted = ballots.filter(({ action, weight }) => action !== null && weight > 0);
        const totalAgents = ballots.length;
        const { consensus, basis } = count(ballots, node, totalAgents, quorum, rule);
        const isQuorate = counted.length >= neededBallots(quorum, totalAgents);
        expect(consensus.reason !== 'no_quorum').toBe(isQuorate);
        if (isQuorate) return;
        expect(consensus).toEqual(count(ballots, node, totalAgents, quorum).consensus);
        expect([consensus.action, consensus.confidence, basis.raw]).toEqual(['hold', null, null]);
      }),
    );
  });
});

describe.each([
  ['an agent', AGENT_PRIOR],
  ['the consensus', CONSENSUS_PRIOR],
])('whatever the record of %s', (_, prior) => {
  test('a chance is .05 to .95 and a learned weight 0 to 7.26', () => {
    fc.assert(
      fc.property(anyCases, fc.double({ min: 0, max: 1, noNaN: true }), (cases, c) => {
        const calibration = calibrate(sumsOf(cases), prior, 1);
        const p = pRight(calibration, c);
        expect(p).toBeGreaterThanOrEqual(0.05);
        expect(p).toBeLessThanOrEqual(0.95);
        const weight = learnedWeight(calibration);
        expect(weight).toBeGreaterThanOrEqual(0);
        expect(weight).toBeLessThanOrEqual(Math.log(19) / Math.log(1.5) + 1e-12);
      }),
      { numRuns: 500 },
    );
  });
});
