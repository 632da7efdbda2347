import { appliedAdjustments, mergeAdjustments, suggestedAdjustments } from './adjustment.js';
import { addToBins } from './bins.js';
import {
  type CountedDecision,
  type DecisionLog,
  type DecisionOutcome,
  type Feedback,
  isBacking,
  judgedBallots,
  type Learning,
} from './decision.js';
import type { FeedbackSource } from './feedbackSource.js';
import { forgetOldest } from './forgetting.js';
import type { Lesson } from './lesson.js';
import { findLessons, type RecentOutcome } from './lessons.js';
import {
  type AgentRecord,
  type ConsensusRecord,
  type Money,
  type NodeRecord,
  newAgent,
  rebase,
  type UnsettledFeedback,
} from './node.js';
import type { NodeParameters } from './parameters.js';
import { toUnits, type Units } from './money.js';
import { attributePnl } from './pnl.js';
import { AGENT_HALF_LIFE, addCase, CONSENSUS_HALF_LIFE, factorAt } from './sums.js';
import { byAgentName, type CastBallot } from './voting.js';

/** Feedback as it now stands: what a correction leaves out is already filled in from the one before. */
interface FeedbackGiven {
  node: NodeRecord;
  /** In force now: what is suggested is a step from them. */
  parameters: NodeParameters;
  decision: DecisionLog;
  /** How the node's other decisions turned out, newest first; wanted where this one failed or lost. */
  recent: readonly RecentOutcome[];
  outcome: DecisionOutcome;
  source: FeedbackSource | null;
  addedLessons: string[];
  idempotencyKey: string | null;
  contentHash: string;
  /** Ids in the history of the node's parameters: of what changes, and of what is suggested. */
  changesId: string;
  suggestionId: string;
  at: Date;
}

export interface FeedbackApplied {
  /** As the write of the sums stores it: a version on, with what is not yet on the decision. */
  node: NodeRecord;
  learning: Learning;
  feedback: Feedback;
}

/** How well a decision's confidence, in percent, met what happened: 100 less a hundred times its Brier score; to 0.01. */
export function confidenceAccuracy(confidence: number | null, success: boolean | null): number | null {
  if (confidence === null || success === null) return null;
  const off = confidence - (success ? 100 : 0);
  return Math.round(10_000 - off * off) / 100;
}

/** A vote was right when it backed what succeeded, or was against what failed. */
export const isRight = (vote: CastBallot, decision: CountedDecision, success: boolean): boolean =>
  isBacking(vote, decision) === success;

/**
 * Judges a decision by its outcome and adds it to what the node knows; an outcome recorded before is taken back first.
 * Not idempotent: whether the same feedback was recorded already is the caller's to see. The node's `lastDecisionSeq`
 * is only read, other decisions may raise it meanwhile.
 */
export function learnFrom(given: FeedbackGiven): FeedbackApplied {
  const { node, decision, outcome, at } = given;
  const before = decision.outcome === null ? node : addOutcome(node, decision, decision.outcome, -1);
  const after = forgetOldest(addOutcome(before, decision, outcome, 1));
  const parametersToAdjust = [
    ...appliedAdjustments(node, after, at),
    ...suggestedAdjustments(after, given.parameters, at),
  ];
  const learning: Learning = {
    wasCorrect: outcome.success === true,
    confidenceAccuracy: confidenceAccuracy(decision.decision.confidence, outcome.success),
    lessons: lessonsOf(given, before, after),
    parametersToAdjust,
  };
  const feedback = feedbackOf(given);
  const version = node.version + 1;
  return {
    node: {
      ...after,
      // Whose only vote turned out to be no vote at all is as if it had never been heard of.
      agents: after.agents.filter(({ votes }) => votes > 0),
      version,
      adjustments: mergeAdjustments(node.adjustments, parametersToAdjust),
      unsettled: unsettledOf(given, version, learning, feedback),
    },
    learning,
    feedback,
  };
}

/** What the sums with and without the outcome teach, then what the caller says was learned. */
function lessonsOf(given: FeedbackGiven, before: NodeRecord, after: NodeRecord): Lesson[] {
  const { decision, outcome, recent, addedLessons } = given;
  const source = given.source ?? 'caller';
  const found =
    isTeaching(decision) && outcome.success !== null
      ? findLessons({ decision, outcome, before, after, recent })
      : [];
  return [...found, ...addedLessons.map((text): Lesson => ({ code: null, text, source }))];
}

/** As the decision keeps it. */
const feedbackOf = (given: FeedbackGiven): Feedback => ({
  revision: given.decision.revision + 1,
  outcome: given.outcome,
  source: given.source,
  recordedAt: given.at,
  idempotencyKey: given.idempotencyKey,
  contentHash: given.contentHash,
  addedLessons: given.addedLessons,
});

/** What the node keeps until it is on the decision: any process that finds it can finish the writing. */
const unsettledOf = (
  { decision, outcome, changesId, suggestionId }: FeedbackGiven,
  nodeVersion: number,
  learning: Learning,
  feedback: Feedback,
): UnsettledFeedback => ({
  decisionId: decision.id,
  changesId,
  suggestionId,
  executionId: decision.executionId,
  nodeVersion,
  lateBallots: decision.lateBallots ?? [],
  replaced: decision.learning && { revision: decision.revision, learning: decision.learning },
  learning,
  feedback,
  outcome,
});

/**
 * The node with one outcome in its sums (`sign` 1) or out of them (−1), by the ballots as they were counted, advice
 * and those that came late included. Commutes with itself to 1e-9, so a rebuild from the log may go in any order. A scratch changes nothing.
 */
export function addOutcome(
  node: NodeRecord,
  decision: CountedDecision,
  outcome: DecisionOutcome,
  sign: 1 | -1,
): NodeRecord {
  const raw = decision.basis?.raw ?? null;
  const { success } = outcome;
  if (raw === null || success === null || !isTeaching(decision)) return node;
  const based = rebase(node, Math.max(node.lastDecisionSeq, decision.seq));
  const factor = factorAt(decision.seq, based.baseSeq, AGENT_HALF_LIFE);
  const parts = attributePnl(decision, outcome.pnl);
  const records = new Map(based.agents.map((agent) => [agent.agentName, agent]));
  const ok = success ? 1 : 0;
  for (const ballot of judgedBallots(decision)) {
    const { agentName } = ballot;
    const record = records.get(agentName) ?? newAgent(agentName, based.forgottenUpTo);
    if (decision.seq <= record.countedAbove) continue;
    const o = isRight(ballot, decision, success) ? 1 : 0;
    const pnl = parts.get(agentName) ?? 0n;
    const added = addVote(record, { confidence: ballot.confidence, o, ok, pnl }, factor, sign);
    added.lastSeq = Math.max(record.lastSeq, decision.seq);
    records.set(agentName, added);
  }
  const selfFactor = factorAt(decision.seq, based.baseSeq, CONSENSUS_HALF_LIFE);
  return {
    ...based,
    agents: [...records.values()].sort(byAgentName),
    self: addCase(based.self, { c: raw, o: ok, ok }, selfFactor, sign),
    consensus: addDecision(based.consensus, decision.decision.confidence, ok, outcome.pnl, sign),
  };
}

function addDecision(
  { decisions, hits, squaredError, bins, wins, losses }: ConsensusRecord,
  confidence: number | null,
  ok: 0 | 1,
  pnl: number | null,
  sign: 1 | -1,
): ConsensusRecord {
  const shown = confidence ?? 0;
  const earned = toUnits(pnl ?? 0);
  return {
    decisions: decisions + sign,
    hits: hits + sign * ok,
    squaredError: tenThousandths(squaredError + sign * (shown / 100 - ok) ** 2),
    bins: addToBins(bins, shown, ok, sign),
    wins: earned > 0n ? addMoney(wins, earned, sign) : wins,
    losses: earned < 0n ? addMoney(losses, -earned, sign) : losses,
  };
}

const addMoney = (money: Money, amount: Units, sign: 1 | -1): Money => ({
  n: money.n + sign,
  sum: money.sum + BigInt(sign) * amount,
});

/** A decision that no swarm took, or one without a quorum, says nothing about anyone. */
export const isTeaching = (decision: CountedDecision): boolean =>
  decision.ballots.length > 0 && decision.basis !== null && decision.basis.raw !== null;

/** A vote as its outcome judged it; `confidence` in whole percent, `pnl` its part of the decision's. */
interface JudgedVote {
  confidence: number;
  o: 0 | 1;
  ok: 0 | 1;
  pnl: Units;
}

/** The record with one vote added (`sign` 1) or taken back (−1), weighed by the factor of its decision. */
export function addVote(record: AgentRecord, vote: JudgedVote, factor: number, sign: 1 | -1): AgentRecord {
  const stated = vote.confidence / 100;
  // Every field by name: with spreads one feedback of seven votes took 20 µs, so it takes 4.
  const { n, o, c, cc, co, r } = addCase(record, { c: stated, o: vote.o, ok: vote.ok }, factor, sign);
  return {
    agentName: record.agentName,
    n,
    o,
    c,
    cc,
    co,
    r,
    votes: record.votes + sign,
    hits: record.hits + sign * vote.o,
    squaredError: tenThousandths(record.squaredError + sign * (stated - vote.o) ** 2),
    pnl: record.pnl + BigInt(sign) * vote.pnl,
    swarmHits: record.swarmHits + sign * vote.ok,
    bins: addToBins(record.bins, vote.confidence, vote.o, sign),
    lastSeq: record.lastSeq,
    countedAbove: record.countedAbove,
  };
}

/** Every square of whole percents is a whole number of these: rounding keeps taking back exact. */
const tenThousandths = (value: number): number => Math.round(value * 10_000) / 10_000;
