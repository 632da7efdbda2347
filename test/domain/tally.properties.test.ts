import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { NodeRecord } from '../../src/domain/node.js';
import { neededBallots } from '../../src/domain/consensus.js';
import { results } from '../../src/domain/tally.js';
import type { Ballot } from '../../src/domain/voting.js';
import type { TradeAction } from '../../src/domain/tradeAction.js';
import { anyAction, anyNode, ballotsBy } from './arbitraries.js';
import { ballot, count } from './builders.js';

describe('whatever the ballots', () => {
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
        anyAction,
        fc.integer({ min: 0, max: 100 }),
        (ballots, node, own, c) => {
          const more = scores([...ballots, ballot('zoe', own, c, 3)], node);
          expect(more[own]).toBeGreaterThanOrEqual(scores(ballots, node)[own] - 1e-9);
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
