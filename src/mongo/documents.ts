import type { ObjectId } from 'mongodb';
import type { Bins } from '../domain/bins.js';
import type { ChangeEvidence, ChangeStatus } from '../domain/change.js';
import type { ConversationStatus, SwarmAction } from '../domain/conversation.js';
import type { DecisionType, FeedbackSource } from '../domain/decision.js';
import type { LessonSource } from '../domain/lesson.js';
import type { FlowPhase, Json, MessageType, Sentiment, Tone } from '../domain/message.js';
import type { Money, Sums } from '../domain/node.js';
import type { RuleName } from '../domain/rules.js';
import type { Abstention, ConsensusReason, TradeAction, VoteResults } from '../domain/voting.js';

/** The stored shapes, as other systems read them. Nothing outside this folder sees one. */
export interface VoteDocument {
  action: TradeAction | null;
  confidence: number | null;
  weight: number;
  abstention: Abstention | null;
}

export interface MessageDocument {
  _id: ObjectId;
  seq: number;
  agent_name: string;
  agent_role: string;
  ai_model: string | null;
  prompt_version: string | null;
  message_type: MessageType;
  phase: FlowPhase;
  reply_to_seq: number | null;
  content: { text: string; confidence: number | null; sentiment: Sentiment | null; data: Json };
  vote: VoteDocument | null;
  timestamp: Date;
  ui: { tone: Tone | null; icon: string | null; color: string | null } | null;
  idempotency_key: string;
  content_hash: string;
}

export interface BallotDocument extends VoteDocument {
  agent_name: string;
  seq: number;
  timestamp: Date;
  p: number | null;
  evidence: number | null;
  /** Left out by older versions, as `ai_model` and `phase` are. */
  r?: number | null;
  ai_model?: string | null;
  phase?: FlowPhase | null;
}

export interface ConsensusDocument {
  action: TradeAction;
  confidence: number | null;
  agreement: number;
  is_unanimous: boolean;
  reason: ConsensusReason;
}

export interface BasisDocument {
  rule: RuleName;
  rule_version: number;
  parameter_version: number;
  decision_seq: number | null;
  raw: number | null;
  /** Left out by older versions, as `quorum` and `self` are. */
  total_agents?: number;
  quorum?: number;
  self?: { mean_stated: number; mean_right: number; slope: number };
}

export type ResultsDocument = {
  [action in keyof VoteResults]: { votes: number; total_confidence: number };
};

export interface SwarmVoteDocument {
  total_agents: number;
  agents: { agent_name: string; weight: number | null }[] | null;
  quorum: number;
  /** Left out by older versions, as `parameter_version` and `default_weights` are. */
  rule?: RuleName;
  parameter_version?: number;
  default_weights?: { agent_name: string; weight: number }[];
  deadline: Date | null;
  ends_at: Date | null;
  /** Seconds. */
  voting_timeout: number | null;
  first_ballot_at: Date | null;
  ballot_seq: number;
  votes: BallotDocument[];
  results: ResultsDocument;
  consensus: ConsensusDocument | null;
  basis: BasisDocument | null;
  voting_completed: Date | null;
  /** Left out before completion. */
  completed_revision?: number;
  start_hash: string;
}

export interface ContextDocument {
  market_conditions: Json;
  portfolio_state: Json;
  risk_metrics: Json;
}

export interface ConversationDocument {
  _id: ObjectId;
  user_id: ObjectId;
  execution_id: ObjectId;
  flow_id: ObjectId;
  user_node_id: ObjectId;
  context: { symbol: string; action: SwarmAction; phase: FlowPhase };
  /** Those after `paged_seq`, oldest first. */
  messages: MessageDocument[];
  swarm_vote: SwarmVoteDocument;
  outcome: { executed: boolean; action: TradeAction; reasoning: string | null; timestamp: Date } | null;
  status: ConversationStatus;
  last_seq: number;
  paged_seq: number;
  /** BSON bytes of `messages`. */
  head_bytes: number;
  decision_context: ContextDocument;
  decision_id: ObjectId | null;
  /** Only there while it is true, which keeps its partial index small. */
  decision_pending?: true;
  revision: number;
  schema_version: 1;
  created_at: Date;
  updated_at: Date;
}

/** Older messages of a conversation, copied here before they leave its head; never changed. */
export interface PageDocument {
  _id: ObjectId;
  user_id: ObjectId;
  execution_id: ObjectId;
  first_seq: number;
  last_seq: number;
  /** One unbroken run, oldest first. */
  messages: MessageDocument[];
}

export interface OutcomeDocument {
  success: boolean;
  pnl: number | null;
  time_held: number | null;
  exit_reason: string | null;
}

export interface AdjustmentDocument {
  from: number;
  to: number;
  reason: string;
  applied: boolean;
  timestamp: Date;
}

export interface LearningDocument {
  was_correct: boolean;
  confidence_accuracy: number | null;
  lessons_learned: string[];
  /** Of each of them; left out by older versions. */
  lesson_sources?: LessonSource[];
  /** Nested by the parts of the path: `agents` → name → parameter. */
  parameters_to_adjust: object;
}

export interface FeedbackDocument {
  revision: number;
  outcome: OutcomeDocument;
  source: FeedbackSource | null;
  recorded_at: Date;
  idempotency_key: string | null;
  content_hash: string;
  added_lessons: string[];
}

export interface DecisionDocument {
  _id: ObjectId;
  user_id: ObjectId;
  user_node_id: ObjectId;
  conversation_id: ObjectId | null;
  execution_id: ObjectId | null;
  decision: { type: DecisionType; action: string; symbol: string | null; confidence: number | null };
  context: ContextDocument;
  outcome: OutcomeDocument | null;
  learning: LearningDocument | null;
  timestamp: Date;
  seq: number;
  ballots: BallotDocument[];
  basis: BasisDocument | null;
  is_unanimous: boolean;
  revision: number;
  feedback: FeedbackDocument[];
  /** Of feedback that changed nothing; left out before the first. */
  idle_keys?: { idempotency_key: string; content_hash: string }[];
  /** Left out where the caller gave none, since the unique index is partial. */
  idempotency_key?: string;
  content_hash: string | null;
  schema_version: 1;
}

export interface UnsettledDocument {
  decision_id: ObjectId;
  changes_id: ObjectId;
  suggestion_id: ObjectId;
  execution_id: ObjectId | null;
  revision: number;
  outcome: OutcomeDocument;
  learning: LearningDocument;
  feedback: FeedbackDocument;
}

export interface AgentRecordDocument extends Sums {
  agent_name: string;
  votes: number;
  hits: number;
  squared_error: number;
  pnl_cents: number;
  /** Left out by older versions, until a rebuild. */
  swarm_hits?: number;
  bins?: Bins;
}

export interface ConsensusRecordDocument {
  decisions: number;
  hits: number;
  squared_error: number;
  bins: Bins;
  wins: Money;
  losses: Money;
}

export interface NodeDocument {
  _id: ObjectId;
  user_id: ObjectId;
  user_node_id: ObjectId;
  last_decision_seq: number;
  version: number;
  base_seq: number;
  agents: AgentRecordDocument[];
  self: Sums;
  /** Left out by older versions, until a rebuild. */
  consensus?: ConsensusRecordDocument;
  adjustments: (AdjustmentDocument & { path: string })[];
  unsettled: UnsettledDocument | null;
  schema_version: 1;
}

/** The parameters that a decided change brought into force. */
export interface VersionDocument {
  version: number;
  quorum: number;
  rule: RuleName;
  min_confidence: number;
  weights: { agent_name: string; weight: number }[];
}

/** What feedback changed by itself, all in one; written once. */
export interface AppliedDocument {
  _id: ObjectId;
  user_id: ObjectId;
  user_node_id: ObjectId;
  status: 'applied';
  /** Of the adjustments, so that those of one path are found. */
  paths: string[];
  adjustments: (AdjustmentDocument & { path: string })[];
  decision_id: ObjectId;
  schema_version: 1;
}

/** A change that was proposed. */
export interface ProposalDocument {
  _id: ObjectId;
  user_id: ObjectId;
  user_node_id: ObjectId;
  status: Exclude<ChangeStatus, 'applied'>;
  /** The one. */
  paths: string[];
  from: Json;
  to: Json;
  reason: string;
  evidence: ChangeEvidence | null;
  proposed_by: ObjectId | null;
  proposed_at: Date;
  decided_by: ObjectId | null;
  decided_at: Date | null;
  comment: string | null;
  rolled_back_by: ObjectId | null;
  rolled_back_at: Date | null;
  /** What its approval brought, then what its roll-back did; the newest of a node is in force. */
  versions: VersionDocument[];
  decision_id: ObjectId | null;
  schema_version: 1;
}

export type ChangeDocument = AppliedDocument | ProposalDocument;
