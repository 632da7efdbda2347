import type { ChangeStatus, ChangeTransition, ParameterChange } from './change.js';
import type { CountedDecision, DecisionLog, DecisionType, FeedbackKey } from './decision.js';
import type { RecordedDecision } from './decisionAt.js';
import type { LessonCount } from './lesson.js';
import type { RecentOutcome } from './lessons.js';
import type { NodeRecord, UnsettledFeedback } from './node.js';
import type { NodeParameters } from './parameters.js';
import type { PageRequest } from './conversationPort.js';

/** Which decisions a list holds; what is null or left out asks for nothing. */
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
  /** Of those evaluated: neither right nor wrong. */
  scratches: number;
  successes: number;
  /** Null when none has one. */
  confidenceAccuracy: number | null;
  totalPnl: number;
}

/** A node's decisions with a number above one, as they are at a version of the node by which all feedback is on them. */
export interface RecentRange {
  above: number;
  version: number;
}

/** Decisions and their feedback. Each method's filter has the viewer's id. */
export interface DecisionStore {
  /** False when one with this id, or this key within its node, is there already. */
  insert(decision: DecisionLog): Promise<boolean>;
  find(userId: string, id: string): Promise<DecisionLog | null>;
  /** In the order asked for, null where there is none to see. */
  findMany(userId: string, ids: readonly string[]): Promise<(DecisionLog | null)[]>;
  findByKey(userId: string, userNodeId: string, idempotencyKey: string): Promise<DecisionLog | null>;
  list(userId: string, userNodeId: string, filter: DecisionFilter, page: PageRequest): Promise<DecisionLog[]>;
  /** How many bytes the decision takes once it has this feedback, but for keys of feedback that changed nothing. */
  bytesWith(decision: DecisionLog, unsettled: UnsettledFeedback): Promise<number>;
  /** W2: null when the decision is past the revision before this feedback. */
  applyFeedback(
    userId: string,
    userNodeId: string,
    unsettled: UnsettledFeedback,
  ): Promise<DecisionLog | null>;
  /** Remembers a key whose feedback changed nothing, the latest 100; false when the decision is past its revision. */
  rememberKey(decision: DecisionLog, key: FeedbackKey): Promise<boolean>;
  summarize(userId: string, userNodeId: string, since: Date | null): Promise<DecisionSummary>;
  /** The id of the one with the highest number up to `upTo`, null when there is none. */
  newestId(userId: string, userNodeId: string, upTo: number): Promise<string | null>;
  /** How many there are with a number up to `upTo`, the node's newest. */
  count(userId: string, userNodeId: string, upTo: number): Promise<number>;
  /** How many decisions logged since an instant taught each kind of lesson; null is no bound. */
  countLessons(userId: string, userNodeId: string, since: Date | null): Promise<LessonCount[]>;
  /** The same of a range of numbers, at the cost of what changed since it was last asked. */
  recentLessons(userId: string, userNodeId: string, range: RecentRange): Promise<LessonCount[]>;
  /** Those with a number above `above` and at most `upTo`, newest first. Callers ask for a small range at once. */
  history(userId: string, userNodeId: string, above: number, upTo: number): Promise<CountedDecision[]>;
  /** The same with all that was recorded of how they turned out. */
  recorded(userId: string, userNodeId: string, above: number, upTo: number): Promise<RecordedDecision[]>;
  /** The number of the newest decision that was logged by an instant, 0 before the first. */
  lastSeqAt(userId: string, userNodeId: string, at: Date): Promise<number>;
  /** Those whose newest feedback came into the sums after a version of their node, in any order. */
  learnedAfter(userId: string, userNodeId: string, nodeVersion: number): Promise<CountedDecision[]>;
  /** How those with such numbers turned out, newest first; those without an outcome are left out. */
  recentOutcomes(userId: string, userNodeId: string, above: number, upTo: number): Promise<RecentOutcome[]>;
}

/** A node's identity. */
export interface NodeKey {
  userId: string;
  userNodeId: string;
}

/** A node in a list of them. */
export interface ListedNode {
  /** Its place in the list: later ones are greater. */
  id: string;
  userNodeId: string;
  /** The number of its newest decision, 0 before the first. */
  lastDecisionSeq: number;
  /** Those it has learned from. */
  agentNames: string[];
}

/** What each node has learned, and the numbers of its decisions. */
export interface NodeStore {
  /** Says that there is a node; nothing when that was said before. */
  ensure(userId: string, userNodeId: string): Promise<void>;
  /** Newest first; `after` is the place of one. */
  list(userId: string, page: PageRequest): Promise<ListedNode[]>;
  find(userId: string, userNodeId: string): Promise<NodeRecord | null>;
  /** Takes the next decision number; the node as it is then, its `lastDecisionSeq` being the number taken. */
  takeNumber(userId: string, userNodeId: string): Promise<NodeRecord>;
  /** W1: false when the sums were written since `node.version` − 1. */
  applySums(node: NodeRecord): Promise<boolean>;
  /** W3: the feedback is on its decision; nothing when it was said before. */
  settle(userId: string, userNodeId: string, unsettled: UnsettledFeedback): Promise<void>;
  /** Maintenance: whose nodes bear this id. */
  keysOf(userNodeId: string): Promise<NodeKey[]>;
  /** Maintenance: nodes with feedback that may not be on its decision, of any user. */
  unsettledKeys(limit: number): Promise<NodeKey[]>;
}

/** Which parameter changes a list holds; what is null or left out asks for nothing. */
export interface ChangeFilter {
  status?: ChangeStatus | null | undefined;
  path?: string | null | undefined;
}

/** The history of nodes' parameters: what was proposed and decided, and what feedback changed by itself. */
export interface ParameterStore {
  /** What is in force for a node now. */
  current(userId: string, userNodeId: string): Promise<NodeParameters>;
  /** How many proposals nobody has decided. */
  countOpen(userId: string, userNodeId: string): Promise<number>;
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
  decide(
    userId: string,
    userNodeId: string,
    id: string,
    transition: ChangeTransition,
  ): Promise<ParameterChange | null>;
}

/** Under which spellings a node has used its symbols. A symbol that is spelled otherwise is another one. */
export interface SymbolStore {
  /** Says that a node has used a symbol; costs nothing where this process has said so before. */
  keep(userId: string, userNodeId: string, symbol: string): Promise<void>;
  /** All spellings of a symbol that are kept, of one node or of all of the user's. */
  spellings(userId: string, userNodeId: string | null, symbol: string): Promise<string[]>;
}
