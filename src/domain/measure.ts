/** Why there is no number: too few cases, or all of them alike. */
export type MeasureGap = 'not_enough_data' | 'no_variation';

/** A number with the cases behind it, or why there is none. */
export interface Measure {
  value: number | null;
  n: number;
  /** Null where there is a value. */
  reason: MeasureGap | null;
  /** How many cases it needs. */
  needed: number;
}

/** Fewer cases say nothing that chance does not. */
export const NEEDED_CASES = 20;

/** What `of` makes of enough cases; its null says that they do not differ. */
export function measure(n: number, of: () => number | null, needed = NEEDED_CASES): Measure {
  if (n < needed) return { value: null, n, reason: 'not_enough_data', needed };
  const value = of();
  return { value, n, reason: value === null ? 'no_variation' : null, needed };
}

/** A share with the 95 % interval it lies in, all 0 to 1. */
export interface Rate {
  value: number;
  low: number;
  high: number;
  /** How many cases there are, 1 or more. */
  n: number;
}

/** A difference, counterfactual less actual, with the 95 % interval it lies in. */
export interface Difference {
  value: number | null;
  low: number | null;
  high: number | null;
  /** Cases compared. */
  n: number;
  /** How many of them differ: the interval rests on these. */
  changed: number;
  /** Why there is no interval; null where there is one. */
  reason: MeasureGap | null;
  needed: number;
}

/** The 97.5 % point of the normal distribution. */
export const Z95 = 1.959963984540054;

/** The share of hits with its 95 % score interval (Wilson 1927), null without a case. */
export function wilson(hits: number, n: number): Rate | null {
  if (n <= 0) return null;
  const value = hits / n;
  const spread = 1 + (Z95 * Z95) / n;
  const middle = (value + (Z95 * Z95) / (2 * n)) / spread;
  const half = (Z95 / spread) * Math.sqrt((value * (1 - value)) / n + (Z95 * Z95) / (4 * n * n));
  // With all or no hits the interval ends at the share itself, up to a rounding that must not show.
  return {
    value,
    low: hits === 0 ? 0 : Math.max(0, middle - half),
    high: hits === n ? 1 : Math.min(1, middle + half),
    n,
  };
}
