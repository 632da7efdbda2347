import type { FeedbackSource } from './feedbackSource.js';
import type { ParameterAdjustment } from './parameters.js';
import type { Lesson } from './lesson.js';
import type { Json } from './message.js';
import { type Ballot, type CastBallot, isCast, type TallyBasis, type Vote } from './voting.js';

/** What kind of decision it is. */
export type DecisionType = 'trade' | 'risk_adjustment' | 'pause';

/** What a decision was taken on, in the caller's own shape. */
export interface DecisionContext {
  marketConditions: Json;
  portfolioState: Json;
  riskMetrics: Json;
}

/** How a decision turned out, as a whole. */
export interface DecisionOutcome {
  /** Whether it proved right; null of a scratch, which is neither and teaches nothing: its pnl is 0 or null. */
  success: boolean | null;
  /** In the account's currency, net of fees; null when nothing was traded. */
  pnl: number | null;
  /** Seconds. */
  timeHeld: number | null;
  exitReason: string | null;
}

/** What follows from an outcome. */
export interface Learning {
  /** False of a scratch, too. */
  wasCorrect: boolean;
  /** 0 to 100, null without a confidence. */
  confidenceAccuracy: number | null;
  /** Those found, then those a caller added. */
  lessons: Lesson[];
  parametersToAdjust: ParameterAdjustment[];
}

/** What feedback of one revision taught. */
export interface PastLearning {
  revision: number;
  learning: Learning;
}

/** One revision of how a decision turned out. */
export interface Feedback {
  revision: number;
  outcome: DecisionOutcome;
  source: FeedbackSource | null;
  recordedAt: Date;
  idempotencyKey: string | null;
  /** Of everything the caller gave, so that the same key with other content is seen. */
  contentHash: string;
  /** In the caller's words, beside the lessons found. */
  addedLessons: string[];
}

/** Under which feedback was said, and what it said. */
export interface FeedbackKey {
  idempotencyKey: string;
  contentHash: string;
}

/** One logged decision, with all that judging and re-counting it needs. */
export interface DecisionLog {
  id: string;
  userId: string;
  userNodeId: string;
  /** The execution whose conversation decided it, null when no swarm did. */
  executionId: string | null;
  conversationId: string | null;
  decision: { type: DecisionType; action: string; symbol: string | null; confidence: number | null };
  context: DecisionContext;
  outcome: DecisionOutcome | null;
  learning: Learning | null;
  /** Its number within its node; numbers need order, not density. */
  seq: number;
  /** As they were counted; empty when no swarm decided. */
  ballots: Ballot[];
  /** Its conversation keeps what comes late. */
  keepsLate?: true | undefined;
  /**
   * Ballots that came after the vote and are evaluated with it, never counted: those there were when feedback was first
   * recorded. Left out before, and where there were none.
   */
  lateBallots?: readonly Ballot[] | undefined;
  basis: TallyBasis | null;
  isUnanimous: boolean;
  revision: number;
  feedback: Feedback[];
  /** What earlier revisions taught; left out before the first correction. */
  pastLearning?: readonly PastLearning[] | undefined;
  /** The instant it is shown as of, left out where it is as it is now. */
  asOf?: Date | undefined;
  /** Keys of feedback that changed nothing: said again late, they still change nothing. */
  idleKeys: FeedbackKey[];
  idempotencyKey: string | null;
  contentHash: string | null;
  timestamp: Date;
}

/** A decision as counting it again, judging it and summing it up need it. */
export type CountedDecision = Pick<
  DecisionLog,
  | 'id'
  | 'executionId'
  | 'conversationId'
  | 'decision'
  | 'seq'
  | 'ballots'
  | 'lateBallots'
  | 'basis'
  | 'isUnanimous'
  | 'outcome'
  | 'revision'
  | 'timestamp'
>;

/** Those that its outcome judges: with an action, counted or not, in time or late; one of each agent. */
export const judgedBallots = ({ ballots, lateBallots = [] }: CountedDecision): CastBallot[] =>
  [...ballots, ...lateBallots].filter(isCast);

/** Whether a vote was for what was decided. A decision's action is the caller's own word, in any case of its letters. */
export const isBacking = (vote: Pick<Vote, 'action'>, decision: Pick<DecisionLog, 'decision'>): boolean =>
  vote.action === decision.decision.action.toLowerCase();

export type DecisionResult = 'success' | 'failure' | 'scratch';

/** What a decision came to. */
export const resultOf = ({ success }: DecisionOutcome): DecisionResult =>
  success === null ? 'scratch' : success ? 'success' : 'failure';
