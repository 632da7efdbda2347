import type { ChangeStatus, ChangeTransition, ParameterChange } from './change.js';
import type { Conversation, ConversationOutcome, ConversationStatus } from './conversation.js';
import type { CountedDecision, DecisionContext, DecisionLog, DecisionType, FeedbackKey } from './decision.js';
import type { InTurn } from './inTurn.js';
import type { LessonKind } from './lesson.js';
import type { RecentOutcome } from './lessons.js';
import type { FlowPhase, Message, MessageDraft } from './message.js';
import type { NodeRecord, UnsettledFeedback } from './node.js';
import type { AgentWeight, NodeParameters } from './parameters.js';
import type { RuleName } from './rules.js';
import type { Ballot, Consensus, RosterAgent, TallyBasis, Vote } from './voting.js';

/** A conversation's identity: one a user and execution. */
export interface ConversationKey {
  userId: string;
  executionId: string;
}

export type ConversationRef = { executionId: string } | { id: string };

/** The first `limit` messages after a `seq`, or the `last` ones before a `seq` (null: of all). */
export type MessageSlice = { after: number; limit: number } | { before: number | null; last: number };

/** What one reading saw: the conversation, and the messages of each slice that was asked for. */
export interface ConversationSnapshot {
  conversation: Conversation;
  slices: Message[][];
}

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
  decisionContext: DecisionContext;
  startHash: string;
  at: Date;
}

/** A vote as it is cast; without a weight the roster's counts, else the node's for its agent, else 1. */
export type CastVote = Omit<Vote, 'weight'> & { weight: number | null };

export interface NewMessage {
  id: string;
  draft: MessageDraft;
  vote: CastVote | null;
  /** The phase the conversation enters, null to stay. */
  phase: FlowPhase | null;
  idempotencyKey: string;
  contentHash: string;
  at: Date;
}

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
  consensus: Consensus;
  basis: TallyBasis;
  /** Null when no ballot was counted: nothing is logged then. */
  decisionId: string | null;
  message: { id: string; draft: MessageDraft; contentHash: string };
  at: Date;
}

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
  /** Those of these ids that are the viewer's. */
  findByIds(userId: string, ids: readonly string[]): Promise<Conversation[]>;
  /** Maintenance: open votes whose deadline has come, of any user. */
  dueKeys(now: Date, limit: number): Promise<ConversationKey[]>;
  /** Maintenance: open votes with a deadline to come that began, by the clock of another process, later than now. */
  aheadKeys(now: Date, limit: number): Promise<ConversationKey[]>;
  /** Maintenance: completed votes whose decision may not be logged, of any user. */
  pendingKeys(limit: number): Promise<ConversationKey[]>;
}

export interface DecisionFilter {
  hasOutcome?: boolean | null | undefined;
  symbol?: string | null | undefined;
  type?: DecisionType | null | undefined;
  since?: Date | null | undefined;
  until?: Date | null | undefined;
}

/** Counts over one node's decisions. */
export interface DecisionSummary {
  totalDecisions: number;
  evaluatedDecisions: number;
  successes: number;
  /** Null when none has one. */
  confidenceAccuracy: number | null;
  totalPnl: number;
}

export interface DecisionStore {
  /** False when one with this id, or this key within its node, is there already. */
  insert(decision: DecisionLog): Promise<boolean>;
  find(userId: string, id: string): Promise<DecisionLog | null>;
  /** In the order asked for, null where there is none to see. */
  findMany(userId: string, ids: readonly string[]): Promise<(DecisionLog | null)[]>;
  findByKey(userId: string, userNodeId: string, idempotencyKey: string): Promise<DecisionLog | null>;
  list(userId: string, userNodeId: string, filter: DecisionFilter, page: PageRequest): Promise<DecisionLog[]>;
  /** W2: null when the decision is past the revision before this feedback. */
  applyFeedback(userId: string, unsettled: UnsettledFeedback): Promise<DecisionLog | null>;
  /** Remembers a key whose feedback changed nothing; false when the decision is past that revision. */
  rememberKey(userId: string, id: string, revision: number, key: FeedbackKey): Promise<boolean>;
  summarize(userId: string, userNodeId: string, since: Date | null): Promise<DecisionSummary>;
  /** How many decisions taught each kind of lesson. */
  countLessons(userId: string, userNodeId: string, since: Date | null): Promise<LessonCount[]>;
  /** Those with a number above `above` and at most `upTo`, newest first. Not so many are asked for at once. */
  history(userId: string, userNodeId: string, above: number, upTo: number): Promise<CountedDecision[]>;
  /** How those turned out, likewise; those without an outcome are left out. */
  recentOutcomes(userId: string, userNodeId: string, above: number, upTo: number): Promise<RecentOutcome[]>;
}

export interface LessonCount extends LessonKind {
  count: number;
}

/** A node's identity. */
export interface NodeKey {
  userId: string;
  userNodeId: string;
}

export interface NodeStore {
  find(userId: string, userNodeId: string): Promise<NodeRecord | null>;
  /** Takes the next decision number; the node as it is then, its `lastDecisionSeq` being the number taken. */
  takeNumber(userId: string, userNodeId: string): Promise<NodeRecord>;
  /** W1: false when the sums were written since `node.version` − 1. */
  applySums(node: NodeRecord): Promise<boolean>;
  /** W3: the feedback is on its decision; nothing when it was said before. */
  settle(userId: string, userNodeId: string, unsettled: UnsettledFeedback): Promise<void>;
  /** Maintenance: nodes with feedback that may not be on its decision, of any user. */
  unsettledKeys(limit: number): Promise<NodeKey[]>;
}

export interface ChangeFilter {
  status?: ChangeStatus | null | undefined;
  path?: string | null | undefined;
}

/** The history of nodes' parameters: what was proposed and decided, and what feedback changed by itself. */
export interface ParameterStore {
  /** What is in force for a node now. */
  current(userId: string, userNodeId: string): Promise<NodeParameters>;
  find(userId: string, id: string): Promise<ParameterChange | null>;
  /** Newest first; `after` is the id of a change. */
  list(
    userId: string,
    userNodeId: string,
    filter: ChangeFilter,
    page: PageRequest,
  ): Promise<ParameterChange[]>;
  /** Nothing when one with this id is there already. */
  propose(change: ParameterChange): Promise<void>;
  /** Keeps what feedback changed by itself; nothing when that was kept before. */
  keepApplied(userId: string, userNodeId: string, unsettled: UnsettledFeedback): Promise<void>;
  /** Null when the change is in another status by now, or the version of the parameters is taken. */
  decide(userId: string, id: string, transition: ChangeTransition): Promise<ParameterChange | null>;
}

/** Wake-ups: "look again at this conversation". They may be lost, repeated or late; the store is the truth. */
export interface Bus {
  /** `revision`, where it is known, spares a look to who has seen that one. */
  publish(conversationId: string, revision?: number | null): void;
  /** Any conversation may have changed. */
  wakeAll(): void;
  /** Calls back on each wake-up; an id of null means any conversation may have changed. Returns what ends it. */
  subscribe(listener: WakeUp): () => void;
}

export type WakeUp = (conversationId: string | null, revision: number | null) => void;

export interface Clock {
  /** Never goes back or jumps while the process lives, whatever the machine's clock is set to. */
  now(): Date;
}

/** All that the commands need of the world. */
export interface Ports {
  conversations: ConversationStore;
  decisions: DecisionStore;
  nodes: NodeStore;
  parameters: ParameterStore;
  bus: Bus;
  clock: Clock;
  /** Spares writers of the same document their races within this process; those with other processes remain. */
  inTurn: InTurn;
  /** A new unique id, 24 hex digits, later ones greater. */
  newId(): string;
  /** Tells the operator of a failure that the caller is not told of, since the work is done later by itself. */
  report(error: unknown, doing: string): void;
}
