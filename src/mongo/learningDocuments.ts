import type { Decimal128, ObjectId } from 'mongodb';
import type { Bins } from '../domain/bins.js';
import type { ChangeStatus } from '../domain/change.js';
import type { DecisionType } from '../domain/decision.js';
import type { FeedbackSource } from '../domain/feedbackSource.js';
import type { LessonSource } from '../domain/lesson.js';
import type { Difference } from '../domain/measure.js';
import type { Json } from '../domain/message.js';
import type { Sums } from '../domain/sums.js';
import type { RuleName } from '../domain/rules.js';
import type { BallotDocument, BasisDocument, ContextDocument } from './documents.js';

export interface OutcomeDocument {
  /** Null of a scratch. */
  success: boolean | null;
  pnl: number | null;
  /** The same in whole 1e-8 of the currency, which a database sums exactly; left out by older versions. */
  pnl_units?: Decimal128 | null;
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

/** What feedback taught that was corrected since. */
export interface PastLearningDocument extends LearningDocument {
  revision: number;
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
  /** Only there where it is true. */
  keeps_late?: true;
  /** Left out before the first feedback, and where there were none. */
  late_ballots?: BallotDocument[];
  basis: BasisDocument | null;
  is_unanimous: boolean;
  revision: number;
  /** The version of its node that first had its newest feedback in the sums; left out before the first. */
  node_version?: number;
  feedback: FeedbackDocument[];
  /** Left out before the first correction, and by older versions. */
  past_learning?: PastLearningDocument[];
  /** Of feedback that changed nothing; left out before the first. */
  idle_keys?: { idempotency_key: string; content_hash: string }[];
  /** Left out where the caller gave none, since the unique index is partial. */
  idempotency_key?: string;
  content_hash: string | null;
  schema_version: 1;
}

export interface UnsettledDocument {
  decision_id: ObjectId;
  /** Left out by older versions, as the two below are. */
  changes_id?: ObjectId;
  suggestion_id?: ObjectId;
  node_version?: number;
  /** What it corrects; left out where it is the first. */
  replaced?: PastLearningDocument;
  /** Left out where there are none. */
  late_ballots?: BallotDocument[];
  execution_id: ObjectId | null;
  revision: number;
  outcome: OutcomeDocument;
  learning: LearningDocument;
  feedback: FeedbackDocument;
}

interface AgentRecordDocument extends Sums {
  agent_name: string;
  votes: number;
  hits: number;
  squared_error: number;
  /** Whole cents, by older versions. */
  pnl_cents?: number;
  /** Whole 1e-8 of the currency. Left out by older versions until a rebuild, as the two below are. */
  pnl_units?: Decimal128;
  swarm_hits?: number;
  bins?: Bins;
  /** Left out by older versions. */
  last_seq?: number;
  /** Left out where it is 0. */
  counted_above?: number;
}

export interface MoneyDocument {
  n: number;
  /** Whole cents, by older versions. */
  cents?: number;
  /** Whole 1e-8 of the currency; left out by older versions, until a rebuild. */
  units?: Decimal128;
}

export interface ConsensusRecordDocument {
  decisions: number;
  hits: number;
  squared_error: number;
  bins: Bins;
  wins: MoneyDocument;
  losses: MoneyDocument;
}

export interface NodeDocument {
  _id: ObjectId;
  user_id: ObjectId;
  user_node_id: ObjectId;
  last_decision_seq: number;
  version: number;
  base_seq: number;
  agents: AgentRecordDocument[];
  /** Left out before the first agent was forgotten. */
  forgotten_up_to?: number;
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

/** What a change would have meant for the node's last decisions. */
export interface EvidenceDocument {
  decisions: number;
  n: number;
  changed: number;
  success_difference: Difference;
  pnl_difference: Difference;
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
  evidence: EvidenceDocument | null;
  proposed_by: ObjectId | null;
  proposed_at: Date;
  decided_by: ObjectId | null;
  decided_at: Date | null;
  comment: string | null;
  rolled_back_by: ObjectId | null;
  rolled_back_at: Date | null;
  rolled_back_comment: string | null;
  /** What its approval brought, then what its roll-back did; the newest of a node is in force. */
  versions: VersionDocument[];
  decision_id: ObjectId | null;
  schema_version: 1;
}

export type ChangeDocument = AppliedDocument | ProposalDocument;
