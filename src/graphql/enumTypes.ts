/** The domain's type of each enum in the schema, under the schema's name: codegen types resolvers with these. */
export type { RecordGap } from '../domain/brief.js';
export type {
  ChangeDecision as ParameterChangeDecision,
  ChangeStatus as ParameterChangeStatus,
} from '../domain/change.js';
export type { ConversationStatus, SwarmAction } from '../domain/conversation.js';
export type { DecisionResult, DecisionType } from '../domain/decision.js';
export type { DriftKind, DriftTest } from '../domain/drift.js';
export type { SliceDimension as PerformanceDimension } from '../domain/evaluatedVotes.js';
export type { FeedbackSource } from '../domain/feedbackSource.js';
export type { FlowPhase } from '../domain/flowPhase.js';
export type { LessonCode, LessonSource } from '../domain/lesson.js';
export type { MeasureGap } from '../domain/measure.js';
export type { MessageStatus, MessageType, Sentiment, Tone } from '../domain/message.js';
export type { RefusalCode as UserErrorCode } from '../domain/refusal.js';
export type { RemarkCode } from '../domain/remark.js';
export type { RuleName as CountingRule } from '../domain/rules.js';
export type { TradeAction } from '../domain/tradeAction.js';
export type { Scope } from '../domain/viewer.js';
export type { Abstention, BallotStatus, ConsensusReason } from '../domain/voting.js';
