import type { AgentWeight } from '../domain/parameters.js';
import { calibrate, CONSENSUS_PRIOR, emptySums, type Line } from '../domain/sums.js';
import type { Ballot, Consensus, TallyBasis, VoteResults } from '../domain/voting.js';
import type { BallotDocument, BasisDocument, ConsensusDocument, ResultsDocument } from './documents.js';

export const toBallot = (document: BallotDocument): Ballot => ({
  agentName: document.agent_name,
  action: document.action,
  confidence: document.confidence,
  weight: document.weight,
  abstention: document.abstention,
  seq: document.seq,
  timestamp: document.timestamp,
  p: document.p,
  r: document.r ?? null,
  evidence: document.evidence,
  isDefaultWeight: document.is_default_weight ?? false,
  aiModel: document.ai_model ?? null,
  phase: document.phase ?? null,
});

export const fromBallot = ({ agentName, aiModel, isDefaultWeight, ...ballot }: Ballot): BallotDocument => ({
  agent_name: agentName,
  ai_model: aiModel,
  is_default_weight: isDefaultWeight,
  ...ballot,
});

export const toBasis = (document: BasisDocument): TallyBasis => ({
  rule: document.rule,
  ruleVersion: document.rule_version,
  parameterVersion: document.parameter_version,
  decisionSeq: document.decision_seq,
  raw: document.raw,
  totalAgents: document.total_agents ?? null,
  quorum: document.quorum ?? null,
  self: document.self === undefined ? UNKNOWN_SELF : toLine(document.self),
});

/** Of votes that were counted before it was kept: a newcomer's. */
const UNKNOWN_SELF = calibrate(emptySums(), CONSENSUS_PRIOR, 1);

const toLine = (document: NonNullable<BasisDocument['self']>): Line => ({
  meanStated: document.mean_stated,
  meanRight: document.mean_right,
  slope: document.slope,
});

export const fromBasis = (basis: TallyBasis): BasisDocument => ({
  rule: basis.rule,
  rule_version: basis.ruleVersion,
  parameter_version: basis.parameterVersion,
  decision_seq: basis.decisionSeq,
  raw: basis.raw,
  ...(basis.totalAgents !== null && { total_agents: basis.totalAgents }),
  ...(basis.quorum !== null && { quorum: basis.quorum }),
  self: {
    mean_stated: basis.self.meanStated,
    mean_right: basis.self.meanRight,
    slope: basis.self.slope,
  },
});

export const toConsensus = ({ is_unanimous, ...consensus }: ConsensusDocument): Consensus => ({
  ...consensus,
  isUnanimous: is_unanimous,
});

export const fromConsensus = ({ isUnanimous, ...consensus }: Consensus): ConsensusDocument => ({
  ...consensus,
  is_unanimous: isUnanimous,
});

export const fromResults = (counted: VoteResults): ResultsDocument => ({
  buy: fromActionResult(counted.buy),
  sell: fromActionResult(counted.sell),
  hold: fromActionResult(counted.hold),
});

const fromActionResult = (result: VoteResults['buy']) => ({
  votes: result.votes,
  total_confidence: result.totalConfidence,
});

export const fromWeights = (weights: readonly AgentWeight[]) =>
  weights.map(({ agentName, weight }) => ({ agent_name: agentName, weight }));
