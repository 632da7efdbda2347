import { BSON } from 'mongodb';
import type { DecisionLog } from '../domain/decision.js';
import type { UnsettledFeedback } from '../domain/node.js';
import { fromDecision, fromPastLearning, lateBallotsIn } from './decisionMapping.js';

/** BSON bytes of a decision's document once it has this feedback, but for its idle keys. */
export function bytesWith(decision: DecisionLog, unsettled: UnsettledFeedback): number {
  const { outcome, learning, feedback, replaced } = unsettled;
  const past = [...(decision.pastLearning ?? []), ...(replaced === null ? [] : [replaced])];
  return BSON.calculateObjectSize({
    ...fromDecision({ ...decision, outcome, learning, feedback: [...decision.feedback, feedback] }),
    past_learning: past.map(fromPastLearning),
    ...lateBallotsIn(unsettled),
  });
}
