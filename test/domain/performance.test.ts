import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addToBins, calibrationCurve, emptyBins } from '../../src/domain/bins.js';
import { wilson } from '../../src/domain/measure.js';
import { type NodeRecord, newAgent } from '../../src/domain/node.js';
import { performanceOf } from '../../src/domain/performance.js';
import { ballotsOf, decisionOf, feed, nodeAt, outcomeOf } from './builders.js';

describe('wilson', () => {
  test.each([
    [7, 12, 0.3195, 0.8067],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [1, 1, 0.2065, 1],
    [50, 100, 0.4038, 0.5962],
  ])('puts %i hits of %i from %f to %f', (hits, n, low, high) => {
    expect(wilson(hits, n)).toEqual({
      value: hits / n,
      low: expect.closeTo(low, 4),
      high: expect.closeTo(high, 4),
      n,
    });
  });

  test('says nothing without a case', () => {
    expect(wilson(0, 0)).toBeNull();
  });

  test('holds the share between its ends, within 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const rate = wilson(Math.round(n * share), n);
          expect(rate).not.toBeNull();
          if (rate === null) return;
          const { value, low, high } = rate;
          expect([0 <= low, low <= value, value <= high, high <= 1]).toEqual([true, true, true, true]);
          // The score interval is where the share lies 1.96 standard errors of its own end away from it.
          for (const end of [low, high]) {
            expect((value - end) ** 2).toBeCloseTo((1.959964 ** 2 * end * (1 - end)) / n, 6);
          }
        },
      ),
    );
  });
});

describe('performanceOf', () => {
  test('says how each agent did', () => {
    const decision = decisionOf(ballotsOf('buy 80', 'sell 60', 'buy 70 w0', 'timed_out'));
    const { node } = feed(nodeAt(1), decision, outcomeOf(true, 12.34));
    const hit = { value: 1, low: expect.closeTo(0.2065, 4), high: 1, n: 1 };
    const miss = { value: 0, low: 0, high: expect.closeTo(0.7935, 4), n: 1 };
    const tooFew = { value: null, n: 1, reason: 'not_enough_data', needed: 20 };
    const said = (confidence: number, o: 0 | 1) => ({
      evaluatedVotes: 1,
      brierSkill: tooFew,
      calibration: calibrationCurve(addToBins(emptyBins(), confidence, o, 1)),
    });
    expect(performanceOf(node)).toEqual([
      {
        ...said(80, 1),
        agentName: 'a',
        hitRate: hit,
        recentHitRate: expect.closeTo(0.6189, 4),
        brier: 0.04,
        learnedWeight: expect.closeTo(1.1961, 4),
        pnlAttributed: 12.34,
        edge: 0,
      },
      {
        ...said(70, 1),
        agentName: 'c',
        hitRate: hit,
        recentHitRate: expect.closeTo(0.6189, 4),
        brier: 0.09,
        learnedWeight: expect.closeTo(1.1961, 4),
        pnlAttributed: 0,
        edge: 0,
      },
      {
        ...said(60, 0),
        agentName: 'b',
        hitRate: miss,
        recentHitRate: expect.closeTo(0.5716, 4),
        brier: 0.36,
        learnedWeight: expect.closeTo(0.7114, 4),
        pnlAttributed: 0,
        edge: -1,
      },
    ]);
  });

  test('puts the most trusted first, then who has more votes, then by name', () => {
    const agents = [
      { ...newAgent('b'), votes: 3 },
      { ...newAgent('a'), votes: 3 },
      { ...newAgent('many'), votes: 9 },
      { ...newAgent('trusted'), votes: 1, n: 10, o: 10, c: 6, cc: 3.6, co: 6 },
    ];
    const node: NodeRecord = { ...nodeAt(0), agents };
    expect(performanceOf(node).map(({ agentName }) => agentName)).toEqual(['trusted', 'many', 'a', 'b']);
  });

  test('has no rate where nothing was evaluated', () => {
    const node: NodeRecord = { ...nodeAt(0), agents: [newAgent('a')] };
    expect(performanceOf(node)).toEqual([
      {
        agentName: 'a',
        evaluatedVotes: 0,
        hitRate: null,
        recentHitRate: null,
        brier: null,
        brierSkill: { value: null, n: 0, reason: 'not_enough_data', needed: 20 },
        calibration: calibrationCurve(emptyBins()),
        learnedWeight: 1,
        pnlAttributed: 0,
        edge: 0,
      },
    ]);
  });
});
