import { echo } from '../echo.js';
import type { DecisionLog } from '../decision.js';
import type { UnsettledFeedback } from '../node.js';
import type { DecisionStore } from '../ports.js';
import { type Answer, refusal, refused } from '../refusal.js';

/** All revisions of a decision are kept with it, in one document. */
const MAX_REVISIONS = 100;
/** A document takes 16 MiB; the rest is for keys of feedback that changes nothing. */
const MAX_MIB = 15;
/** Of fewer revisions even the largest stay below 10 MiB, so usual feedback is spared the measuring. */
const MEASURED_FROM = 10;

/**
 * The answer where a decision cannot take one more revision; null where it can. To be asked before the sums are
 * written: the decision could not be written after them, and the node would wait for it forever.
 */
export async function answerWhereFull(
  decisions: Pick<DecisionStore, 'bytesWith'>,
  decision: DecisionLog,
  unsettled: UnsettledFeedback,
): Promise<Answer<DecisionLog> | null> {
  const refuse = (text: string) => refused([refusal('INVALID', text, 'decisionId')], decision);
  if (decision.revision >= MAX_REVISIONS) {
    return refuse(
      `Expected at most ${MAX_REVISIONS} revisions of a decision, got one more for ${echo(decision.id)}.`,
    );
  }
  if (decision.revision < MEASURED_FROM) return null;
  const mib = (await decisions.bytesWith(decision, unsettled)) / 2 ** 20;
  if (mib <= MAX_MIB) return null;
  const figure = (Math.ceil(100 * mib) / 100).toFixed(2);
  return refuse(
    `Expected a decision with all its feedback to take at most ${MAX_MIB} MiB, got ${figure} MiB with revision ${unsettled.feedback.revision} of ${echo(decision.id)}. With fewer or shorter \`lessonsLearned\` it may fit.`,
  );
}
