import { describe, expect, test } from '@jest/globals';
import { calibration } from '../../demo/statistics.js';
import { accuracyOf, bestInHindsight, byConfidence, plurality } from '../../evaluate/baselines.js';
import { brierSkill } from '../../evaluate/market.js';
import { feedbacksUntil, median } from '../../evaluate/star.js';
import type { CastVote } from '../../evaluate/swarm.js';

const forecasts = (stated: number, hits: number, n: number) =>
  Array.from({ length: n }, (_, i) => ({ stated, cameTrue: i < hits }));

/** `a buy 80` */
const votesOf = (...words: string[]): CastVote[] =>
  words.map((word) => {
    const [agentName = '', action, confidence] = word.split(' ');
    return { agentName, action: action as CastVote['action'], confidence: Number(confidence) };
  });

describe('the figures', () => {
  test('ECE and its floor are those worked out by hand', () => {
    // 4 of 10 at .65 and 9 of 30 at .25: .25 · 10/40 + .05 · 30/40.
    const figures = calibration([...forecasts(0.65, 4, 10), ...forecasts(0.25, 9, 30)]);
    expect(figures?.ece).toBeCloseTo(0.1, 12);
    // √(2 · .4 · .6 ÷ 10π) = .12361 and √(2 · .3 · .7 ÷ 30π) = .06676.
    expect(figures?.floor).toBeCloseTo(0.25 * 0.12361 + 0.75 * 0.06676, 4);
  });

  test('Brier skill is 0 for always stating the mean, 1 for knowing, negative for worse than the mean', () => {
    expect(brierSkill(forecasts(0.4, 4, 10))).toBeCloseTo(0, 12);
    expect(brierSkill([...forecasts(1, 4, 4), ...forecasts(0, 0, 6)])).toBe(1);
    // (.6 − .4)² ÷ (.4 · .6) = 1/6 below.
    expect(brierSkill(forecasts(0.6, 4, 10))).toBeCloseTo(-1 / 6, 12);
  });

  test('plurality counts heads, the other what they state, and both hold when two are level', () => {
    const votes = votesOf('a buy 50', 'b buy 40', 'c sell 95');
    expect([plurality(votes), byConfidence(votes)]).toEqual(['buy', 'sell']);
    expect([plurality(votes.slice(1)), byConfidence(votesOf('a buy 50', 'b sell 50'))]).toEqual([
      'hold',
      'hold',
    ]);
  });

  test('the best agent in hindsight is the one with the highest share of its own votes right', () => {
    const steps = [
      { truth: 'buy' as const, votes: votesOf('a buy 50', 'b sell 50', 'c buy 50') },
      { truth: 'sell' as const, votes: votesOf('a sell 50', 'b sell 50') },
      { truth: 'hold' as const, votes: votesOf('a buy 50', 'b hold 50') },
      { truth: 'hold' as const, votes: votesOf('a hold 50', 'b buy 50') },
    ];
    expect(bestInHindsight(steps)).toBe(1);
    expect(bestInHindsight(steps.map(({ truth, votes }) => ({ truth, votes: votes.slice(0, 2) })))).toBe(
      0.75,
    );
    expect(accuracyOf(steps, plurality)).toBe(1);
  });

  test('the median is the middle one, or the mean of the two in the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([7])]).toEqual([2, 2.5, 7]);
  });

  test('steady is reached where 40 decisions around it are good enough on the mean, or never', () => {
    const accuracy = Array.from({ length: 200 }, (_, i) => (i < 100 ? 0 : 1));
    expect(feedbacksUntil(accuracy, 0.5)).toBe(100);
    expect(feedbacksUntil(accuracy, 0.75)).toBe(110);
    expect(feedbacksUntil(accuracy, 1.01)).toBeNull();
  });
});
