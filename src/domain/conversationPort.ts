import type { Conversation, ConversationOutcome, ConversationStatus } from './conversation.js';
import type { DecisionContext } from './decision.js';
import type { Message, MessageDraft } from './message.js';
import type { FlowPhase } from './flowPhase.js';
import type { AgentWeight } from './parameters.js';
import type { RuleName } from './rules.js';
import type { Ballot, Consensus, RosterAgent, TallyBasis, Vote, VoteResults } from './voting.js';

/** A conversation's identity: one a user and execution. */
export interface ConversationKey {
  userId: string;
  executionId: string;
}

/** Which conversation is meant: by its execution or by its own id. */
export type ConversationRef = { executionId: string } | { id: string };

/** The first `limit` messages after a `seq`, or the `last` ones before a `seq` (null: of all) and above another. */
export type MessageSlice =
  | { after: number; limit: number }
  | { before: number | null; last: number; above?: number };

/** What one reading saw: the conversation, and the messages of each slice that was asked for. */
export interface ConversationSnapshot {
  conversation: Conversation;
  slices: Message[][];
}

/** A conversation to store, without what the store fills in. */
export interface NewConversation {
  id: string;
  executionId: string;
  flowId: string;
  userNodeId: string;
  symbol: string;
  phase: FlowPhase;
  agents: RosterAgent[] | null;
  totalAgents: number;
  quorum: number;
  rule: RuleName;
  /** Of the node's parameters, as are the weights of ballots where neither they nor the roster say. */
  parameterVersion: number;
  defaultWeights: AgentWeight[];
  /** Seconds after the first ballot, null is never. */
  votingTimeout: number | null;
  endsAt: Date | null;
  keepsLate: boolean;
  decisionContext: DecisionContext;
  startHash: string;
  at: Date;
}

/** A vote as it is cast; without a weight the roster's counts, else the node's for its agent, else 1. */
export type NewVote = Omit<Vote, 'weight'> & { weight: number | null };

/** A message to append; its number, and what it leaves to the conversation, are filled in as it is stored. */
export interface NewMessage {
  id: string;
  draft: MessageDraft;
  vote: NewVote | null;
  /** The phase the conversation enters, null to stay. */
  phase: FlowPhase | null;
  idempotencyKey: string;
  contentHash: string;
  at: Date;
}

/** A message that was refused since the vote was complete. */
export interface LateRefusal {
  /** The same for the same message sent again. */
  key: string;
  agentName: string;
  isBallot: boolean;
  at: Date;
}

/** What an append stored. */
export interface Appended {
  message: Message;
  conversationId: string;
  revision: number;
  /** The conversation as it is now, when a ballot was cast. */
  conversation: Conversation | null;
}

/** All that the write which completes a vote stores. */
export interface Completion {
  ballots: Ballot[];
  results: VoteResults;
  consensus: Consensus;
  basis: TallyBasis;
  /** Null when no ballot was counted: nothing is logged then. */
  decisionId: string | null;
  message: { id: string; draft: MessageDraft; contentHash: string };
  at: Date;
}

/** Which conversations a list holds; what is null or left out asks for nothing. */
export interface ConversationFilter {
  status?: ConversationStatus | null | undefined;
  symbol?: string | null | undefined;
  userNodeId?: string | null | undefined;
  flowId?: string | null | undefined;
  updatedSince?: Date | null | undefined;
}

/** Newest first: the `limit` items after the one with id `after`. */
export interface PageRequest {
  after: string | null;
  limit: number;
}

/** A conversation and the user it belongs to. */
export interface ConversationOwner {
  id: string;
  userId: string;
}

/** A conversation at the revision it was changed to. */
export interface ConversationChange extends ConversationOwner {
  revision: number;
  updatedAt: Date;
}

/** A place in the order of changes: by `updatedAt`, then by id; an id of null is before all of that instant. */
export interface ChangePosition {
  updatedAt: Date;
  id: string | null;
}

/** What a stream reads: everything of one moment. */
export interface MessagesAfter {
  conversationId: string;
  revision: number;
  status: ConversationStatus;
  lastSeq: number;
  messages: Message[];
}

/** Every method takes the viewer's id and puts it in its filter: not there and not yours are the same answer. */
export interface ConversationStore {
  /** Null when there is one for this execution already. */
  insert(userId: string, conversation: NewConversation): Promise<Conversation | null>;
  find(
    userId: string,
    ref: ConversationRef,
    slices?: readonly MessageSlice[],
  ): Promise<ConversationSnapshot | null>;
  /** In the order asked for, null where there is none to see. */
  findMany(
    userId: string,
    executionIds: readonly string[],
    slices?: readonly MessageSlice[],
  ): Promise<(ConversationSnapshot | null)[]>;
  list(
    userId: string,
    filter: ConversationFilter,
    page: PageRequest,
    slices?: readonly MessageSlice[],
  ): Promise<ConversationSnapshot[]>;
  /** Appends where nothing is in dispute; null when something is, with nothing stored. */
  append(userId: string, executionId: string, message: NewMessage): Promise<Appended | null>;
  /** The same once the vote is complete, in a conversation that keeps what comes late. */
  appendLate(userId: string, executionId: string, message: NewMessage): Promise<Appended | null>;
  /** Counts a refusal, once, until as many are counted as are told apart. Nothing else of it changes. */
  countLate(userId: string, executionId: string, refusal: LateRefusal): Promise<void>;
  messageByKey(userId: string, executionId: string, idempotencyKey: string): Promise<Message | null>;
  /** At most `limit`, all of one reading. */
  messagesAfter(
    userId: string,
    executionId: string,
    afterSeq: number,
    limit: number,
  ): Promise<MessagesAfter | null>;
  /** Its ballots up to a `seq`, oldest first; null when there is no such conversation. */
  ballotsUpTo(userId: string, executionId: string, seq: number): Promise<Message[] | null>;
  /** Null when another ballot was cast since `ballotSeq`, or the vote is complete. */
  complete(
    userId: string,
    executionId: string,
    ballotSeq: number,
    completion: Completion,
  ): Promise<Conversation | null>;
  /** Null unless the vote is complete and no outcome is recorded. */
  recordOutcome(
    userId: string,
    executionId: string,
    outcome: ConversationOutcome,
  ): Promise<Conversation | null>;
  /** Says that the decision is logged. */
  clearPending(userId: string, executionId: string): Promise<void>;
  /** Says that something beside the conversation changed that belongs to it; null when there is none. */
  touch(userId: string, executionId: string, at: Date): Promise<{ id: string; revision: number } | null>;
  /** Those changed after a position, oldest change first. */
  changedSince(userId: string, position: ChangePosition, limit: number): Promise<Conversation[]>;
  /** Maintenance: what changed after a position, of any user, oldest change first. */
  changes(position: ChangePosition, limit: number): Promise<ConversationChange[]>;
  /** Maintenance: whose these conversations are. */
  ownersOf(ids: readonly string[]): Promise<ConversationOwner[]>;
  /** Those of these ids that are the viewer's. */
  findByIds(userId: string, ids: readonly string[]): Promise<Conversation[]>;
  /** Maintenance: open votes whose deadline has come, of any user. */
  dueKeys(now: Date, limit: number): Promise<ConversationKey[]>;
  /** Maintenance: open votes with a deadline to come that began, by the clock of another process, later than now. */
  aheadKeys(now: Date, limit: number): Promise<ConversationKey[]>;
  /** Maintenance: completed votes whose decision may not be logged, of any user. */
  pendingKeys(limit: number): Promise<ConversationKey[]>;
}
