import { type CountedDecision, isBacking } from './decision.js';
import { type Difference, NEEDED_CASES, Z95 } from './measure.js';
import { fromUnits, toUnits, type Units } from './money.js';
import type { TradeAction } from './tradeAction.js';

/** Both sums right after a decision, in the account's currency. */
interface PnlPoint {
  /** The decision's number. */
  seq: number;
  actual: number;
  counterfactual: number;
}

/** What another way of counting would have earned, over the decisions of which both are known. */
export interface PnlComparison {
  actualPnl: number;
  counterfactualPnl: number;
  /** Of their sum. */
  pnlDifference: Difference;
  /** How both grew, oldest first: at most `most` points, evenly spaced, the last decision among them. */
  pnlHistory(most: number): PnlPoint[];
}

/** One decision. */
interface Earned {
  seq: number;
  actual: Units;
  counterfactual: Units;
  isChanged: boolean;
}

/** Compares decisions as they are added, newest first. */
export function createPnlComparison() {
  const sums = { n: 0, changed: 0, actual: 0n, difference: 0n, squares: 0n };
  const newestFirst: Earned[] = [];
  return {
    add(decision: CountedDecision, to: TradeAction): void {
      const earned = earnedBy(decision, to);
      if (earned === null) return;
      const difference = earned.counterfactual - earned.actual;
      newestFirst.push(earned);
      sums.n++;
      if (earned.isChanged) sums.changed++;
      sums.actual += earned.actual;
      sums.difference += difference;
      sums.squares += difference * difference;
    },
    result: (): PnlComparison => ({
      actualPnl: fromUnits(sums.actual),
      counterfactualPnl: fromUnits(sums.actual + sums.difference),
      pnlDifference: pnlDifference(sums),
      pnlHistory: (most) => history(newestFirst, most),
    }),
  };
}

/** The other action earns the opposite for the opposite trade, nothing for a hold; else it is not known: null. */
function earnedBy({ seq, outcome, decision }: CountedDecision, to: TradeAction): Earned | null {
  if (outcome === null || outcome.pnl === null) return null;
  const actual = toUnits(outcome.pnl);
  const isChanged = !isBacking({ action: to }, { decision });
  if (isChanged && decision.action.toLowerCase() === 'hold') return null;
  return { seq, actual, counterfactual: isChanged ? (to === 'hold' ? 0n : -actual) : actual, isChanged };
}

function history(newestFirst: readonly Earned[], most: number): PnlPoint[] {
  const step = Math.ceil(newestFirst.length / most);
  const points: PnlPoint[] = [];
  let [actual, counterfactual] = [0n, 0n];
  for (const [left, earned] of [...newestFirst.entries()].reverse()) {
    actual += earned.actual;
    counterfactual += earned.counterfactual;
    if (left % step === 0) {
      points.push({
        seq: earned.seq,
        actual: fromUnits(actual),
        counterfactual: fromUnits(counterfactual),
      });
    }
  }
  return points;
}

/** Of the sum, by the normal distribution: too few changed decisions say nothing of how far it may be off. */
function pnlDifference(sums: { n: number; changed: number; difference: Units; squares: bigint }): Difference {
  const { n, changed, difference, squares } = sums;
  const value = n === 0 ? null : fromUnits(difference);
  const common = { value, n, changed, needed: NEEDED_CASES };
  if (changed < NEEDED_CASES) return { ...common, low: null, high: null, reason: 'not_enough_data' };
  // Whole numbers, so that cases all alike have no spread at all.
  const spread = BigInt(n) * squares - difference * difference;
  const half = BigInt(Math.round(Z95 * Math.sqrt(Number(spread) / Math.max(1, n - 1))));
  return { ...common, low: fromUnits(difference - half), high: fromUnits(difference + half), reason: null };
}
