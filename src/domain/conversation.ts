import type { DecisionContext } from './decision.js';
import type { FlowPhase } from './flowPhase.js';
import type { SwarmVote } from './voting.js';
import type { TradeAction } from './tradeAction.js';

/** How far a conversation is: it takes messages until it is completed. */
export type ConversationStatus = 'in_progress' | 'voting' | 'completed';

/** What the swarm is doing, as `status` has it. */
export type SwarmAction = 'analyzing' | 'voting' | 'executing';

/** What was done with the swarm's choice. */
export interface ConversationOutcome {
  executed: boolean;
  action: TradeAction;
  reasoning: string | null;
  timestamp: Date;
}

/** What was refused since it came after the vote: each message once, however often it was sent. */
export interface LateRefusals {
  messages: number;
  ballots: number;
  /** Who sent them, by name. */
  agents: string[];
  lastAt: Date | null;
}

export const NO_LATE_REFUSALS: LateRefusals = { messages: 0, ballots: 0, agents: [], lastAt: null };

/** A conversation without its messages. */
export interface Conversation {
  id: string;
  userId: string;
  executionId: string;
  flowId: string;
  userNodeId: string;
  context: { symbol: string; action: SwarmAction; phase: FlowPhase };
  /** The phase it began with. */
  startPhase: FlowPhase;
  status: ConversationStatus;
  lastSeq: number;
  /** Rises with every write of the conversation, by any process. */
  revision: number;
  swarmVote: SwarmVote;
  /** It takes messages after the vote, too; else they are refused. */
  keepsLate: boolean;
  lateRefused: LateRefusals;
  outcome: ConversationOutcome | null;
  decisionContext: DecisionContext;
  /** Chosen when the vote completes; null when no ballot was counted. */
  decisionId: string | null;
  /** The decision may not be logged yet: a caller that needs it logs it first. */
  decisionPending: boolean;
  /** There is no room for a message until older ones are moved out of its document. */
  isFull: boolean;
  /** Of everything `startConversation` was given, so that a second start with other values is seen. */
  startHash: string;
  createdAt: Date;
  updatedAt: Date;
}
