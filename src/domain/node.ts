import type { ParameterAdjustment } from './parameters.js';
import { type Bins, emptyBins } from './bins.js';
import type { DecisionOutcome, Feedback, Learning, PastLearning } from './decision.js';
import type { Units } from './money.js';
import {
  AGENT_HALF_LIFE,
  AGENT_PRIOR,
  type Calibration,
  CONSENSUS_HALF_LIFE,
  CONSENSUS_PRIOR,
  calibrate,
  emptySums,
  factorAt,
  scaleSums,
  type Sums,
} from './sums.js';
import type { Ballot } from './voting.js';

/** What is kept of one agent for one node: the decayed sums, and plain counts that never fade. */
export interface AgentRecord extends Sums {
  agentName: string;
  /** Evaluated votes. */
  votes: number;
  /** Votes that proved right. */
  hits: number;
  /** Σ (stated confidence − right)². */
  squaredError: number;
  /** Its parts of the pnl of decisions. */
  pnl: Units;
  /** Decisions that succeeded among those it voted in. */
  swarmHits: number;
  /** Its votes by stated confidence. */
  bins: Bins;
  /** The highest number of a decision in which a vote of its was evaluated, or more. */
  lastSeq: number;
  /** Its votes in decisions up to this number are not in here: it may have been forgotten after them. */
  countedAbove: number;
}

/** Money won or lost, 0 or more, and by how many decisions. */
export interface Money {
  n: number;
  sum: Units;
}

/** What is kept of the consensus itself, in plain counts that never fade; `self` are its decayed sums. */
export interface ConsensusRecord {
  /** Evaluated decisions with a confidence. */
  decisions: number;
  hits: number;
  /** Σ (shown confidence − success)². */
  squaredError: number;
  /** Its decisions by the confidence that was shown. */
  bins: Bins;
  wins: Money;
  losses: Money;
}

/** All that one node has learned. Sums are a cache: the decision log is the truth. */
export interface NodeRecord {
  userId: string;
  userNodeId: string;
  /** The number of its newest decision, 0 before the first. */
  lastDecisionSeq: number;
  /** Rises with each write of the sums; a writer names the version it read. */
  version: number;
  /** The decision number whose factor is 1 in the sums; a multiple of 10,000. */
  baseSeq: number;
  agents: AgentRecord[];
  /** Agents without a record may have been forgotten: their votes in decisions up to this number count no more. */
  forgottenUpTo: number;
  self: Sums;
  consensus: ConsensusRecord;
  /** It was written by a version that did not count all of this yet: to be rebuilt before it is added to. */
  isPartial: boolean;
  /** The newest of each path. */
  adjustments: ParameterAdjustment[];
  /** Applied to the sums, perhaps not yet to the decision. */
  unsettled: UnsettledFeedback | null;
}

/** Feedback that is in the sums of its node and must now be written to its decision. */
export interface UnsettledFeedback {
  decisionId: string;
  /** Under which what it changed, and what it suggests, is kept in the history of the node's parameters. */
  changesId: string;
  suggestionId: string;
  executionId: string | null;
  /** The node's version that has it in its sums: of what was learned since another one, this is above. */
  nodeVersion: number;
  /** Those that came late and are in the sums with the others. */
  lateBallots: readonly Ballot[];
  /** What the feedback before it taught; null where it is the first. */
  replaced: PastLearning | null;
  learning: Learning;
  feedback: Feedback;
  outcome: DecisionOutcome;
}

/** Whole powers of two for both half-lives, so that a shift of the base costs no digit. */
const BASE_STEP = 10_000;
/** Far below decision 102,400, where an agent's factor would overflow. */
const MAX_DISTANCE = 2 * BASE_STEP;

/** A node that has decided and learned nothing. */
export const newNode = (userId: string, userNodeId: string): NodeRecord => ({
  userId,
  userNodeId,
  lastDecisionSeq: 0,
  version: 0,
  baseSeq: 0,
  agents: [],
  forgottenUpTo: 0,
  self: emptySums(),
  consensus: newConsensus(),
  isPartial: false,
  adjustments: [],
  unsettled: null,
});

/** The record of a consensus without a case. */
export const newConsensus = (): ConsensusRecord => ({
  decisions: 0,
  hits: 0,
  squaredError: 0,
  bins: emptyBins(),
  wins: { n: 0, sum: 0n },
  losses: { n: 0, sum: 0n },
});

/** An agent of which nothing is known yet, or no more. */
export const newAgent = (agentName: string, countedAbove = 0): AgentRecord => ({
  agentName,
  ...emptySums(),
  votes: 0,
  hits: 0,
  squaredError: 0,
  pnl: 0n,
  swarmHits: 0,
  bins: emptyBins(),
  lastSeq: 0,
  countedAbove,
});

/** Up to which version all feedback in its sums is on the decisions, too; 0 for a node there is not. */
export const settledVersion = (node: NodeRecord | null): number =>
  node === null ? 0 : node.unsettled === null ? node.version : node.version - 1;

/** The decision number at which "now" is read: that of the node's next decision. */
export const nextSeq = (node: NodeRecord): number => node.lastDecisionSeq + 1;

/** How one agent's sums of this node (`emptySums()` for a stranger) read at decision `seq`. */
export const agentCalibration = (node: NodeRecord, sums: Sums, seq: number): Calibration =>
  calibrate(sums, AGENT_PRIOR, factorAt(node.baseSeq, seq, AGENT_HALF_LIFE));

/** How the consensus' own record reads at decision `seq`. */
export const consensusCalibration = (node: NodeRecord, seq: number): Calibration =>
  calibrate(node.self, CONSENSUS_PRIOR, factorAt(node.baseSeq, seq, CONSENSUS_HALF_LIFE));

/** The node with sums that a case of decision `seq` can be added to without overflow; what they say is unchanged. */
export function rebase(node: NodeRecord, seq = node.lastDecisionSeq): NodeRecord {
  if (seq - node.baseSeq < MAX_DISTANCE) return node;
  const baseSeq = Math.floor(seq / BASE_STEP) * BASE_STEP;
  const factor = factorAt(node.baseSeq, baseSeq, AGENT_HALF_LIFE);
  return {
    ...node,
    baseSeq,
    agents: node.agents.map((agent) => ({ ...agent, ...scaleSums(agent, factor) })),
    self: scaleSums(node.self, factorAt(node.baseSeq, baseSeq, CONSENSUS_HALF_LIFE)),
  };
}
