import type { CountedDecision, DecisionLog, Feedback, Learning } from './decision.js';
import { confidenceAccuracy } from './learning.js';
import type { Lesson } from './lesson.js';

/** A decision with all that was ever recorded of how it turned out. */
export type RecordedDecision = CountedDecision & Pick<DecisionLog, 'learning' | 'feedback' | 'pastLearning'>;

/** As it stood at an instant, by the feedback in force then; null where it was not logged yet. */
export function decisionAt<T extends RecordedDecision>(decision: T, at: Date): T | null {
  if (decision.timestamp > at) return null;
  const feedback = decision.feedback.filter(({ recordedAt }) => recordedAt <= at);
  const last = feedback.at(-1);
  const learning = last === undefined ? null : learningOf(decision, last);
  const outcome = last?.outcome ?? null;
  const lateBallots = last === undefined ? undefined : decision.lateBallots;
  return { ...decision, outcome, learning, revision: last?.revision ?? 0, feedback, lateBallots };
}

/** Only what the caller said is known of feedback that was corrected before this was kept. */
function learningOf(
  decision: RecordedDecision,
  { revision, outcome, addedLessons, source }: Feedback,
): Learning {
  if (revision === decision.revision && decision.learning !== null) return decision.learning;
  const kept = decision.pastLearning?.find((past) => past.revision === revision);
  if (kept !== undefined) return kept.learning;
  return {
    wasCorrect: outcome.success === true,
    confidenceAccuracy: confidenceAccuracy(decision.decision.confidence, outcome.success),
    lessons: addedLessons.map((text): Lesson => ({ code: null, text, source: source ?? 'caller' })),
    parametersToAdjust: [],
  };
}
