/** Chances that differ by rounding alone are level, as in R's `fisher.test`. */
const LEVEL = 1 + 1e-7;

/** The natural logarithms of 0!, 1!, 2! …, as far as they were asked for. */
const logFactorials = [0];

function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i += 1) {
    logFactorials.push((logFactorials[i - 1] ?? 0) + Math.log(i));
  }
  return logFactorials[n] ?? 0;
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** How often something was said: in `before` of the first `nBefore` votes, in `after` of the `nAfter` others. */
export interface Split {
  before: number;
  nBefore: number;
  after: number;
  nAfter: number;
}

/** The chance of exactly this split among those of as many votes and hits in all; no p value of it is lower. */
export const splitChance = ({ before, nBefore, after, nAfter }: Split): number =>
  Math.exp(
    logChoose(before + after, before) +
      logChoose(nBefore + nAfter - before - after, nBefore - before) -
      logChoose(nBefore + nAfter, nBefore),
  );

/** Fisher's exact test, two-sided: the chance of a split, of as many votes and hits in all, that is no likelier. */
export function fisherExact(split: Split): number {
  const { before, nBefore, after, nAfter } = split;
  const hits = before + after;
  const misses = nBefore + nAfter - hits;
  const chanceOf = (k: number): number => splitChance({ before: k, nBefore, after: hits - k, nAfter });
  const bound = splitChance(split) * LEVEL;
  const highest = Math.min(nBefore, hits);
  let low = Math.max(0, nBefore - misses);
  let p = 0;
  // The chances rise to one peak: from either end inwards, until they pass the bound.
  for (let chance = chanceOf(low); chance <= bound && low <= highest; low += 1) {
    p += chance;
    chance *= ((hits - low) * (nBefore - low)) / ((low + 1) * (misses - nBefore + low + 1));
  }
  let high = highest;
  for (let chance = chanceOf(high); chance <= bound && high >= low; high -= 1) {
    p += chance;
    chance *= (high * (misses - nBefore + high)) / ((hits - high + 1) * (nBefore - high + 1));
  }
  return Math.min(1, p);
}

/** The ranks of a sequence, each less the mean rank, those of equal values shared, so that each split is one step from here. */
interface RankSums {
  /** At `n`, the sum over the first `n` values. */
  sums: readonly number[];
  /** The sum of the squares of all. */
  squares: number;
  /** The sum of the cubes of all. */
  cubes: number;
}

export function rankSums(values: readonly number[]): RankSums {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranks = new Map<number, number>();
  let below = 0;
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
    ranks.set(value, below + (count - values.length) / 2);
    below += count;
  }
  const sums = [0];
  let [sum, squares, cubes] = [0, 0, 0];
  for (const value of values) {
    const rank = ranks.get(value) ?? 0;
    sum += rank;
    squares += rank * rank;
    cubes += rank * rank * rank;
    sums.push(sum);
  }
  return { sums, squares, cubes };
}

/**
 * Mann-Whitney's test of the first `n` values against the rest, three values or more in all: `z` in standard
 * deviations, corrected for ties but not for continuity, positive where the first are larger; `p` two-sided.
 */
export function mannWhitney({ sums, squares, cubes }: RankSums, n: number): { z: number; p: number } {
  const total = sums.length - 1;
  const rest = total - n;
  const variance = (n * rest * squares) / (total * (total - 1));
  if (variance === 0) return { z: 0, p: 1 };
  const skew =
    (n * rest * (rest - n) * cubes) / (total * (total - 1) * (total - 2)) / (variance * Math.sqrt(variance));
  const z = (sums[n] ?? 0) / Math.sqrt(variance);
  return { z, p: normalP(Math.min(Math.abs(z), Math.abs(withoutSkew(z, skew)))) };
}

/**
 * What a skewed deviate amounts to on the normal scale (Wilson, Hilferty 1931). Few votes against many that are
 * mostly alike are skewed: without this, three rare values in six votes would pass for five standard deviations.
 */
const withoutSkew = (z: number, skew: number): number =>
  Math.abs(skew) < 1e-6 ? z : (6 / skew) * (Math.cbrt((skew * z) / 2 + 1) - 1) + skew / 6;

/** Of Chebyshev's polynomial in `normalP`, the constant first. */
const ERFC = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/** The two-sided chance of a normal deviate, to 1.2e-7 of itself (`erfcc` of Press et al., Numerical Recipes). */
export function normalP(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  return t * Math.exp(ERFC.reduceRight((sum, each) => sum * t + each, 0) - x * x);
}
