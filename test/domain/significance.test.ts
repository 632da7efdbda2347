import { describe, expect, test } from '@jest/globals';
import { fisherExact, mannWhitney, normalP, rankSums } from '../../src/domain/significance.js';

describe('fisherExact', () => {
  test.each([
    ['the case of the issue', 0, 6, 16, 23, 1716 / 475_020],
    ['the lady tasting tea (Fisher 1935)', 3, 4, 1, 4, 34 / 70],
    ["Fisher's criminal twins (R's help of fisher.test)", 2, 17, 10, 13, 0.0005367],
    ['no hits at all', 0, 6, 0, 23, 1],
  ])('knows %s', (_, before, nBefore, after, nAfter, p) => {
    expect(fisherExact({ before, nBefore, after, nAfter })).toBeCloseTo(p, 7);
  });

  test('adds up the chances of all splits that are no likelier, counted out', () => {
    const choose = (n: number, k: number): number =>
      k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
    for (let hits = 0; hits <= 17; hits += 1) {
      const ways = (before: number) => Math.round(choose(7, before)) * Math.round(choose(10, hits - before));
      for (let before = Math.max(0, hits - 10); before <= Math.min(7, hits); before += 1) {
        const all = Array.from({ length: 8 }, (_, k) => ways(k)).filter((count) => count <= ways(before));
        const p = all.reduce((sum, count) => sum + count, 0) / Math.round(choose(17, hits));
        expect(fisherExact({ before, nBefore: 7, after: hits - before, nAfter: 10 })).toBeCloseTo(p, 10);
      }
    }
  });
});

describe('mannWhitney', () => {
  /** New York's ozone in May and August 1973: U = 127.5 in R's help of wilcox.test. */
  const MAY = [
    41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37,
  ];
  const AUGUST = [
    39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85,
  ];

  test('agrees with the example of R', () => {
    const ranks = rankSums([...MAY, ...AUGUST]);
    expect((ranks.sums[26] ?? 0) + (26 * 26) / 2).toBe(127.5);
    const { z, p } = mannWhitney(ranks, 26);
    // R says 0.0001208 with its continuity correction, of half a rank.
    expect(normalP((Math.abs(z) * 210) / 210.5)).toBeCloseTo(0.0001208, 7);
    expect(p).toBeCloseTo(normalP(z), 12);
  });

  test('corrects for ties', () => {
    // Ranks 1.5, 1.5, 4, 4, 4, 6: variance 9/12 × (7 − (6 + 24)/30).
    expect(mannWhitney(rankSums([1, 1, 2, 2, 2, 3]), 3).z).toBeCloseTo((7 - 10.5) / Math.sqrt(4.5), 12);
    expect(mannWhitney(rankSums([5, 5, 5, 5]), 2)).toEqual({ z: 0, p: 1 });
  });

  test('does not take three rare values in six votes for five standard deviations', () => {
    const votes = Array.from({ length: 500 }, (_, i) => (i < 3 || i >= 478 ? 60 : 85));
    const { z, p } = mannWhitney(rankSums(votes), 6);
    expect(z).toBeLessThan(-5);
    expect(p).toBeGreaterThan(0.001);
  });
});

test.each([
  [0, 1],
  [1.959964, 0.05],
  [-3.290527, 0.001],
  [5, 5.733031e-7],
])('a normal deviate of %f is passed on either side with a chance of %f', (z, p) => {
  expect(normalP(z) / p).toBeCloseTo(1, 5);
});
