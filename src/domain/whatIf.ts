import { createPnlComparison, type PnlComparison } from './comparedPnl.js';
import type { Terms } from './consensus.js';
import type { CountedDecision } from './decision.js';
import { type Difference, type Rate, wilson } from './measure.js';
import { RULES, type RuleName } from './rules.js';
import { countHeard } from './tally.js';
import type { Ballot } from './voting.js';
import type { TradeAction } from './tradeAction.js';

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
  /** Agents taken out of the swarm; the seats of those who voted are taken out, too. */
  without: ReadonlySet<string>;
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
export interface WhatIf extends PnlComparison {
  /** Counted again. */
  decisions: number;
  evaluated: number;
  changed: number;
  actualSuccess: Rate | null;
  counterfactualSuccess: Rate | null;
  successDifference: Difference;
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
  const pnl = createPnlComparison();
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
      pnl.add(decision, to);
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
      ...pnl.result(),
      changes,
    }),
  };
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
