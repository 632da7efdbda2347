import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { moves, standardDeviation } from './indicators.js';

/** One trading day of the S&P 500, in index points. */
export interface Bar {
  /** `2001-01-02`. */
  date: string;
  open: number;
  high: number;
  low: number;
  close: number;
}

export type Action = 'BUY' | 'SELL' | 'HOLD';

/** What the next day made of an action; `pnl` in currency units, null when nothing was traded. */
export interface Settlement {
  success: boolean;
  pnl: number | null;
}

/** Index of the first day that is decided on: the 253rd row, so that 252 moves lie behind it. */
export const FIRST_DAY = 252;

/** The longest replay, in days: the rows from `FIRST_DAY` on that have a next day, rounded down. */
export const MAX_DAYS = 4800;

/** What is bought or sold each day, in currency units. */
export const NOTIONAL = 10_000;

const BAND_MOVES = 20;

/** Rows of a CSV with a header that names at least date, open, high, low and close. */
export function parseBars(csv: string): Bar[] {
  const [header = '', ...lines] = csv.trim().split(/\r?\n/);
  const columns = header.split(',');
  const at = (name: string) => {
    const index = columns.indexOf(name);
    if (index < 0) throw new Error(`Expected a column \`${name}\`, got ${header}.`);
    return index;
  };
  const [date, open, high, low, close] = [at('date'), at('open'), at('high'), at('low'), at('close')];
  return lines.map((line) => {
    const cells = line.split(',');
    const number = (index: number) => Number(cells[index]);
    return {
      date: cells[date] ?? '',
      open: number(open),
      high: number(high),
      low: number(low),
      close: number(close),
    };
  });
}

/** S&P 500 days of 2000 to 2020, oldest first, as `vega-datasets` (BSD-3) carries them. */
export async function loadBars(): Promise<Bar[]> {
  const entry = createRequire(import.meta.url).resolve('vega-datasets');
  return parseBars(await readFile(path.join(path.dirname(entry), '../data/sp500-2000.csv'), 'utf8'));
}

/** All that is known at the close of the day at `index`, that day included and nothing after it. */
export function historyAt(bars: readonly Bar[], index: number): readonly Bar[] {
  return bars.slice(0, index + 1);
}

/** The move from the close at `index` to the next close, as a share. */
export function nextMove(bars: readonly Bar[], index: number): number {
  const [today, tomorrow] = [bars[index], bars[index + 1]];
  if (!today || !tomorrow) throw new RangeError(`Expected a day with a next one, got row ${index + 1}.`);
  return tomorrow.close / today.close - 1;
}

/** The largest move either way that still proves a HOLD right: half the deviation of the last 20 moves. */
export function holdBand(history: readonly Bar[]): number {
  return standardDeviation(moves(history, BAND_MOVES)) / 2;
}

/** Whether `action` proved right, given the next move and the band of `holdBand`, both as shares. */
export function provedRight(action: Action, move: number, band: number): boolean {
  if (action === 'BUY') return move > 0;
  if (action === 'SELL') return move < 0;
  return Math.abs(move) <= band;
}

/** What `action` on `NOTIONAL` earned by the next close, to the cent, without costs. */
export function settle(action: Action, move: number, band: number): Settlement {
  const direction = action === 'BUY' ? 1 : -1;
  return {
    success: provedRight(action, move, band),
    pnl: action === 'HOLD' ? null : Math.round(NOTIONAL * move * direction * 100) / 100,
  };
}
