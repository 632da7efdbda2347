import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chanceOfRight, learnedWeight } from '../../demo/learning.js';

describe('what is learned, worked out without the server', () => {
  test('a newcomer who says 80 is right 65 %, and weighs 1', () => {
    expect(chanceOfRight([], 0.8, 1)).toBeCloseTo(0.65, 12);
    expect(learnedWeight([], 1)).toBeCloseTo(1, 12);
  });

  test.each([
    [true, 0.6816],
    [false, 0.5913],
  ])('one vote at 80 that was right (%s) is read as %d at the next decision', (isRight, expected) => {
    expect(chanceOfRight([{ seq: 1, confidence: 0.8, isRight }], 0.8, 2)).toBeCloseTo(expected, 4);
  });

  test('what was said 100 decisions ago counts half', () => {
    const twice = [1, 1].map((seq) => ({ seq, confidence: 0.7, isRight: false }));
    const once = [{ seq: 101, confidence: 0.7, isRight: false }];
    expect(learnedWeight(twice, 101)).toBeCloseTo(learnedWeight(once, 101), 12);
  });

  test('is between 0 and 7.26 whatever happened, in any order', () => {
    const ballot = fc.record({
      seq: fc.integer({ min: 1, max: 500 }),
      confidence: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
      isRight: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(ballot, { maxLength: 60 }), (ballots) => {
        const weight = learnedWeight(ballots, 501);
        expect(weight).toBeGreaterThanOrEqual(0);
        expect(weight).toBeLessThan(7.27);
        expect(learnedWeight([...ballots].reverse(), 501)).toBeCloseTo(weight, 9);
      }),
    );
  });
});
