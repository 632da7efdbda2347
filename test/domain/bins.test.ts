import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addToBins, type Bins, binAt, binOf, calibrationCurve, emptyBins } from '../../src/domain/bins.js';
import { wilson } from '../../src/domain/measure.js';
import { shuffled } from './builders.js';

interface Case {
  confidence: number;
  o: 0 | 1;
}

const cases = fc.array(
  fc.record({ confidence: fc.integer({ min: 0, max: 100 }), o: fc.constantFrom<0 | 1>(0, 1) }),
  { maxLength: 60 },
);

const binsOf = (added: readonly Case[], before = emptyBins(), sign: 1 | -1 = 1): Bins =>
  added.reduce((bins, { confidence, o }) => addToBins(bins, confidence, o, sign), before);

/** `n` votes that state this percent, `hits` of them right. */
const stated = (confidence: number, n: number, hits: number): Case[] =>
  Array.from({ length: n }, (_, i) => ({ confidence, o: i < hits ? 1 : 0 }));

describe('a stated confidence', () => {
  test.each([
    [0, 0],
    [9, 0],
    [10, 1],
    [19, 1],
    [50, 5],
    [89, 8],
    [90, 9],
    [99, 9],
    [100, 9],
  ])('of %i %% is in bin %i', (confidence, bin) => {
    expect(binOf(confidence)).toBe(bin);
  });

  test('is in the one bin whose edges hold it', () => {
    for (let confidence = 0; confidence <= 100; confidence++) {
      const bins = binsOf([{ confidence, o: 1 }]);
      const holding = calibrationCurve(bins).bins.filter(({ n }) => n === 1);
      expect(holding).toHaveLength(1);
      const [{ from, to } = { from: -1, to: -1 }] = holding;
      expect([from <= confidence, confidence <= to]).toEqual([true, true]);
    }
  });
});

test('the bins follow each other from 0–9 to 90–100', () => {
  expect(calibrationCurve(emptyBins()).bins.map(({ from, to }) => `${from}–${to}`)).toEqual([
    '0–9',
    '10–19',
    '20–29',
    '30–39',
    '40–49',
    '50–59',
    '60–69',
    '70–79',
    '80–89',
    '90–100',
  ]);
});

test('a bin says how many there are, what they stated and how it turned out', () => {
  const bins = binsOf([...stated(80, 3, 2), ...stated(89, 1, 1), ...stated(90, 5, 0)]);
  expect(binAt(bins, 8)).toEqual({
    from: 80,
    to: 89,
    n: 4,
    meanStated: (3 * 80 + 89) / 4 / 100,
    hitRate: wilson(3, 4),
  });
  expect(binAt(bins, 9)).toEqual({ from: 90, to: 100, n: 5, meanStated: 0.9, hitRate: wilson(0, 5) });
  expect(binAt(bins, 0)).toEqual({ from: 0, to: 9, n: 0, meanStated: null, hitRate: null });
});

test('adding leaves the bins it began with as they were', () => {
  const before = emptyBins();
  addToBins(before, 80, 1, 1);
  expect(before).toEqual(emptyBins());
});

test('cases add up to the same bins in any order', () => {
  fc.assert(
    fc.property(cases, fc.nat(), (added, seed) => {
      expect(binsOf(shuffled(added, seed))).toEqual(binsOf(added));
    }),
  );
});

test('taking cases back, in any order, leaves exactly what was there before them', () => {
  fc.assert(
    fc.property(cases, cases, fc.nat(), (kept, taken, seed) => {
      const all = binsOf(shuffled([...kept, ...taken], seed));
      expect(binsOf(shuffled(taken, seed + 1), all, -1)).toEqual(binsOf(kept));
    }),
  );
});

test('a case may be taken back before it is added', () => {
  fc.assert(
    fc.property(cases, (taken) => {
      expect(binsOf(taken, binsOf(taken, emptyBins(), -1))).toEqual(emptyBins());
    }),
  );
});

describe('the calibration curve', () => {
  test('has an error and a floor as computed by hand', () => {
    const curve = calibrationCurve(
      binsOf([...stated(65, 10, 7), ...stated(82, 5, 3), ...stated(88, 5, 3), ...stated(100, 10, 10)]),
    );
    // 60–69: |.65 − .7| × 10/30; 80–89: |.85 − .6| × 10/30; 90–100: |1 − 1| × 10/30.
    const ece = (0.05 + 0.25 + 0) / 3;
    // √(2 × .7 × .3 / (π × 10)), √(2 × .6 × .4 / (π × 10)) and 0; each × 10/30.
    const floor = (0.115_624_45 + 0.123_607_75 + 0) / 3;
    expect(curve.ece).toEqual({ value: expect.closeTo(ece, 12), n: 30, reason: null, needed: 20 });
    expect(curve.floor).toEqual({ value: expect.closeTo(floor, 6), n: 30, reason: null, needed: 20 });
  });

  test('weighs each bin by its cases', () => {
    const { ece } = calibrationCurve(binsOf([...stated(50, 15, 6), ...stated(90, 5, 4)]));
    expect(ece.value).toBeCloseTo((15 * 0.1 + 5 * 0.1) / 20, 12);
    const { ece: other } = calibrationCurve(binsOf([...stated(50, 15, 6), ...stated(90, 5, 2)]));
    expect(other.value).toBeCloseTo((15 * 0.1 + 5 * 0.5) / 20, 12);
  });

  test('errs by nothing where what was stated came true', () => {
    const { ece, floor } = calibrationCurve(binsOf([...stated(0, 10, 0), ...stated(100, 10, 10)]));
    expect([ece.value, floor.value]).toEqual([0, 0]);
  });

  test.each([0, 1, 19])('says nothing of %i cases, and how many it needs', (n) => {
    const { ece, floor, bins } = calibrationCurve(binsOf(stated(80, n, n)));
    const gap = { value: null, n, reason: 'not_enough_data', needed: 20 };
    expect([ece, floor]).toEqual([gap, gap]);
    expect(bins).toHaveLength(10);
  });

  test('speaks from 20 cases on, in however many bins they are', () => {
    const { ece } = calibrationCurve(
      binsOf(Array.from({ length: 20 }, (_, i) => ({ confidence: 5 * i, o: 0 }))),
    );
    expect(ece).toEqual({ value: expect.closeTo(0.475, 12), n: 20, reason: null, needed: 20 });
  });
});
