import type { DecisionLog, DecisionOutcome } from './decision.js';
import { fromUnits, moneyText, toUnits } from './money.js';
import type { Remark, RemarkCode } from './remark.js';

/** What was said in one feedback, as far as remarks go by it. */
interface Said {
  idempotencyKey?: string | null | undefined;
  expectedRevision?: number | null | undefined;
  success?: boolean | null | undefined;
  pnl?: number | null | undefined;
}

/** Less is what rounding leaves in a double, and no figure of anybody's. */
const UNSEEN = 1e-10;

/**
 * What a caller should look at in feedback that was recorded, now or under the same key before. Feedback that changed
 * nothing replaced nothing, and nothing is said of what stands where somebody else has corrected it since.
 */
export function remarksOnFeedback(
  { feedback }: Pick<DecisionLog, 'feedback'>,
  said: Said,
  isDuplicate: boolean,
): Remark[] {
  const key = said.idempotencyKey ?? null;
  const own = key === null ? -1 : feedback.findIndex((one) => one.idempotencyKey === key);
  const at = own === -1 ? feedback.length - 1 : own;
  const outcome = feedback[at]?.outcome;
  if (outcome === undefined) return [];
  const isRecorded = own !== -1 || !isDuplicate;
  if (!isRecorded && !stands(said, outcome)) return [];
  const isCorrection = said.expectedRevision != null;
  return [
    ...(isCorrection || !isRecorded ? [] : replaced(feedback[at - 1]?.outcome ?? null, outcome)),
    ...scratchAsFailure(outcome),
    ...rounded(said.pnl ?? null),
  ];
}

function stands({ success, pnl }: Said, outcome: DecisionOutcome): boolean {
  const saidPnl = pnl == null ? pnl : fromUnits(toUnits(pnl));
  const saidSuccess = success === undefined && pnl === 0 ? null : success;
  return (
    (saidPnl === undefined || saidPnl === outcome.pnl) &&
    (saidSuccess === undefined || saidSuccess === outcome.success)
  );
}

/** A caller that names the revision knows what it corrects. */
function replaced(before: DecisionOutcome | null, { pnl }: DecisionOutcome): Remark[] {
  if (before === null || before.pnl === null || pnl === null || before.pnl === pnl) return [];
  const change = moneyText(fromUnits(toUnits(pnl) - toUnits(before.pnl)));
  const text = `The pnl of ${moneyText(pnl)} replaces the ${moneyText(before.pnl)} recorded before, so the total changes by ${change}. Each feedback is the whole outcome: for one part of a trade, send the sum of its parts so far. To correct, name \`expectedRevision\`.`;
  return [remark('PNL_REPLACED', text, 'pnl')];
}

function scratchAsFailure({ success, pnl }: DecisionOutcome): Remark[] {
  if (success !== false || pnl !== 0) return [];
  const text =
    'Recorded as a failure with a pnl of 0. If nothing was gained and nothing lost, send `pnl: 0` without `success`: a scratch is neither a success nor a failure.';
  return [remark('SCRATCH_AS_FAILURE', text, 'success')];
}

function rounded(pnl: number | null): Remark[] {
  if (pnl === null) return [];
  const recorded = fromUnits(toUnits(pnl));
  if (Math.abs(recorded - pnl) <= UNSEEN) return [];
  const text = `The pnl of ${pnl} is recorded as ${moneyText(recorded)}, to 8 digits behind the point.`;
  return [remark('PNL_ROUNDED', text, 'pnl')];
}

const remark = (code: RemarkCode, text: string, field: string): Remark => ({
  code,
  text,
  field: ['input', field],
  didYouMean: null,
});
