import { type Measure, measure, type Rate, wilson } from './measure.js';

/** Stated confidences by tens of percent, 100 with the nineties: whole numbers, so that taking back is exact. */
export interface Bins {
  n: number[];
  hits: number[];
  /** Σ of the stated whole percents. */
  stated: number[];
}

export const BIN_COUNT = 10;

const zeros = (): number[] => Array.from({ length: BIN_COUNT }, () => 0);

/** Ten bins without a case. */
export const emptyBins = (): Bins => ({ n: zeros(), hits: zeros(), stated: zeros() });

/** The bin of a stated whole percent, 0 to 9. */
export const binOf = (confidence: number): number => Math.min(BIN_COUNT - 1, Math.floor(confidence / 10));

/** The bins with one case added (`sign` 1) or taken back (−1). */
export function addToBins({ n, hits, stated }: Bins, confidence: number, o: 0 | 1, sign: 1 | -1): Bins {
  const added = { n: n.slice(), hits: hits.slice(), stated: stated.slice() };
  const bin = binOf(confidence);
  added.n[bin] = (added.n[bin] ?? 0) + sign;
  added.hits[bin] = (added.hits[bin] ?? 0) + sign * o;
  added.stated[bin] = (added.stated[bin] ?? 0) + sign * confidence;
  return added;
}

/** What was stated in one bin, and how it turned out. */
export interface CalibrationBin {
  /** Whole percents, both included. */
  from: number;
  to: number;
  n: number;
  /** 0 to 1, null without a case. */
  meanStated: number | null;
  hitRate: Rate | null;
}

export interface CalibrationCurve {
  /** All ten, from 0–9 to 90–100. */
  bins: CalibrationBin[];
  /** Expected calibration error, 0 to 1: the mean distance of what was stated from what came true. */
  ece: Measure;
  /** What a perfectly calibrated record of as many cases shows by chance: Σ n_b/n · √(2q(1−q)/(π n_b)). */
  floor: Measure;
}

export function binAt({ n, hits, stated }: Bins, bin: number): CalibrationBin {
  const cases = n[bin] ?? 0;
  return {
    from: 10 * bin,
    to: bin === BIN_COUNT - 1 ? 100 : 10 * bin + 9,
    n: cases,
    meanStated: cases === 0 ? null : (stated[bin] ?? 0) / cases / 100,
    hitRate: wilson(hits[bin] ?? 0, cases),
  };
}

/** How what was stated compares with how it turned out (reliability diagram, Murphy and Winkler 1977). */
export function calibrationCurve(given: Bins): CalibrationCurve {
  const bins = given.n.map((_, bin) => binAt(given, bin));
  const total = bins.reduce((sum, { n }) => sum + n, 0);
  const mean = (of: (stated: number, rate: Rate) => number): number =>
    bins.reduce(
      (sum, { n, meanStated, hitRate }) =>
        meanStated === null || hitRate === null ? sum : sum + (n / total) * of(meanStated, hitRate),
      0,
    );
  return {
    bins,
    ece: measure(total, () => mean((stated, { value }) => Math.abs(stated - value))),
    floor: measure(total, () => mean((_, { value: q, n }) => Math.sqrt((2 * q * (1 - q)) / (Math.PI * n)))),
  };
}
