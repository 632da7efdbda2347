import Table from 'cli-table3';
import type { Growth } from './growth.js';
import type { Comparison, Spread } from './rate.js';

export interface Row {
  what: string;
  goal: string;
  measured: string;
  /** Null where there is no goal. */
  isMet: boolean | null;
  detail: string;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const rate = ({ median }: Spread): string => `${Math.round(median)}/s`;

/** A ratio, and where the middle half of those measured lies. */
export const times = ({ median, low, high }: Spread): string =>
  `${median.toFixed(2)} (${low.toFixed(2)} – ${high.toFixed(2)})`;

/** Rates of one machine say nothing about another: the bare driver on the same database is the measure. */
export const rateRow = (what: string, goal: number, { ratio, ours, bare, pairs }: Comparison): Row => ({
  what,
  goal: `≥ ${percent(goal)}`,
  measured: `${percent(ratio.median)} (${percent(ratio.low)} – ${percent(ratio.high)})`,
  isMet: ratio.median >= goal,
  detail: `${rate(ours)} of ${rate(bare)}, ${pairs} pairs`,
});

export const atMost = (what: string, measured: number, goal: number, unit: string): Row => ({
  what,
  goal: `≤ ${goal} ${unit}`,
  measured: `${measured.toPrecision(2)} ${unit}`,
  isMet: measured <= goal,
  detail: '',
});

/** A question over a history of 20,000 costs no more than twice what it does over one of 100. */
export const growthRow = ({ what, ratio, fewMs, manyMs }: Growth): Row => ({
  what: `${what}: over 20,000 ÷ over 100`,
  goal: '≤ 2',
  measured: ratio.toFixed(2),
  isMet: ratio <= 2,
  detail: `${manyMs.median.toFixed(1)} ms of ${fewMs.median.toFixed(1)} ms`,
});

export function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: ['', 'goal', 'measured (middle half)', '', ''],
    style: { head: [], border: [] },
  });
  for (const { what, goal, measured, isMet, detail } of rows) {
    table.push([what, goal, measured, isMet === null ? '' : isMet ? 'met' : 'missed', detail]);
  }
  return table.toString();
}
