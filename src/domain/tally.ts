import { consensusCalibration, type NodeRecord, nextSeq } from './node.js';
import type { CountingRule, Evidence } from './rules.js';
import { AGENT_HALF_LIFE, AGENT_PRIOR, calibrate, emptySums, factorAt, pRight, scaleSums } from './sums.js';
import {
  type Ballot,
  byAgentName,
  type CastBallot,
  type Consensus,
  type ConsensusReason,
  countedBallots,
  isCast,
  type TallyBasis,
  TRADE_ACTIONS,
  type TradeAction,
  type VoteResults,
} from './voting.js';

/** Scores that differ by no more are level: what summing in floating point may leave. */
const LEVEL = 1e-9;

/** What a vote is counted from: the latest ballot of each agent, in any order. */
export interface Count {
  ballots: readonly Ballot[];
  totalAgents: number;
  /** Whole percent of `totalAgents`. */
  quorum: number;
  node: NodeRecord;
  /** The decision's number; null when none was taken, then it is read as the node's next. */
  seq: number | null;
  rule: CountingRule;
}

export interface Tally {
  results: VoteResults;
  consensus: Consensus;
  /** As given, in the order given, with `p` and `evidence`. */
  ballots: Ballot[];
  basis: TallyBasis;
}

interface Verdict {
  action: TradeAction;
  reason: ConsensusReason;
  raw: number | null;
}

/** How many ballots must count; ⌈⌉ is taken of whole numbers, since 0.07 × 100 is more than 7. */
export const neededBallots = (quorum: number, totalAgents: number): number =>
  Math.max(1, Math.ceil((quorum * totalAgents) / 100));

/** What was counted for each action, from the latest ballot of each agent. */
export const results = (ballots: readonly Ballot[]): VoteResults =>
  resultsOf(countedBallots(ballots).sort(byAgentName));

function resultsOf(counted: readonly CastBallot[]): VoteResults {
  const votes = sumByAction(counted, () => 1);
  const totalConfidence = sumByAction(counted, ({ weight, confidence }) => weight * confidence);
  return {
    buy: { votes: votes.buy, totalConfidence: totalConfidence.buy },
    sell: { votes: votes.sell, totalConfidence: totalConfidence.sell },
    hold: { votes: votes.hold, totalConfidence: totalConfidence.hold },
  };
}

/**
 * Counts a vote. Ballots are summed by agent name, so that any order of arrival gives identical bytes, and the
 * learned sums are read at the decision's own number, so that a later reading changes nothing.
 */
export function tally({ ballots, totalAgents, quorum, node, seq, rule }: Count): Tally {
  const readAt = seq ?? nextSeq(node);
  const weighed = weigh(ballots, node, readAt, rule);
  const counted = countedBallots(weighed).sort(byAgentName);
  const weights = sumByAction(counted, ({ weight }) => weight);
  const evidence = sumByAction(counted, (ballot) => ballot.evidence ?? 0);
  const hasQuorum = counted.length >= neededBallots(quorum, totalAgents);
  const { action, reason, raw } = hasQuorum ? decide(weights, evidence, rule) : NO_QUORUM;
  const totalWeight = weights.buy + weights.sell + weights.hold;
  return {
    results: resultsOf(counted),
    consensus: {
      action,
      confidence: raw === null ? null : Math.round(100 * pRight(consensusCalibration(node, readAt), raw)),
      agreement: totalWeight === 0 ? 0 : Math.round((100 * weights[action]) / totalWeight),
      isUnanimous: hasQuorum && counted.length >= 2 && counted.every((ballot) => ballot.action === action),
      reason,
    },
    ballots: weighed,
    basis: {
      rule: rule.name,
      ruleVersion: rule.version,
      parameterVersion: node.parameters.version,
      decisionSeq: seq,
      raw,
    },
  };
}

const NO_QUORUM: Verdict = { action: 'hold', reason: 'no_quorum', raw: null };

function decide(weights: Evidence, evidence: Evidence, rule: CountingRule): Verdict {
  const hasEvidence = TRADE_ACTIONS.some((action) => evidence[action] > LEVEL);
  const leader = leaderOf(hasEvidence ? evidence : weights);
  if (leader === null) return { action: 'hold', reason: 'tie', raw: 0.5 };
  return hasEvidence
    ? { action: leader, reason: 'evidence', raw: rule.raw(evidence, leader) }
    : { action: leader, reason: 'plurality', raw: 0.5 };
}

/** The action with the highest score, null when two are level at the top. */
function leaderOf(scores: Evidence): TradeAction | null {
  const [first, second] = TRADE_ACTIONS.toSorted((a, b) => scores[b] - scores[a]);
  if (first === undefined || second === undefined) return null;
  return scores[first] - scores[second] > LEVEL ? first : null;
}

const STRANGER = emptySums();

/** Each ballot with what the record of its agent makes of it. */
function weigh(ballots: readonly Ballot[], node: NodeRecord, seq: number, rule: CountingRule): Ballot[] {
  const records = new Map(node.agents.map((agent) => [agent.agentName, agent]));
  const decay = factorAt(node.baseSeq, seq, AGENT_HALF_LIFE);
  const counted = countedBallots(ballots);
  const totalWeight = counted.reduce((sum, { weight }) => sum + weight, 0);
  return ballots.map((ballot) => {
    if (!isCast(ballot)) return { ...ballot, p: null, evidence: null };
    const sums = scaleSums(records.get(ballot.agentName) ?? STRANGER, decay);
    const stated = ballot.confidence / 100;
    const p = pRight(calibrate(sums, AGENT_PRIOR, 1), stated);
    if (ballot.weight <= 0) return { ...ballot, p, evidence: 0 };
    // One division of whole numbers, exact before it: any order, and ten times every weight, give the same bytes.
    const share = (ballot.weight * counted.length) / totalWeight;
    return { ...ballot, p, evidence: rule.evidence({ share, stated, p, sums }) };
  });
}

function sumByAction(ballots: readonly CastBallot[], valueOf: (ballot: CastBallot) => number): Evidence {
  const sums: Evidence = { buy: 0, sell: 0, hold: 0 };
  for (const ballot of ballots) sums[ballot.action] += valueOf(ballot);
  return sums;
}
