import { decide, evidenceOf, type Terms, type Verdict, type WeighedBallot } from './consensus.js';
import { consensusCalibration, type NodeRecord, nextSeq } from './node.js';
import type { CountingRule } from './rules.js';
import {
  AGENT_HALF_LIFE,
  AGENT_PRIOR,
  calibrate,
  emptySums,
  factorAt,
  type Line,
  pRight,
  scaleSums,
} from './sums.js';
import {
  type Ballot,
  byAgentName,
  type CastBallot,
  type Consensus,
  countedBallots,
  isCast,
  type TallyBasis,
  type VoteResults,
} from './voting.js';
import { TRADE_ACTIONS, type TradeAction } from './tradeAction.js';

/** What a vote is counted from: the latest ballot of each agent, in any order. */
interface Count extends Terms {
  ballots: readonly Ballot[];
  node: NodeRecord;
  /** The decision's number; null when none was taken, then it is read as the node's next. */
  seq: number | null;
  /** Of the node's parameters that gave the terms. */
  parameterVersion: number;
}

/** What counting a vote comes to. */
export interface Tally {
  results: VoteResults;
  consensus: Consensus;
  /** As given, in the order given, with `p`, `r` and `evidence`. */
  ballots: Ballot[];
  basis: TallyBasis;
}

/** What was counted for each action, from the latest ballot of each agent. */
export function results(ballots: readonly Ballot[]): VoteResults {
  const counted = countedBallots(ballots).sort(byAgentName);
  const of = (action: TradeAction) => {
    const own = counted.filter((ballot) => ballot.action === action);
    const totalConfidence = own.reduce((sum, { weight, confidence }) => sum + weight * confidence, 0);
    return { votes: own.length, totalConfidence };
  };
  return { buy: of('buy'), sell: of('sell'), hold: of('hold') };
}

/**
 * Counts a vote. The learned sums are read at the decision's own number, so that a later reading changes nothing;
 * what was read is kept with the ballots and the basis, so that `countHeard` counts them again to the same bytes.
 */
export function tally({ ballots, node, seq, parameterVersion, ...terms }: Count): Tally {
  const readAt = seq ?? nextSeq(node);
  const { meanStated, meanRight, slope } = consensusCalibration(node, readAt);
  const self = { meanStated, meanRight, slope };
  const { verdict, ...counted } = countHeard(hear(ballots, node, readAt), terms, self);
  const { totalAgents, quorum, rule } = terms;
  return {
    ...counted,
    results: results(ballots),
    basis: {
      rule: rule.name,
      ruleVersion: rule.version,
      parameterVersion,
      decisionSeq: seq,
      raw: verdict.raw,
      totalAgents,
      quorum,
      self,
    },
  };
}

interface Counted {
  verdict: Verdict;
  consensus: Consensus;
  ballots: Ballot[];
}

/** Counts ballots of which `p` and `r` are known; `self` is how the consensus' own record reads. */
export function countHeard(ballots: readonly Ballot[], terms: Terms, self: Line): Counted {
  const weighed = weighBallots(ballots, terms.rule);
  const verdict = decide(weighed, terms);
  const { action, reason, raw, weights } = verdict;
  const totalWeight = TRADE_ACTIONS.reduce((sum, each) => sum + weights[each], 0);
  return {
    verdict,
    consensus: {
      action,
      confidence: raw === null ? null : Math.round(100 * pRight(self, raw)),
      agreement: totalWeight === 0 ? 0 : Math.round((100 * weights[action]) / totalWeight),
      isUnanimous:
        reason !== 'no_quorum' && weighed.length >= 2 && weighed.every((one) => one.action === action),
      reason,
    },
    ballots: withEvidence(ballots, weighed, totalWeight),
  };
}

/** The counted ballots in the canonical order, as a rule hears them. */
export const weighBallots = (ballots: readonly Ballot[], rule: CountingRule): WeighedBallot[] =>
  countedBallots(ballots)
    .sort(byAgentName)
    .map(({ agentName, action, weight, confidence, p, r }: CastBallot) => ({
      agentName,
      action,
      weight,
      strength: rule.strength({ stated: confidence / 100, p: p ?? AGENT_PRIOR.right, r: r ?? 0 }),
    }));

function withEvidence(
  ballots: readonly Ballot[],
  weighed: readonly WeighedBallot[],
  totalWeight: number,
): Ballot[] {
  const byName = new Map(weighed.map((one) => [one.agentName, one]));
  return ballots.map((ballot) => {
    if (!isCast(ballot)) return { ...ballot, evidence: null };
    const one = byName.get(ballot.agentName);
    return {
      ...ballot,
      evidence: one === undefined ? 0 : evidenceOf(one, weighed.length, totalWeight),
    };
  });
}

const STRANGER = emptySums();

/** Each ballot with what the record of its agent makes of it at this decision number; nothing of an abstention. */
function hear(ballots: readonly Ballot[], node: NodeRecord, seq: number): Ballot[] {
  const records = new Map(node.agents.map((agent) => [agent.agentName, agent]));
  const decay = factorAt(node.baseSeq, seq, AGENT_HALF_LIFE);
  return ballots.map((ballot) => {
    if (!isCast(ballot)) return { ...ballot, p: null, r: null };
    const sums = scaleSums(records.get(ballot.agentName) ?? STRANGER, decay);
    const p = pRight(calibrate(sums, AGENT_PRIOR, 1), ballot.confidence / 100);
    return { ...ballot, p, r: sums.r };
  });
}
