import { type CountedDecision, isBacking } from './decision.js';
import { toUnits, type Units } from './money.js';
import { byAgentName, countedBallots } from './voting.js';

/**
 * The part of a decision's pnl that each voter for its action carries, by its evidence as it was counted (by weight
 * where there is no evidence). The parts add up exactly: what rounding leaves is settled a unit each, the largest share
 * first. Empty without a pnl and where nobody backed the action.
 */
export function attributePnl(decision: CountedDecision, pnl: number | null): Map<string, Units> {
  const backers = countedBallots(decision.ballots).filter((ballot) => isBacking(ballot, decision));
  if (pnl === null || backers.length === 0) return new Map();
  const hasEvidence = backers.some((ballot) => (ballot.evidence ?? 0) > 0);
  const ranked = backers
    .map(({ agentName, evidence, weight }) => ({ agentName, share: hasEvidence ? (evidence ?? 0) : weight }))
    .sort((a, b) => b.share - a.share || byAgentName(a, b));
  const total = ranked.reduce((sum, { share }) => sum + share, 0);
  const parts = split(
    toUnits(pnl),
    ranked.map(({ share }) => BigInt(Math.round((share / total) * PRECISION))),
  );
  return new Map(ranked.map(({ agentName }, rank) => [agentName, parts[rank] ?? 0n]));
}

/** As whole numbers of this, shares keep all bits of a double, small ones too: no amount is too large to be split. */
const PRECISION = 2 ** 100;

/** Each part to the nearest unit; what that leaves, less than a unit each, falls to the largest shares, which come first. */
function split(amount: Units, shares: readonly bigint[]): Units[] {
  const total = shares.reduce((sum, share) => sum + share, 0n);
  const size = amount < 0n ? -amount : amount;
  const sign = amount < 0n ? -1n : 1n;
  const parts = shares.map((share) => (2n * size * share + total) / (2n * total));
  const left = size - parts.reduce((sum, part) => sum + part, 0n);
  const step = left < 0n ? -1n : 1n;
  return parts.map((part, rank) => sign * (BigInt(rank) < step * left ? part + step : part));
}
