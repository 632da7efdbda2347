import type { CountingRule, Evidence } from './rules.js';
import type { ConsensusReason } from './voting.js';
import { TRADE_ACTIONS, type TradeAction } from './tradeAction.js';

/** Scores that differ by no more are level: what summing in floating point may leave. */
const LEVEL = 1e-9;

/** A counted ballot: what it is for, the owner's weight, and what its rule makes of it at mean weight. */
export interface WeighedBallot {
  agentName: string;
  action: TradeAction;
  weight: number;
  strength: number;
}

/** What the weighed ballots must come to. */
export interface Terms {
  totalAgents: number;
  /** Whole percent of `totalAgents`. */
  quorum: number;
  rule: CountingRule;
}

export interface Verdict {
  action: TradeAction;
  reason: ConsensusReason;
  /** The uncalibrated chance of the action, 0 to 1; null without a quorum. */
  raw: number | null;
  weights: Evidence;
  evidence: Evidence;
}

/** How many ballots must count; ⌈⌉ is taken of whole numbers, since 0.07 × 100 is more than 7. */
export const neededBallots = (quorum: number, totalAgents: number): number =>
  Math.max(1, Math.ceil((quorum * totalAgents) / 100));

/**
 * The evidence of one of `n` ballots that weigh `totalWeight` together. One division of whole numbers, exact before it:
 * any order, and ten times every weight, give the same bytes.
 */
export const evidenceOf = ({ weight, strength }: WeighedBallot, n: number, totalWeight: number): number =>
  ((weight * n) / totalWeight) * strength;

/**
 * What the swarm settles on: quorum, nobody has evidence, tie, evidence, in this order. The ballots must be in the
 * canonical order, by agent's name, so that their sums are the same bytes whatever order they arrived in.
 */
export function decide(weighed: readonly WeighedBallot[], { totalAgents, quorum, rule }: Terms): Verdict {
  const weights: Evidence = { buy: 0, sell: 0, hold: 0 };
  for (const one of weighed) weights[one.action] += one.weight;
  const totalWeight = weights.buy + weights.sell + weights.hold;
  const evidence: Evidence = { buy: 0, sell: 0, hold: 0 };
  for (const one of weighed) evidence[one.action] += evidenceOf(one, weighed.length, totalWeight);
  if (weighed.length < neededBallots(quorum, totalAgents)) {
    return { action: 'hold', reason: 'no_quorum', raw: null, weights, evidence };
  }
  const hasEvidence = hasAny(evidence);
  const leader = leaderOf(hasEvidence ? evidence : weights);
  if (leader === null) return { action: 'hold', reason: 'tie', raw: 0.5, weights, evidence };
  return hasEvidence
    ? { action: leader, reason: 'evidence', raw: rule.raw(evidence, leader), weights, evidence }
    : { action: leader, reason: 'plurality', raw: 0.5, weights, evidence };
}

/** Whether anybody's word carries evidence; without, plain weight decides. */
export const hasAny = (evidence: Evidence): boolean =>
  TRADE_ACTIONS.some((action) => evidence[action] > LEVEL);

/** The action with the highest score, null when two are level at the top. */
function leaderOf({ buy, sell, hold }: Evidence): TradeAction | null {
  if (buy - sell > LEVEL && buy - hold > LEVEL) return 'buy';
  if (sell - buy > LEVEL && sell - hold > LEVEL) return 'sell';
  return hold - buy > LEVEL && hold - sell > LEVEL ? 'hold' : null;
}
