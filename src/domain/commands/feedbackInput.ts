import { checks } from '../checks.js';
import type { DecisionLog, DecisionOutcome } from '../decision.js';
import { echo } from '../echo.js';
import type { FeedbackSource } from '../feedbackSource.js';
import { canonicalJson, contentHash } from '../hash.js';
import { fromUnits, moneyText, toUnits } from '../money.js';
import { type Answer, accepted, type Refusal, refusal, refused } from '../refusal.js';

const MAX_LESSONS = 20;

export interface RecordFeedbackInput {
  decisionId: string;
  idempotencyKey?: string | null | undefined;
  expectedRevision?: number | null | undefined;
  source?: FeedbackSource | null | undefined;
  /** Null, and left out where nothing was recorded before or with a pnl of 0: a scratch. */
  success?: boolean | null | undefined;
  pnl?: number | null | undefined;
  timeHeld?: number | null | undefined;
  exitReason?: string | null | undefined;
  lessonsLearned?: readonly string[] | null | undefined;
}

/** What is wrong with it, whatever the decision. */
export function checkFeedback(input: RecordFeedbackInput): Refusal[] {
  const check = checks();
  check.id('decisionId', input.decisionId);
  check.length('idempotencyKey', input.idempotencyKey, 1, 128);
  check.range('expectedRevision', input.expectedRevision);
  check.money('pnl', input.pnl);
  check.range('timeHeld', input.timeHeld);
  check.length('exitReason', input.exitReason, 0, 64);
  const lessons = input.lessonsLearned ?? [];
  if (lessons.length > MAX_LESSONS) {
    check.fault(
      'lessonsLearned',
      `Expected at most ${MAX_LESSONS} \`lessonsLearned\`, got ${lessons.length}.`,
    );
  }
  for (const [i, lesson] of lessons.slice(0, MAX_LESSONS).entries())
    check.length(`lessonsLearned.${i}`, lesson, 1, 500);
  return check.refusals;
}

/** Feedback as it is to stand. */
export type Given = ReturnType<typeof merge>;

/** What is left out stays as it was, null clears it. */
export function merge(decision: DecisionLog, input: RecordFeedbackInput) {
  const before = decision.outcome;
  const last = decision.feedback.at(-1);
  const kept = <T>(value: T | null | undefined, stored: T | null | undefined): T | null =>
    value === undefined ? (stored ?? null) : value;
  const outcome: DecisionOutcome = {
    success: kept(input.success === undefined && input.pnl === 0 ? null : input.success, before?.success),
    pnl: kept(input.pnl == null ? input.pnl : fromUnits(toUnits(input.pnl)), before?.pnl),
    timeHeld: kept(input.timeHeld, before?.timeHeld),
    exitReason: kept(input.exitReason, before?.exitReason),
  };
  return {
    outcome,
    source: kept(input.source, last?.source),
    addedLessons: [...(kept(input.lessonsLearned, last?.addedLessons) ?? [])],
    idempotencyKey: input.idempotencyKey ?? null,
    contentHash: contentHash({
      ...input,
      decisionId: decision.id,
      idempotencyKey: null,
      expectedRevision: null,
    }),
  };
}

/** The answer where nothing is recorded: its key was seen, the decision is at another revision, or it says too little. */
export function answerWithout(
  decision: DecisionLog,
  input: RecordFeedbackInput,
  given: Given,
): Answer<DecisionLog> | null {
  const { idempotencyKey, expectedRevision } = input;
  const known = [...decision.feedback, ...decision.idleKeys];
  const stored =
    idempotencyKey == null ? undefined : known.find((one) => one.idempotencyKey === idempotencyKey);
  if (stored !== undefined) {
    if (stored.contentHash === given.contentHash) return accepted(decision, true);
    const text = `Expected what was recorded under this \`idempotencyKey\`, got other content for ${echo(idempotencyKey)}.`;
    return refused([refusal('CONFLICT', text, 'idempotencyKey')], decision);
  }
  if (expectedRevision != null && expectedRevision !== decision.revision) {
    const text = `Expected \`expectedRevision\` to be the decision's revision ${decision.revision}, got ${expectedRevision}.`;
    return refused([refusal('CONFLICT', text, 'expectedRevision')], decision);
  }
  const { success, pnl } = given.outcome;
  if (success === null && pnl !== null && pnl !== 0) {
    const text = `Expected \`success\` with a \`pnl\` other than 0, got none with ${moneyText(pnl)}. Send true or false, or \`pnl: 0\` for a scratch.`;
    return refused([refusal('INVALID', text, 'success')]);
  }
  return null;
}

/** Whether the same stands already. */
export function changesNothing({ feedback }: DecisionLog, given: Given): boolean {
  const last = feedback.at(-1);
  if (last === undefined) return false;
  const stands = [last.outcome, last.source, last.addedLessons];
  return canonicalJson(stands) === canonicalJson([given.outcome, given.source, given.addedLessons]);
}
