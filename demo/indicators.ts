/** What the indicators read of a day, in index points. */
export interface Prices {
  high: number;
  low: number;
  close: number;
}

/** Trading days in a year. */
export const YEAR = 252;

/** The last `count` of a series; an error when it is shorter, so that no indicator guesses its past. */
export function last<T>(series: readonly T[], count: number): readonly T[] {
  if (series.length < count) throw new RangeError(`Expected ${count} days of history, got ${series.length}.`);
  return series.slice(series.length - count);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (n − 1). */
export function standardDeviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

/** The newest close. */
export function newestClose(history: readonly Prices[]): number {
  return last(history, 1)[0]?.close ?? Number.NaN;
}

/** The last `count` moves from close to close, as shares, oldest first. */
export function moves(history: readonly Prices[], count: number): number[] {
  const closes = last(history, count + 1).map((day) => day.close);
  return closes.slice(1).map((close, i) => close / (closes[i] ?? close) - 1);
}

/** The change of the close over `days`, as a share. */
export function change(history: readonly Prices[], days: number): number {
  return newestClose(history) / (last(history, days + 1)[0]?.close ?? Number.NaN) - 1;
}

/** Mean close of the last `days`, in index points. */
export function movingAverage(history: readonly Prices[], days: number): number {
  return mean(last(history, days).map((day) => day.close));
}

/** How many standard deviations of the last `days` closes the newest is above their mean. */
export function zScore(history: readonly Prices[], days: number): number {
  const closes = last(history, days).map((day) => day.close);
  const deviation = standardDeviation(closes);
  return deviation === 0 ? 0 : (newestClose(history) - mean(closes)) / deviation;
}

/** Highest high and lowest low of the `days` before the newest (Donchian's channel), in index points. */
export function channel(history: readonly Prices[], days: number): { high: number; low: number } {
  const before = last(history, days + 1).slice(0, -1);
  return {
    high: Math.max(...before.map((day) => day.high)),
    low: Math.min(...before.map((day) => day.low)),
  };
}

/** Relative strength index with simple means (Cutler), 0 to 100; 50 when nothing moved. */
export function rsi(history: readonly Prices[], days: number): number {
  const steps = moves(history, days);
  const up = steps.reduce((sum, move) => sum + Math.max(0, move), 0);
  const down = steps.reduce((sum, move) => sum + Math.max(0, -move), 0);
  return up + down === 0 ? 50 : (100 * up) / (up + down);
}

/** Annualised deviation of the last `days` moves, as a share. */
export function volatility(history: readonly Prices[], days: number): number {
  return standardDeviation(moves(history, days)) * Math.sqrt(YEAR);
}
