import { BIN_COUNT, binAt } from './bins.js';
import { meanOf, moneyText } from './money.js';
import { NEEDED_CASES } from './measure.js';
import type { ConsensusRecord } from './node.js';

/** Whole percents that a suggestion goes at most beyond what is in force: the next one can look again. */
const STEP = 5;

interface Suggestion {
  from: number;
  to: number;
  /** With its numbers. */
  reason: string;
}

/**
 * The least confidence that has paid: the lowest tenth whose success, at the lower end of its 95 % interval, is above
 * the share at which a mean win and a mean loss break even, L/(W + L). Null where that is in force, and where too few
 * decisions have an outcome to say so.
 */
export function suggestMinConfidence(record: ConsensusRecord, inForce: number): Suggestion | null {
  const { bins, wins, losses } = record;
  if (wins.n === 0 || losses.n === 0) return null;
  const win = meanOf(wins.sum, wins.n);
  const loss = meanOf(losses.sum, losses.n);
  const breakEven = loss / (win + loss);
  for (let at = 0; at < BIN_COUNT; at++) {
    const { from, to, n, hitRate } = binAt(bins, at);
    if (n < NEEDED_CASES || hitRate === null || hitRate.low <= breakEven) continue;
    const next = Math.max(inForce - STEP, Math.min(inForce + STEP, from));
    if (next === inForce) return null;
    const reason =
      `n = ${n} decisions shown at ${from}–${to} % succeeded in ${percent(hitRate.value)} ` +
      `(95 % interval ${percent(hitRate.low)} to ${percent(hitRate.high)}), above the ${percent(breakEven)} at which ` +
      `a mean win of ${money(win)} and a mean loss of ${money(loss)} break even; a step of at most ${STEP}`;
    return { from: inForce, to: next, reason };
  }
  return null;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** To the hundredth, or to three digits where that says little. */
const money = (mean: number): string =>
  mean >= 0.1 ? mean.toFixed(2) : moneyText(Number(mean.toPrecision(3)));
