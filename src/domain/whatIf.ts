import type { Terms } from './count.js';
import { type CountedDecision, isBacking } from './decision.js';
import { NEEDED_CASES, type MeasureGap, type Rate, wilson, Z95 } from './measure.js';
import { toCents } from './pnl.js';
import { RULES, type RuleName } from './rules.js';
import { countHeard } from './tally.js';
import type { Ballot, TradeAction } from './voting.js';

/** How votes are counted again: what is left out stays as it was in each vote. */
export interface Alternative {
  rule?: RuleName | null | undefined;
  /** Whole percent. */
  quorum?: number | null | undefined;
  /** Whole percent below which the swarm would have held. */
  minConfidence?: number | null | undefined;
  /** Weights of agents, whatever the roster and their ballots said. */
  weights: ReadonlyMap<string, number>;
  /** The same where neither roster nor ballot said. */
  defaultWeights: ReadonlyMap<string, number>;
  /** Agents taken out of the swarm; of those who voted the seats, too. */
  without: ReadonlySet<string>;
}

/** A difference, counterfactual less actual, with the 95 % interval it lies in. */
export interface Difference {
  value: number | null;
  low: number | null;
  high: number | null;
  /** Cases compared. */
  n: number;
  /** Of which so many differ: the interval rests on these. */
  changed: number;
  /** Why there is no interval; null where there is one. */
  reason: MeasureGap | null;
  needed: number;
}

export interface ChangedDecision {
  id: string;
  from: TradeAction;
  to: TradeAction;
  /** Whether the decision taken proved right, and whether the other would have; null without an outcome. */
  wasRight: boolean | null;
  wouldBeRight: boolean | null;
}

/** What another way of counting would have come to, on votes as they were cast and trust as it was learned then. */
export interface WhatIf {
  /** Counted again. */
  decisions: number;
  evaluated: number;
  changed: number;
  actualSuccess: Rate | null;
  counterfactualSuccess: Rate | null;
  successDifference: Difference;
  /** Sums over the decisions of which both are known, in the account's currency. */
  actualPnl: number;
  counterfactualPnl: number;
  /** Of their sum. */
  pnlDifference: Difference;
  /** Newest first, as many as are kept. */
  changes: ChangedDecision[];
}

/** What the swarm would have settled on; null for a decision that no swarm took, or that cannot be counted again. */
export function recount(
  { ballots, basis }: CountedDecision,
  { rule, quorum, minConfidence, weights, defaultWeights, without }: Alternative,
): TradeAction | null {
  if (basis?.totalAgents == null || basis.quorum === null || ballots.length === 0) return null;
  const weightOf = ({ agentName, weight, isDefaultWeight }: Ballot): number =>
    weights.get(agentName) ?? (isDefaultWeight ? defaultWeights.get(agentName) : undefined) ?? weight;
  const kept = ballots
    .filter(({ agentName }) => !without.has(agentName))
    .map((ballot) => ({ ...ballot, weight: weightOf(ballot) }));
  const gone = ballots.filter(({ agentName }) => without.has(agentName)).length;
  const terms: Terms = {
    rule: RULES[rule ?? basis.rule],
    quorum: quorum ?? basis.quorum,
    totalAgents: Math.max(1, basis.totalAgents - gone),
  };
  const { action, confidence } = countHeard(kept, terms, basis.self).consensus;
  return confidence !== null && confidence < (minConfidence ?? 0) ? 'hold' : action;
}

const toAction = (action: string): TradeAction => action.toLowerCase() as TradeAction;

/** How many changed decisions are kept to be shown. */
const CHANGES_KEPT = 100;

/** Compares decisions as they are added, newest first. */
export function createComparison(alternative: Alternative) {
  const changes: ChangedDecision[] = [];
  const count = { decisions: 0, evaluated: 0, changed: 0, right: 0, flipped: 0, better: 0 };
  const pnl = { n: 0, changed: 0, actual: 0, difference: 0, squares: 0 };
  return {
    add(decision: CountedDecision): void {
      const to = recount(decision, alternative);
      if (to === null) return;
      const from = toAction(decision.decision.action);
      const isChanged = from !== to;
      const right = decision.outcome?.success ?? null;
      count.decisions++;
      if (isChanged) count.changed++;
      // One rule for all: what was not done was right where what was done failed.
      const wouldBeRight = right === null ? null : isChanged ? !right : right;
      if (right !== null) {
        count.evaluated++;
        if (right) count.right++;
        if (isChanged) count.flipped++;
        if (isChanged && wouldBeRight) count.better++;
      }
      addPnl(pnl, decision, to);
      if (isChanged && changes.length < CHANGES_KEPT) {
        changes.push({ id: decision.id, from, to, wasRight: right, wouldBeRight });
      }
    },
    result: (): WhatIf => ({
      decisions: count.decisions,
      evaluated: count.evaluated,
      changed: count.changed,
      actualSuccess: wilson(count.right, count.evaluated),
      counterfactualSuccess: wilson(count.right + 2 * count.better - count.flipped, count.evaluated),
      successDifference: successDifference(count),
      actualPnl: round(pnl.actual),
      counterfactualPnl: round(pnl.actual + pnl.difference),
      pnlDifference: pnlDifference(pnl),
      changes,
    }),
  };
}

/** What the other action would have earned: the opposite for the opposite trade, nothing for a hold, else not known. */
function addPnl(
  sums: { n: number; changed: number; actual: number; difference: number; squares: number },
  { outcome, decision }: CountedDecision,
  to: TradeAction,
): void {
  if (outcome === null || outcome.pnl === null) return;
  const earned = toCents(outcome.pnl) / 100;
  const isChanged = !isBacking({ action: to }, { decision });
  if (isChanged && toAction(decision.action) === 'hold') return;
  const instead = isChanged ? (to === 'hold' ? 0 : -earned) : earned;
  sums.n++;
  if (isChanged) sums.changed++;
  sums.actual += earned;
  sums.difference += instead - earned;
  sums.squares += (instead - earned) ** 2;
}

/** Only decisions that changed can differ, each by one: the share of those that got better, with Wilson's interval. */
function successDifference(count: { evaluated: number; flipped: number; better: number }): Difference {
  const { evaluated: n, flipped: changed, better } = count;
  const none = { n, changed, needed: 1 };
  if (n === 0) return { ...none, value: null, low: null, high: null, reason: 'not_enough_data' };
  const share = wilson(better, changed);
  if (share === null) return { ...none, value: 0, low: 0, high: 0, reason: null };
  const of = (part: number): number => ((2 * part - 1) * changed) / n;
  return { ...none, value: of(share.value), low: of(share.low), high: of(share.high), reason: null };
}

/** Of the sum, by the normal distribution: too few changed decisions say nothing of how far it may be off. */
function pnlDifference(sums: {
  n: number;
  changed: number;
  difference: number;
  squares: number;
}): Difference {
  const { n, changed, difference, squares } = sums;
  const value = n === 0 ? null : round(difference);
  const common = { value, n, changed, needed: NEEDED_CASES };
  if (changed < NEEDED_CASES) return { ...common, low: null, high: null, reason: 'not_enough_data' };
  // All alike leave a rounding below 0.
  const spread = Math.max(0, squares - (difference * difference) / n);
  const half = Z95 * Math.sqrt((n * spread) / Math.max(1, n - 1));
  return { ...common, low: round(difference - half), high: round(difference + half), reason: null };
}

const round = (amount: number): number => Math.round(amount * 100) / 100 + 0;
