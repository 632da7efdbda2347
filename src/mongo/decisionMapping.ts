import { ObjectId } from 'mongodb';
import { agentPath, parseAgentPath } from '../domain/agentName.js';
import type { ParameterAdjustment } from '../domain/parameters.js';
import type {
  CountedDecision,
  DecisionLog,
  DecisionOutcome,
  Feedback,
  Learning,
  PastLearning,
} from '../domain/decision.js';
import type { RecordedDecision } from '../domain/decisionAt.js';
import { type Lesson, lessonLine, parseLesson } from '../domain/lesson.js';
import type { UnsettledFeedback } from '../domain/node.js';
import { escapeKey, unescapeKey } from './freeKeys.js';
import { toUnits } from '../domain/money.js';
import { fromContext, toContext } from './conversationMapping.js';
import { fromUnits } from './moneyMapping.js';
import type {
  AdjustmentDocument,
  DecisionDocument,
  FeedbackDocument,
  LearningDocument,
  OutcomeDocument,
  PastLearningDocument,
} from './learningDocuments.js';
import { fromBallot, fromBasis, toBallot, toBasis } from './votingMapping.js';

export const toOutcome = (document: OutcomeDocument): DecisionOutcome => ({
  success: document.success,
  pnl: document.pnl,
  timeHeld: document.time_held,
  exitReason: document.exit_reason,
});

export const fromOutcome = (outcome: DecisionOutcome): OutcomeDocument => ({
  success: outcome.success,
  pnl: outcome.pnl,
  pnl_units: outcome.pnl === null ? null : fromUnits(toUnits(outcome.pnl)),
  time_held: outcome.timeHeld,
  exit_reason: outcome.exitReason,
});

export const toFeedback = (document: FeedbackDocument): Feedback => ({
  revision: document.revision,
  outcome: toOutcome(document.outcome),
  source: document.source,
  recordedAt: document.recorded_at,
  idempotencyKey: document.idempotency_key,
  contentHash: document.content_hash,
  addedLessons: document.added_lessons,
});

export const fromFeedback = (feedback: Feedback): FeedbackDocument => ({
  revision: feedback.revision,
  outcome: fromOutcome(feedback.outcome),
  source: feedback.source,
  recorded_at: feedback.recordedAt,
  idempotency_key: feedback.idempotencyKey,
  content_hash: feedback.contentHash,
  added_lessons: feedback.addedLessons,
});

type Nested = Map<string, Nested | AdjustmentDocument>;

/** `agents.risk_manager.slope` becomes `{ agents: { risk_manager: { slope: … } } }`, whatever the agent is called; see `escapeKey`. */
function nest(adjustments: readonly ParameterAdjustment[]): Nested {
  const root: Nested = new Map();
  for (const { path, ...adjustment } of adjustments) {
    const parts = partsOf(path).map(escapeKey);
    const last = parts.pop() ?? path;
    let level = root;
    for (const part of parts) {
      let next = level.get(part);
      if (!(next instanceof Map)) level.set(part, (next = new Map()));
      level = next;
    }
    level.set(last, adjustment);
  }
  return root;
}

function* unnest(level: object, path: readonly string[] = []): Generator<ParameterAdjustment> {
  for (const [name, value] of Object.entries(level)) {
    const at = [...path, unescapeKey(name)];
    if (isAdjustment(value)) yield { path: pathOf(at), ...value };
    else yield* unnest(value, at);
  }
}

function partsOf(path: string): string[] {
  const agent = parseAgentPath(path);
  return agent === null ? path.split('.') : ['agents', agent.agentName, agent.what];
}

function pathOf(parts: readonly string[]): string {
  const [root, name, what] = parts;
  const isAgents = root === 'agents' && name !== undefined && what !== undefined && parts.length === 3;
  return isAgents ? agentPath(name, what) : parts.join('.');
}

const isAdjustment = (value: object): value is AdjustmentDocument =>
  'applied' in value && typeof value.applied === 'boolean';

export const toLessons = ({
  lessons_learned,
  lesson_sources,
}: Pick<LearningDocument, 'lessons_learned' | 'lesson_sources'>): Lesson[] =>
  lessons_learned.map((line, at) => parseLesson(line, lesson_sources?.[at]));

export const toLearning = (document: LearningDocument): Learning => ({
  wasCorrect: document.was_correct,
  confidenceAccuracy: document.confidence_accuracy,
  lessons: toLessons(document),
  parametersToAdjust: [...unnest(document.parameters_to_adjust)],
});

export const fromPastLearning = ({ revision, learning }: PastLearning): PastLearningDocument => ({
  revision,
  ...fromLearning(learning),
});

export const fromLearning = (learning: Learning): LearningDocument => ({
  was_correct: learning.wasCorrect,
  confidence_accuracy: learning.confidenceAccuracy,
  lessons_learned: learning.lessons.map(lessonLine),
  lesson_sources: learning.lessons.map(({ source }) => source),
  parameters_to_adjust: nest(learning.parametersToAdjust),
});

/** Those that came late and are evaluated; left out where there are none. */
export const lateBallotsIn = ({ lateBallots }: Pick<UnsettledFeedback, 'lateBallots'>) =>
  lateBallots.length === 0 ? {} : { late_ballots: lateBallots.map(fromBallot) };

/** A decision without what only its reader wants: its context, learning and feedback. */
export const COUNTED_FIELDS = {
  conversation_id: 1,
  execution_id: 1,
  decision: 1,
  outcome: 1,
  timestamp: 1,
  seq: 1,
  ballots: 1,
  late_ballots: 1,
  basis: 1,
  is_unanimous: 1,
  revision: 1,
} as const;

export const toCounted = (
  document: Pick<DecisionDocument, '_id' | keyof typeof COUNTED_FIELDS>,
): CountedDecision => ({
  id: document._id.toHexString(),
  executionId: document.execution_id?.toHexString() ?? null,
  conversationId: document.conversation_id?.toHexString() ?? null,
  decision: document.decision,
  outcome: document.outcome && toOutcome(document.outcome),
  seq: document.seq,
  ballots: document.ballots.map(toBallot),
  ...(document.late_ballots && { lateBallots: document.late_ballots.map(toBallot) }),
  basis: document.basis && toBasis(document.basis),
  isUnanimous: document.is_unanimous,
  revision: document.revision,
  timestamp: document.timestamp,
});

/** With what was recorded of how it turned out. */
export const RECORDED_FIELDS = { ...COUNTED_FIELDS, learning: 1, feedback: 1, past_learning: 1 } as const;

export const toRecorded = (
  document: Pick<DecisionDocument, '_id' | keyof typeof RECORDED_FIELDS>,
): RecordedDecision => ({
  ...toCounted(document),
  learning: document.learning && toLearning(document.learning),
  feedback: document.feedback.map(toFeedback),
  ...(document.past_learning && {
    pastLearning: document.past_learning.map(({ revision, ...learning }) => ({
      revision,
      learning: toLearning(learning),
    })),
  }),
});

export function toDecision(document: DecisionDocument): DecisionLog {
  return {
    ...toRecorded(document),
    ...(document.keeps_late && { keepsLate: true }),
    userId: document.user_id.toHexString(),
    userNodeId: document.user_node_id.toHexString(),
    context: toContext(document.context),
    idleKeys: (document.idle_keys ?? []).map(({ idempotency_key, content_hash }) => ({
      idempotencyKey: idempotency_key,
      contentHash: content_hash,
    })),
    idempotencyKey: document.idempotency_key ?? null,
    contentHash: document.content_hash,
  };
}

export function fromDecision(decision: DecisionLog): DecisionDocument {
  return {
    _id: new ObjectId(decision.id),
    user_id: new ObjectId(decision.userId),
    user_node_id: new ObjectId(decision.userNodeId),
    conversation_id: decision.conversationId === null ? null : new ObjectId(decision.conversationId),
    execution_id: decision.executionId === null ? null : new ObjectId(decision.executionId),
    decision: decision.decision,
    context: fromContext(decision.context),
    outcome: decision.outcome && fromOutcome(decision.outcome),
    learning: decision.learning && fromLearning(decision.learning),
    timestamp: decision.timestamp,
    seq: decision.seq,
    ballots: decision.ballots.map(fromBallot),
    ...(decision.keepsLate && { keeps_late: true as const }),
    basis: decision.basis && fromBasis(decision.basis),
    is_unanimous: decision.isUnanimous,
    revision: decision.revision,
    feedback: decision.feedback.map(fromFeedback),
    ...(decision.idempotencyKey === null ? {} : { idempotency_key: decision.idempotencyKey }),
    content_hash: decision.contentHash,
    schema_version: 1,
  };
}
