import type { ObjectId } from 'mongodb';
import type { ConversationStatus, SwarmAction } from '../domain/conversation.js';
import type { Json, MessageType, Sentiment, Tone } from '../domain/message.js';
import type { FlowPhase } from '../domain/flowPhase.js';
import type { RuleName } from '../domain/rules.js';
import type { Abstention, ConsensusReason, VoteResults } from '../domain/voting.js';
import type { TradeAction } from '../domain/tradeAction.js';

/** The stored shapes, as other systems read them. Nothing outside this folder sees one. */
interface VoteDocument {
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
  content: {
    text: string;
    confidence: number | null;
    sentiment: Sentiment | null;
    data: Json;
    /** Only there while it is true: the keys of `data` are escaped, see `escapeKey`. */
    data_escaped?: true;
  };
  vote: VoteDocument | null;
  timestamp: Date;
  ui: { tone: Tone | null; icon: string | null; color: string | null } | null;
  idempotency_key: string;
  content_hash: string;
  /** Only there where it is true. */
  is_late?: true;
}

export interface BallotDocument extends VoteDocument {
  agent_name: string;
  seq: number;
  timestamp: Date;
  p: number | null;
  evidence: number | null;
  /** Left out by older versions, as `ai_model` and `phase` are. */
  r?: number | null;
  is_default_weight?: boolean;
  ai_model?: string | null;
  phase?: FlowPhase | null;
  /** Equal for all spellings of one name; in late ballots, and in others while the vote goes on. */
  name_key?: string;
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
  /** Left out before the first, as `closing_seq` is before completion, and by older versions. */
  late_votes?: BallotDocument[];
  closing_seq?: number;
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
  /** Those of the three whose keys are escaped, see `escapeKey`; left out where none is. */
  escaped?: ContextPart[];
}

export interface LateRefusalDocument {
  key: string;
  agent_name: string;
  is_ballot: boolean;
  at: Date;
}

export type ContextPart = 'market_conditions' | 'portfolio_state' | 'risk_metrics';

export interface ConversationDocument {
  _id: ObjectId;
  user_id: ObjectId;
  execution_id: ObjectId;
  flow_id: ObjectId;
  user_node_id: ObjectId;
  context: { symbol: string; action: SwarmAction; phase: FlowPhase };
  /** Left out by older versions. */
  start_phase?: FlowPhase;
  /** Those after `paged_seq`, oldest first. */
  messages: MessageDocument[];
  swarm_vote: SwarmVoteDocument;
  outcome: { executed: boolean; action: TradeAction; reasoning: string | null; timestamp: Date } | null;
  status: ConversationStatus;
  last_seq: number;
  paged_seq: number;
  /** BSON bytes of `messages`. */
  head_bytes: number;
  /** Only there where it is true. */
  keep_late?: true;
  /** Left out before the first. */
  late_refused?: LateRefusalDocument[];
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
