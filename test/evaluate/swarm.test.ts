import { describe, expect, test } from '@jest/globals';
import { play } from '../../evaluate/contest.js';
import { measureExactness } from '../../evaluate/exactness.js';
import { fallOfTheStar } from '../../evaluate/star.js';
import { type CastVote, createSwarm } from '../../evaluate/swarm.js';
import { createWorld } from '../../evaluate/worlds.js';

const buy80: CastVote[] = [{ agentName: 'a', action: 'buy', confidence: 80 }];

describe('a swarm', () => {
  test('counts a newcomer and learns from what came of it by the golden values', () => {
    const swarm = createSwarm('log_odds', 1);
    expect(swarm.decide(buy80)).toEqual({ action: 'buy', confidence: 65, raw: expect.closeTo(0.65, 4) });
    expect(swarm.weightOf('a')).toBeCloseTo(1, 12);
    swarm.learn(true);
    expect(swarm.decide(buy80)).toEqual({ action: 'buy', confidence: 70, raw: expect.closeTo(0.6816, 4) });
  });

  test('holds and states nothing without a quorum, and learns nothing of it', () => {
    const swarm = createSwarm('log_odds', 3);
    expect(swarm.decide(buy80)).toEqual({ action: 'hold', confidence: null, raw: null });
    swarm.learn(false);
    expect(swarm.weightOf('a')).toBe(1);
  });

  test('without decay weighs the first feedback like the last', () => {
    const weightAfter = (outcomes: boolean[], decays: boolean): number => {
      const swarm = createSwarm('log_odds', 1, { decays });
      for (const success of outcomes) {
        swarm.decide(buy80);
        swarm.learn(success);
      }
      return swarm.weightOf('a');
    };
    const rising = Array.from({ length: 200 }, (_, i) => i >= 50);
    const falling = rising.toReversed();
    expect(weightAfter(rising, false)).toBeCloseTo(weightAfter(falling, false), 9);
    expect(weightAfter(rising, true)).toBeGreaterThan(weightAfter(falling, true));
  });

  test('decides a world alike each time', () => {
    expect(play(createWorld(3, 1), 'hedge')).toEqual(play(createWorld(3, 1), 'hedge'));
  });

  test('forgets a star that fell sooner with decay than without', () => {
    const { recovery, withoutDecay } = fallOfTheStar(4, 1);
    expect(recovery.untilBelowMedian ?? 0).toBeGreaterThan(0);
    expect(recovery.untilBelowMedian ?? Infinity).toBeLessThan(withoutDecay.untilBelowMedian ?? Infinity);
  });

  test('learns the same of feedback in any order, said twice and set right', () => {
    expect(measureExactness(300, 2).maxDifference).toBeLessThan(1e-9);
  });
});
