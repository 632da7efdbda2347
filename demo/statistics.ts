/** A share with its 95 % Wilson interval over n cases. */
export interface Rate {
  value: number;
  low: number;
  high: number;
  n: number;
}

/** A stated chance (0 to 1) and whether it came true. */
export interface Forecast {
  stated: number;
  cameTrue: boolean;
}

const Z95 = 1.959963984540054;
const BINS = 10;

/** Wilson's 95 % interval of `hits` out of `n`; null when n is 0. */
export function wilson(hits: number, n: number): Rate | null {
  if (n === 0) return null;
  const value = hits / n;
  const z2 = Z95 ** 2 / n;
  const center = (value + z2 / 2) / (1 + z2);
  const half = (Z95 / (1 + z2)) * Math.sqrt((value * (1 - value)) / n + z2 / (4 * n));
  return { value, low: Math.max(0, center - half), high: Math.min(1, center + half), n };
}

/** The share of `true` with its interval; null without cases. */
export function rateOf(cases: readonly boolean[]): Rate | null {
  return wilson(cases.filter(Boolean).length, cases.length);
}

/**
 * Expected calibration error over 10 bins of equal width, and the error that a perfectly calibrated speaker
 * would show by chance alone: Σ n_b/n · √(2q(1−q)/(π n_b)), q the hit rate of the bin. Null without cases.
 */
export function calibration(forecasts: readonly Forecast[]): { ece: number; floor: number } | null {
  const n = forecasts.length;
  if (n === 0) return null;
  let [ece, floor] = [0, 0];
  for (let bin = 0; bin < BINS; bin += 1) {
    const inside = forecasts.filter((forecast) => binOf(forecast.stated) === bin);
    if (inside.length === 0) continue;
    const stated = inside.reduce((sum, forecast) => sum + forecast.stated, 0) / inside.length;
    const hit = inside.filter((forecast) => forecast.cameTrue).length / inside.length;
    const share = inside.length / n;
    ece += share * Math.abs(stated - hit);
    floor += share * Math.sqrt((2 * hit * (1 - hit)) / (Math.PI * inside.length));
  }
  return { ece, floor };
}

/** 0 to 9; a stated 1 belongs to the last bin. The rounding keeps 0.7 out of the bin below (0.7 · 10 < 7). */
function binOf(stated: number): number {
  return Math.min(BINS - 1, Math.floor(Math.round(stated * BINS * 1e9) / 1e9));
}

/** Pearson's correlation; null with fewer than two pairs or without variation. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const n = pairs.length;
  if (n < 2) return null;
  const meanX = pairs.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = pairs.reduce((sum, [, y]) => sum + y, 0) / n;
  let [xx, yy, xy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}
