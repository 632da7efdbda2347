import { checks, echo } from '../checks.js';
import type { DecisionLog, DecisionOutcome } from '../decision.js';
import type { FeedbackSource } from '../feedbackSource.js';
import { canonicalJson, contentHash } from '../hash.js';
import { learnFrom } from '../learning.js';
import type { RecentOutcome } from '../lessons.js';
import { fromUnits, moneyText, toUnits } from '../money.js';
import { newNode } from '../node.js';
import type { Ports } from '../ports.js';
import { type Answer, accepted, type Refusal, refusal, refused } from '../refusal.js';
import type { Viewer } from '../viewer.js';
import { evaluatedLate } from '../voting.js';
import { rebuild } from '../upkeep/rebuild.js';
import { answerWhereFull } from './roomForFeedback.js';
import { settleFeedback } from '../upkeep/settleFeedback.js';

const MAX_LESSONS = 20;
/** Each lost race means that another feedback of the node was applied: far more than any real node sees at once. */
const MAX_ATTEMPTS = 1_000;

interface RecordFeedbackInput {
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

/**
 * Records how a decision turned out, or corrects that, and learns from it. The node's sums are written first, with
 * the feedback they hold; then the decision; then the node forgets it. A caller that finds feedback in the
 * sums that is perhaps not on its decision finishes it before anything else: a crash leaves none lost or doubled.
 */
export async function recordFeedback(
  ports: Ports,
  viewer: Viewer,
  input: RecordFeedbackInput,
): Promise<Answer<DecisionLog>> {
  const faults = checkFeedback(input);
  if (faults.length > 0) return refused(faults);
  const { userId } = viewer;
  const first = await ports.decisions.find(userId, input.decisionId);
  if (first === null) {
    const text = `Expected a decision that is logged, got ${echo(input.decisionId)}.`;
    return refused([refusal('NOT_FOUND', text, 'decisionId')]);
  }
  return ports.inTurn(`feedback of ${userId}/${first.userNodeId}`, () => record(ports, first, input));
}

async function record(
  ports: Ports,
  first: DecisionLog,
  input: RecordFeedbackInput,
): Promise<Answer<DecisionLog>> {
  const { userId } = first;
  let recent: RecentOutcome[] | null = null;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const [found, parameters] = await Promise.all([
      ports.nodes.find(userId, first.userNodeId),
      ports.parameters.current(userId, first.userNodeId),
    ]);
    const node = found ?? newNode(userId, first.userNodeId);
    if (node.unsettled !== null) {
      await settleFeedback(ports, userId, node.userNodeId, node.unsettled);
      continue;
    }
    if (node.isPartial) {
      await rebuild(ports, node, () => {});
      continue;
    }
    // After the node: an older decision would have its last feedback taken for news.
    const decision = await ports.decisions.find(userId, input.decisionId);
    if (decision === null) throw new Error('The decision is gone.');
    const given = merge(decision, input);
    const answer = answerWithout(decision, input, given);
    if (answer !== null) return answer;
    if (changesNothing(decision, given)) {
      if (await rememberKey(ports, decision, given)) return accepted(decision, true);
      continue;
    }
    const applied = learnFrom({
      node,
      parameters,
      decision: await withLate(ports, decision),
      recent: (recent ??= await recentOutcomes(ports, decision, given.outcome)),
      ...given,
      changesId: ports.newId(),
      suggestionId: ports.newId(),
      at: ports.clock.now(),
    });
    const { unsettled } = applied.node;
    if (unsettled === null) throw new Error('Applied feedback is to be settled.');
    const full = await answerWhereFull(ports.decisions, decision, unsettled);
    if (full !== null) return full;
    if (!(await ports.nodes.applySums(applied.node))) continue;
    return accepted((await settleFeedback(ports, userId, node.userNodeId, unsettled)) ?? decision);
  }
  throw new Error('The node was written by others each time.');
}

/** Ballots that came late are those there are when feedback is first recorded: nobody gains by what came out. */
async function withLate(ports: Ports, decision: DecisionLog): Promise<DecisionLog> {
  const { userId, executionId, revision, keepsLate } = decision;
  if (revision > 0 || !keepsLate || executionId === null) return decision;
  const found = await ports.conversations.find(userId, { executionId });
  return found === null
    ? decision
    : { ...decision, lateBallots: evaluatedLate(found.conversation.swarmVote) };
}

/** How many decision numbers either way are looked at for what failures and losses have in common. */
const NEAR = 500;

const recentOutcomes = async (
  ports: Ports,
  { userId, userNodeId, seq }: DecisionLog,
  { success, pnl }: DecisionOutcome,
): Promise<RecentOutcome[]> => {
  if (success !== false && (pnl ?? 0) >= 0) return [];
  const found = await ports.decisions.recentOutcomes(userId, userNodeId, seq - NEAR, seq + NEAR);
  return found.filter((other) => other.seq !== seq);
};

type Given = ReturnType<typeof merge>;

/** What is left out stays as it was, null clears it. */
function merge(decision: DecisionLog, input: RecordFeedbackInput) {
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
function answerWithout(
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

function changesNothing({ feedback }: DecisionLog, given: Given): boolean {
  const last = feedback.at(-1);
  if (last === undefined) return false;
  const stands = [last.outcome, last.source, last.addedLessons];
  return canonicalJson(stands) === canonicalJson([given.outcome, given.source, given.addedLessons]);
}

/** So that the same again, after a correction, does not take the correction back. False when one came in between. */
const rememberKey = async (
  ports: Ports,
  decision: DecisionLog,
  { idempotencyKey, contentHash: hash }: Given,
): Promise<boolean> =>
  idempotencyKey === null || ports.decisions.rememberKey(decision, { idempotencyKey, contentHash: hash });

function checkFeedback(input: RecordFeedbackInput): Refusal[] {
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
