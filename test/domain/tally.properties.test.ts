import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type NodeRecord, newAgent } from '../../src/domain/node.js';
import { neededBallots } from '../../src/domain/count.js';
import { results } from '../../src/domain/tally.js';
import { type Ballot, byAgentName, TRADE_ACTIONS, type TradeAction } from '../../src/domain/voting.js';
import { abstention, ballot, count, nodeAt, shuffled } from './builders.js';

const action = fc.constantFrom<TradeAction[]>('buy', 'sell', 'hold');
const anyBallot = (agentName: string, weight = fc.integer({ min: 0, max: 100 })) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(action, fc.integer({ min: 0, max: 100 }), weight)
        .map(([a, c, w]) => ballot(agentName, a, c, w)),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('abstained' as const, 'timed_out' as const)
        .map((why) => abstention(agentName, why)),
    },
  );
const ballotsBy = (weight?: fc.Arbitrary<number>) =>
  fc
    .integer({ min: 1, max: 12 })
    .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => anyBallot(`agent_${i}`, weight))))
    .map((ballots): Ballot[] => ballots);
const anyNode = fc
  .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
    maxLength: 12,
  })
  .map(
    (records): NodeRecord => ({
      ...nodeAt(50),
      agents: records.map(([o, c], i) => ({
        ...newAgent(`agent_${i}`),
        n: 60,
        o: 60 * o,
        c: 60 * c,
        cc: 60 * c * c,
        co: 60 * c * o,
      })),
    }),
  );

describe('whatever the ballots', () => {
  test('any order of arrival gives identical bytes', () => {
    fc.assert(
      fc.property(ballotsBy(), anyNode, fc.nat(), (ballots, node, seed) => {
        const bytes = (given: Ballot[]): string => {
          const counted = count(given, node);
          return JSON.stringify({ ...counted, ballots: counted.ballots.toSorted(byAgentName) });
        };
        expect(bytes(shuffled(ballots, seed))).toBe(bytes(ballots));
      }),
      { numRuns: 1000 },
    );
  });

  test('ballots come back in the order given, with nothing else changed', () => {
    fc.assert(
      fc.property(ballotsBy(), anyNode, (ballots, node) => {
        const bare = count(ballots, node).ballots.map((each) => ({
          ...each,
          p: null,
          r: null,
          evidence: null,
        }));
        expect(bare).toEqual(ballots);
      }),
    );
  });

  test('the same ballots for two actions are a tie, in whichever order they are summed', () => {
    fc.assert(
      fc.property(ballotsBy(fc.constant(1)), anyNode, fc.nat(), (ballots, node, seed) => {
        const twin = (each: Ballot, own: TradeAction, at: number): Ballot =>
          ballot(`${own}_${String(at).padStart(2, '0')}`, own, each.confidence ?? 0, 1);
        const both = [
          ...ballots.map((each, i) => twin(each, 'buy', i)),
          ...shuffled(ballots, seed).map((each, i) => twin(each, 'sell', i)),
        ];
        expect(count(both, node).consensus).toMatchObject({ action: 'hold', confidence: 50, reason: 'tie' });
      }),
      { numRuns: 300 },
    );
  });

  test('ten times every weight changes nothing', () => {
    fc.assert(
      fc.property(ballotsBy(), anyNode, (ballots, node) => {
        const heavier = ballots.map((each) => ({ ...each, weight: 10 * each.weight }));
        const [was, is] = [count(ballots, node), count(heavier, node)];
        expect([is.consensus, is.basis]).toEqual([was.consensus, was.basis]);
        expect(is.ballots.map((each) => each.evidence)).toEqual(was.ballots.map((each) => each.evidence));
      }),
    );
  });

  const scores = (ballots: Ballot[], node: NodeRecord): Record<TradeAction, number> => {
    const sums = { buy: 0, sell: 0, hold: 0 };
    for (const each of count(ballots, node).ballots)
      if (each.action !== null) sums[each.action] += each.evidence ?? 0;
    return sums;
  };

  test('a vote never lowers the evidence for its own action where all weigh the same', () => {
    fc.assert(
      fc.property(
        ballotsBy(fc.constant(3)),
        anyNode,
        action,
        fc.integer({ min: 0, max: 100 }),
        (ballots, node, own, c) => {
          const more = scores([...ballots, ballot('zoe', own, c, 3)], node);
          expect(more[own]).toBeGreaterThanOrEqual(scores(ballots, node)[own] - 1e-9);
        },
      ),
    );
  });

  test('a vote never lowers the share of evidence for its own action, whatever it weighs', () => {
    const shareOf = (sums: Record<TradeAction, number>, own: TradeAction): number => {
      const all = sums.buy + sums.sell + sums.hold;
      return all === 0 ? 0 : sums[own] / all;
    };
    fc.assert(
      fc.property(ballotsBy(), anyNode, anyBallot('zoe'), (ballots, node, added) => {
        const own = added.action ?? 'hold';
        const more = shareOf(scores([...ballots, added], node), own);
        expect(more).toBeGreaterThanOrEqual(shareOf(scores(ballots, node), own) - 1e-9);
      }),
    );
  });

  test('equal confidence without history is a weighted plurality', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(action, fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 100 }),
        (votes, c) => {
          const ballots = votes.map(([own, weight], i) => ballot(`agent_${i}`, own, c, weight));
          const weights = TRADE_ACTIONS.map((own) =>
            ballots.filter((each) => each.action === own).reduce((sum, each) => sum + each.weight, 0),
          );
          const most = Math.max(...weights);
          const leaders = TRADE_ACTIONS.filter((_, i) => weights[i] === most);
          const { consensus } = count(ballots);
          expect(consensus.action).toBe(leaders.length === 1 ? leaders[0] : 'hold');
          expect(consensus.reason === 'tie').toBe(leaders.length > 1);
        },
      ),
    );
  });

  test('results are what the counted ballots add up to', () => {
    fc.assert(
      fc.property(ballotsBy(), (ballots) => {
        const { buy, sell, hold } = results(ballots);
        const counted = ballots.filter((each) => each.action !== null && each.weight > 0);
        expect(buy.votes + sell.votes + hold.votes).toBe(counted.length);
        expect(buy.totalConfidence + sell.totalConfidence + hold.totalConfidence).toBe(
          counted.reduce((sum, each) => sum + each.weight * (each.confidence ?? 0), 0),
        );
        expect(count(ballots).results).toEqual(results(ballots));
      }),
    );
  });

  test('a quorum is whole ballots, at least one, at most all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1000 }), (quorum, n) => {
        const needed = neededBallots(quorum, n);
        expect(needed * 100).toBeGreaterThanOrEqual(quorum * n);
        expect((needed - 1) * 100).toBeLessThan(quorum * n);
        expect(needed).toBeLessThanOrEqual(n);
      }),
    );
  });
});
