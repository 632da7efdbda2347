import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromUnits, meanOf, moneyFault, moneyText, toUnits } from '../../src/domain/money.js';

test.each([
  [0, 0n],
  [-0, 0n],
  [0.00042, 42_000n],
  [-0.0000031, -310n],
  [1e-8, 1n],
  [0.1 + 0.2, 30_000_000n],
  [12.345, 1_234_500_000n],
  [33.333333333333336, 3_333_333_333n],
  [-0.000000005, -1n],
  [4.9e-9, 0n],
  [Number.MIN_VALUE, 0n],
  [123_456_789.12345678, 12_345_678_912_345_678n],
  [1_000_000_000_000.01, 100_000_000_000_001_000_000n],
  [1e15, 10n ** 23n],
  [1e300, 10n ** 23n],
  [-1e300, -(10n ** 23n)],
])('takes %d for %d units', (amount, units) => {
  expect(toUnits(amount)).toBe(units);
});

test('gives back every amount that may be recorded as it was', () => {
  const given = fc.oneof(
    fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((units) => fromUnits(BigInt(units))),
    fc.integer().map((cents) => cents / 100),
    fc.double({ min: 1e8, max: 1e15, noNaN: true }).filter((amount) => moneyFault(amount) === null),
  );
  fc.assert(
    fc.property(given, (amount) => {
      const recorded = fromUnits(toUnits(amount));
      expect(fromUnits(toUnits(recorded))).toBe(recorded);
      if (Math.abs(amount) < 1e7) expect(recorded).toBe(amount + 0);
    }),
  );
});

test('adds up to the same in any order, to the last digit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 })), (parts) => {
      const amounts = parts.map((units) => fromUnits(BigInt(units)));
      const sum = (of: readonly number[]) => of.reduce((total, amount) => total + toUnits(amount), 0n);
      expect(sum(amounts)).toBe(parts.reduce((total, units) => total + BigInt(units), 0n));
      expect(sum(amounts.toReversed())).toBe(sum(amounts));
    }),
  );
});

test('has the mean of a few as it is written', () => {
  expect([meanOf(42_000n, 1), meanOf(30_000_000n, 2), meanOf(100n, 3)]).toEqual([0.00042, 0.15, 1 / 3e6]);
});

const FINER = 'with at most 8 digits behind the point';
const RANGE = 'from -1,000,000,000,000,000 to 1,000,000,000,000,000';

test.each([
  [0, null],
  [1e-8, null],
  [-0.0000031, null],
  [0.1 + 0.2, null],
  [100 / 3, null],
  [1e15, null],
  [1.000000001, FINER],
  [1e-9, FINER],
  [1e-8 / 3, FINER],
  [Number.MIN_VALUE, FINER],
  [1.1e15, RANGE],
  [-1e300, RANGE],
])('says of %d what is wrong with it: %s', (amount, fault) => {
  expect(moneyFault(amount)).toBe(fault);
});

test.each([
  [0, '0'],
  [0.00042, '0.00042'],
  [-0.0000031, '-0.0000031'],
  [5e-8, '0.00000005'],
  [1234.5, '1234.5'],
  [-20, '-20'],
  [1e15, '1000000000000000'],
])('says %d as %s', (amount, text) => {
  expect(moneyText(amount)).toBe(text);
});
