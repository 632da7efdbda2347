import { describe, expect, test } from '@jest/globals';
import { channel, rsi, volatility, zScore } from '../../demo/indicators.js';
import { calibration, correlation, rateOf, wilson } from '../../demo/statistics.js';

const forecasts = (stated: number, hits: number, n: number) =>
  Array.from({ length: n }, (_, i) => ({ stated, cameTrue: i < hits }));

describe('a rate', () => {
  test('has its 95 % Wilson interval', () => {
    const rate = wilson(8, 10);
    expect(rate?.value).toBe(0.8);
    expect(rate?.low).toBeCloseTo(0.4902, 4);
    expect(rate?.high).toBeCloseTo(0.9433, 4);
  });

  test('stays within 0 and 1', () => {
    expect(wilson(0, 3)?.low).toBe(0);
    expect(wilson(3, 3)?.high).toBe(1);
  });

  test('is null without cases', () => {
    expect(rateOf([])).toBeNull();
  });
});

describe('the calibration error', () => {
  test('is the gap between what was said and what came', () => {
    expect(calibration(forecasts(0.9, 5, 10))?.ece).toBeCloseTo(0.4, 12);
  });

  test('is 0 for a speaker who is right as often as said', () => {
    expect(calibration([...forecasts(0.7, 7, 10), ...forecasts(0.2, 2, 10)])?.ece).toBeCloseTo(0, 12);
  });

  test('weighs the bins by their cases', () => {
    const mixed = [...forecasts(0.85, 17, 20), ...forecasts(0.35, 60, 60)];
    expect(calibration(mixed)?.ece).toBeCloseTo((60 / 80) * 0.65, 12);
  });

  test('averages within a bin, so that faults of one bin may cancel out', () => {
    expect(calibration([...forecasts(0.61, 10, 10), ...forecasts(0.69, 3, 10)])?.ece).toBeCloseTo(0, 12);
  });

  test('has a floor: Σ n_b/n · √(2q(1−q)/(π n_b))', () => {
    expect(calibration(forecasts(0.5, 50, 100))?.floor).toBeCloseTo(Math.sqrt(0.5 / (Math.PI * 100)), 12);
    expect(calibration(forecasts(0.95, 10, 10))?.floor).toBe(0);
  });

  test('puts 70 % and 79 % into one bin and 80 % into the next', () => {
    const pair = (second: number) => [...forecasts(0.7, 1, 1), ...forecasts(second, 0, 1)];
    expect(calibration(pair(0.79))?.ece).toBeCloseTo(0.245, 12);
    expect(calibration(pair(0.8))?.ece).toBeCloseTo(0.55, 12);
    expect(calibration(forecasts(1, 1, 1))?.ece).toBe(0);
  });

  test('is null without cases', () => {
    expect(calibration([])).toBeNull();
  });
});

describe('the correlation', () => {
  test.each([
    [
      [
        [1, 2],
        [2, 4],
        [3, 6],
      ],
      1,
    ],
    [
      [
        [1, 3],
        [2, 2],
        [3, 1],
      ],
      -1,
    ],
    [
      [
        [1, 1],
        [2, 3],
        [3, 2],
      ],
      0.5,
    ],
  ] as const)('of %j is %d', (pairs, expected) => {
    expect(correlation(pairs)).toBeCloseTo(expected, 12);
  });

  test('is null without variation', () => {
    expect(correlation([[1, 1]])).toBeNull();
    expect(
      correlation([
        [1, 1],
        [1, 2],
      ]),
    ).toBeNull();
  });
});

describe('the indicators', () => {
  const days = (...closes: number[]) => closes.map((close) => ({ high: close + 1, low: close - 1, close }));

  test('RSI is 100 when every day rose, 0 when every day fell, 50 when none moved', () => {
    expect(rsi(days(1, 2, 3), 2)).toBe(100);
    expect(rsi(days(3, 2, 1), 2)).toBe(0);
    expect(rsi(days(2, 2, 2), 2)).toBe(50);
  });

  test('a channel leaves the newest day out', () => {
    expect(channel(days(5, 7, 6, 100), 3)).toEqual({ high: 8, low: 4 });
  });

  test('the z-score counts deviations from the mean', () => {
    expect(zScore(days(9, 1, 2, 3), 3)).toBe(1);
    expect(zScore(days(2, 2, 2), 3)).toBe(0);
  });

  test('volatility is that of a year', () => {
    expect(volatility(days(100, 101, 101 * 0.99), 2)).toBeCloseTo(0.01 * Math.sqrt(2) * Math.sqrt(252), 12);
  });

  test('none of them guesses a past that is not there', () => {
    expect(() => rsi(days(1, 2), 2)).toThrow('Expected 3 days of history, got 2.');
  });
});
