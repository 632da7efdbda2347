import { decide, evidenceOf, hasAny, type Terms, type Verdict, type WeighedBallot } from './consensus.js';
import { type Evidence, RULES, type RuleName } from './rules.js';
import { weighBallots } from './tally.js';
import { type Ballot, type ConsensusReason, countedBallots, type SwarmVote } from './voting.js';
import { TRADE_ACTIONS, type TradeAction } from './tradeAction.js';

/** What one counted ballot said, and how far its word went. */
interface AgentEvidence {
  agentName: string;
  action: TradeAction;
  /** Stated, whole percent. */
  confidence: number;
  weight: number;
  /** The learned chance, 0.05 to 0.95, that it would prove right, as it was read then. */
  probability: number;
  evidence: number;
  /** Its part of all evidence, 0 to 1; of all weight where nobody had evidence. */
  share: number;
}

/** What would have been settled on if an agent had voted otherwise, its confidence the same, or not at all. */
interface PivotalChange {
  /** Null is not at all. */
  vote: TradeAction | null;
  action: TradeAction;
  reason: ConsensusReason;
}

export interface PivotalAgent {
  agentName: string;
  /** One or more. */
  changes: PivotalChange[];
}

/** Why a vote came out so, from what was stored when it was counted. */
export interface Explanation {
  rule: RuleName;
  ruleVersion: number;
  parameterVersion: number;
  decisionSeq: number | null;
  raw: number | null;
  /** Evidence by action. */
  scores: Evidence;
  /** Those counted, most evidence first. */
  agents: AgentEvidence[];
  /** Whole percent of the counted weight, and of the counted agents, behind the action. */
  agreementByWeight: number;
  agreementByHeads: number;
  /** Those counted who were for another action, by name. */
  dissenters: string[];
  /** The best of the other actions that anybody was for; null without one, and without a quorum. */
  runnerUp: TradeAction | null;
  /** By how much the action was ahead of it, in evidence (in weight where nobody had evidence); null without a quorum. */
  margin: number | null;
}

/** Null until the vote is complete. Says the same whenever it is asked, whatever was learned since. */
export function explain({ basis, consensus, ballots, totalAgents, quorum }: SwarmVote): Explanation | null {
  if (basis === null || consensus === null) return null;
  const rule = RULES[basis.rule];
  const terms: Terms = { totalAgents, quorum, rule };
  const weighed = weighBallots(ballots, rule);
  const verdict = decide(weighed, terms);
  const { action } = consensus;
  const backers = weighed.filter((one) => one.action === action).length;
  return {
    rule: basis.rule,
    ruleVersion: basis.ruleVersion,
    parameterVersion: basis.parameterVersion,
    decisionSeq: basis.decisionSeq,
    raw: basis.raw,
    scores: verdict.evidence,
    agents: agentsOf(weighed, ballots, verdict),
    agreementByWeight: consensus.agreement,
    agreementByHeads: weighed.length === 0 ? 0 : Math.round((100 * backers) / weighed.length),
    dissenters: weighed.filter((one) => one.action !== action).map(({ agentName }) => agentName),
    ...runnerUp(weighed, verdict),
  };
}

function agentsOf(
  weighed: readonly WeighedBallot[],
  ballots: readonly Ballot[],
  verdict: Verdict,
): AgentEvidence[] {
  const cast = new Map(countedBallots(ballots).map((ballot) => [ballot.agentName, ballot]));
  const totalWeight = sum(verdict.weights);
  const byEvidence = hasAny(verdict.evidence);
  const all = byEvidence ? sum(verdict.evidence) : totalWeight;
  return weighed
    .map((one) => {
      const { agentName, action, weight } = one;
      const evidence = evidenceOf(one, weighed.length, totalWeight);
      const ballot = cast.get(agentName);
      return {
        agentName,
        action,
        confidence: ballot?.confidence ?? 0,
        weight,
        probability: ballot?.p ?? 0,
        evidence,
        share: (byEvidence ? evidence : weight) / all,
      };
    })
    .sort((a, b) => b.evidence - a.evidence);
}

const sum = ({ buy, sell, hold }: Evidence): number => buy + sell + hold;

function runnerUp(
  weighed: readonly WeighedBallot[],
  { action, reason, weights, evidence }: Verdict,
): Pick<Explanation, 'runnerUp' | 'margin'> {
  if (reason === 'no_quorum') return { runnerUp: null, margin: null };
  const scores = hasAny(evidence) ? evidence : weights;
  const ranked = TRADE_ACTIONS.filter((each) => weighed.some((one) => one.action === each)).sort(
    (a, b) => scores[b] - scores[a],
  );
  const second = ranked.find((each) => each !== action) ?? null;
  // Neither of two that are level is ahead, and hold may be one of them: the first of the others is named.
  if (reason === 'tie') return { runnerUp: second, margin: 0 };
  return { runnerUp: second, margin: scores[action] - (second === null ? 0 : scores[second]) };
}

/**
 * Who, by voting otherwise or not at all, would have changed the action, by name; nobody until the vote is complete.
 * Each single change is counted anew: sums of a few hundred numbers, with all that is costly done once in the weighing.
 */
export function pivotalAgents(vote: SwarmVote): PivotalAgent[] {
  const { basis, consensus, ballots, totalAgents, quorum } = vote;
  if (basis === null || consensus === null) return [];
  const { action } = consensus;
  const rule = RULES[basis.rule];
  const terms: Terms = { totalAgents, quorum, rule };
  const weighed = weighBallots(ballots, rule);
  return weighed.flatMap((one, at) => {
    const changed = (vote: TradeAction | null): PivotalChange => {
      const others = vote === null ? weighed.toSpliced(at, 1) : weighed.with(at, { ...one, action: vote });
      const { action: instead, reason } = decide(others, terms);
      return { vote, action: instead, reason };
    };
    const changes = [...TRADE_ACTIONS.filter((other) => other !== one.action), null]
      .map(changed)
      .filter((change) => change.action !== action);
    return changes.length === 0 ? [] : [{ agentName: one.agentName, changes }];
  });
}
