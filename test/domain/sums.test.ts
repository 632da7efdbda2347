import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  AGENT_HALF_LIFE,
  AGENT_PRIOR,
  addCase,
  type Calibration,
  type Case,
  CONSENSUS_HALF_LIFE,
  CONSENSUS_PRIOR,
  calibrate,
  emptySums,
  factorAt,
  learnedWeight,
  pRight,
} from '../../src/domain/sums.js';

const always = (meanRight: number): Calibration => ({ meanStated: 0.6, meanRight, slope: 0.25, n: 100 });
const calibrationOf = (cases: Case[], prior = AGENT_PRIOR): Calibration =>
  calibrate(
    cases.reduce((sums, each) => addCase(sums, each, 1, 1), emptySums()),
    prior,
    1,
  );

describe('a record without cases', () => {
  test.each([
    [0, 0.45],
    [50, 0.575],
    [60, 0.6],
    [70, 0.625],
    [80, 0.65],
    [90, 0.675],
    [100, 0.7],
  ])('takes a newcomer who says %i to be right with a chance of %f', (stated, p) => {
    expect(pRight(calibrationOf([]), stated / 100)).toBeCloseTo(p, 12);
  });

  test.each([0.5, 0.58, 0.65, 0.9])('takes the consensus at its word when it says %f', (raw) => {
    expect(pRight(calibrationOf([], CONSENSUS_PRIOR), raw)).toBeCloseTo(raw, 12);
  });

  test('gives a newcomer the weight 1', () => {
    expect(learnedWeight(calibrationOf([]))).toBe(1);
  });
});

test.each([
  [0.6, 1],
  [0.5, 0],
  [0.3, 0],
  [0, 0],
  [0.7, 2.09],
  [0.95, 7.26],
  [1, 7.26],
])('weighs an agent that is right with a chance of %f by %f', (meanRight, weight) => {
  expect(learnedWeight(always(meanRight))).toBeCloseTo(weight, 2);
});

test.each([
  [0, 0, 0.05],
  [0.02, 1, 0.12],
  [1, 1, 0.95],
  [0.94, 0, 0.79],
])('keeps a line through %f, read at %f, within its bounds: %f', (meanRight, c, p) => {
  expect(pRight(always(meanRight), c)).toBeCloseTo(p, 12);
});

const anyCase = fc.record({
  c: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
  o: fc.constantFrom<(0 | 1)[]>(0, 1),
  ok: fc.constantFrom<(0 | 1)[]>(0, 1),
});

describe('whatever the cases', () => {
  test('a chance stays from .05 to .95, a weight from 0 to 7.26', () => {
    fc.assert(
      fc.property(
        fc.array(anyCase, { maxLength: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (cases, c) => {
          const calibration = calibrationOf(cases);
          expect(pRight(calibration, c)).toBeGreaterThanOrEqual(0.05);
          expect(pRight(calibration, c)).toBeLessThanOrEqual(0.95);
          expect(learnedWeight(calibration)).toBeGreaterThanOrEqual(0);
          expect(learnedWeight(calibration)).toBeLessThan(7.262);
        },
      ),
    );
  });

  test('the sums say what summing over the cases one by one says', () => {
    fc.assert(
      fc.property(fc.array(anyCase, { maxLength: 60 }), (cases) => {
        const { right, stated, slope, variance } = AGENT_PRIOR;
        const mean = (prior: number, values: number[]): number =>
          (20 * prior + values.reduce((sum, value) => sum + value, 0)) / (20 + values.length);
        const mc = mean(
          stated,
          cases.map(({ c }) => c),
        );
        const mo = mean(
          right,
          cases.map(({ o }) => o),
        );
        const sxx = cases.reduce((sum, { c }) => sum + (c - mc) ** 2, 20 * (variance + (stated - mc) ** 2));
        const sxy = cases.reduce(
          (sum, { c, o }) => sum + (c - mc) * (o - mo),
          20 * (slope * variance + (stated - mc) * (right - mo)),
        );
        const calibration = calibrationOf(cases);
        expect(calibration.meanStated).toBeCloseTo(mc, 12);
        expect(calibration.meanRight).toBeCloseTo(mo, 12);
        expect(calibration.slope).toBeCloseTo(sxy / sxx, 10);
        expect(calibration.n).toBe(cases.length);
      }),
    );
  });

  test('a case added and taken back leaves nothing', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 0, max: 20_000 }), (added, seq) => {
        const factor = factorAt(seq, 0, AGENT_HALF_LIFE);
        expect(addCase(addCase(emptySums(), added, factor, 1), added, factor, -1)).toEqual(emptySums());
      }),
    );
  });
});

describe('factorAt', () => {
  test.each([AGENT_HALF_LIFE, CONSENSUS_HALF_LIFE])('doubles every %i decisions', (halfLife) => {
    expect([0, 1, 2, -3].map((times) => factorAt(40_000 + times * halfLife, 40_000, halfLife))).toEqual([
      1, 2, 4, 0.125,
    ]);
  });

  test('is an exact power of two over a step of the base', () => {
    expect(factorAt(10_000, 0, AGENT_HALF_LIFE)).toBe(Number(2n ** 100n));
    expect(factorAt(10_000, 0, CONSENSUS_HALF_LIFE)).toBe(1024);
  });
});

test('counts how far an agent did better than its swarm', () => {
  const cases: Case[] = [
    { c: 0.8, o: 1, ok: 0 },
    { c: 0.8, o: 1, ok: 1 },
    { c: 0.8, o: 0, ok: 1 },
    { c: 0.8, o: 1, ok: 0 },
  ];
  expect(cases.reduce((sums, each) => addCase(sums, each, 1, 1), emptySums()).r).toBe(1);
});
