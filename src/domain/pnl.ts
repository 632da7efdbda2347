import { type CountedDecision, isBacking } from './decision.js';
import { byAgentName, countedBallots } from './voting.js';

/**
 * What is attributed of one decision at most: a million million of the currency. No account moves as much, and
 * whole cents of that size still add up exactly over dozens of decisions.
 */
const MAX_CENTS = 1e14;

/** Currency to whole cents, half a cent away from 0, at most a million million of the currency either way. */
export const toCents = (pnl: number): number =>
  Math.sign(pnl) * Math.min(MAX_CENTS, Math.round(Math.abs(pnl) * 100)) + 0;

/**
 * The whole cents of a decision's pnl that each voter for its action carries, by its evidence as it was counted (by
 * weight where there is no evidence). They add up exactly: what rounding leaves is settled a cent each, the largest
 * share first. Empty without a pnl and where nobody backed the action.
 */
export function attributePnl(decision: CountedDecision, pnl: number | null): Map<string, number> {
  const backers = countedBallots(decision.ballots).filter((ballot) => isBacking(ballot, decision));
  if (pnl === null || backers.length === 0) return new Map();
  const hasEvidence = backers.some((ballot) => (ballot.evidence ?? 0) > 0);
  const ranked = backers
    .map(({ agentName, evidence, weight }) => ({ agentName, share: hasEvidence ? (evidence ?? 0) : weight }))
    .sort((a, b) => b.share - a.share || byAgentName(a, b));
  const total = ranked.reduce((sum, { share }) => sum + share, 0);
  const cents = Math.abs(toCents(pnl));
  const rounded = ranked.map(({ share }) => Math.round((cents * share) / total));
  const left = cents - rounded.reduce((sum, part) => sum + part, 0);
  const settled = rounded.map((part, rank) => part + cent(left, rank, ranked.length));
  return new Map(ranked.map(({ agentName }, rank) => [agentName, Math.sign(pnl) * (settled[rank] ?? 0) + 0]));
}

/** The part of what rounding left that falls to one rank: as even as whole cents allow. */
const cent = (left: number, rank: number, ranks: number): number =>
  Math.sign(left) * (Math.floor(Math.abs(left) / ranks) + (rank < Math.abs(left) % ranks ? 1 : 0));
