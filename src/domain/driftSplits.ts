import { fisherExact, type Split, splitChance } from './significance.js';

/** A history is split at every sixth vote that leaves six on either side: fewer could never differ enough. */
export const STEP = 6;

/** A split after `at` votes by how often one value was said. */
export interface Candidate {
  says: string;
  /** At `n`, how often it was said in the first `n` votes. */
  counts: readonly number[];
  at: number;
  split: Split;
  /** Of Fisher's exact test. */
  p: number;
}

/** After how many of the votes a history is split. */
export const splitsOf = (votes: number): number[] =>
  Array.from({ length: Math.max(0, Math.floor(votes / STEP) - 1) }, (_, i) => STEP * (i + 1));

/** The splits of a history by how often `value` was said whose p is `most` or less. */
export function candidatesOf<T>(values: readonly T[], value: T, says: string, most: number): Candidate[] {
  const counts = [0];
  let count = 0;
  for (const each of values) {
    if (each === value) count += 1;
    counts.push(count);
  }
  return (
    splitsOf(values.length)
      .map((at) => ({ at, split: splitOf(counts, at, values.length) }))
      .filter(({ split }) => splitChance(split) <= most)
      // Nine digits: of two actions the splits are mirrored, their p the same but for rounding.
      .map(({ at, split }) => ({ says, counts, at, split, p: Number(fisherExact(split).toPrecision(9)) }))
      .filter(({ p }) => p <= most)
  );
}

/** The first `n` votes, split after `at` of them. */
export function splitOf(counts: readonly number[], at: number, n: number): Split {
  const before = counts[at] ?? 0;
  return { before, nBefore: at, after: (counts[n] ?? 0) - before, nAfter: n - at };
}

export const isRising = ({ before, nBefore, after, nAfter }: Split): boolean =>
  after * nBefore > before * nAfter;

/** The value stated most often, of those alike the lowest. */
export function usualOf(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] < a[0]) ? b : a))[0];
}
