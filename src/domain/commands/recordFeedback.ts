import type { DecisionLog, DecisionOutcome } from '../decision.js';
import { echo } from '../echo.js';
import { learnFrom } from '../learning.js';
import type { RecentOutcome } from '../lessons.js';
import { newNode, type NodeRecord } from '../node.js';
import type { NodeParameters } from '../parameters.js';
import type { Ports } from '../ports.js';
import { type Answer, accepted, refusal, refused } from '../refusal.js';
import type { Viewer } from '../viewer.js';
import { evaluatedLate } from '../voting.js';
import { rebuild } from '../upkeep/rebuild.js';
import {
  answerWithout,
  changesNothing,
  checkFeedback,
  type Given,
  merge,
  type RecordFeedbackInput,
} from './feedbackInput.js';
import { answerWhereFull } from './roomForFeedback.js';
import { settleFeedback } from '../upkeep/settleFeedback.js';

/** Each lost race means that another feedback of the node was applied: far more than any real node sees at once. */
const MAX_ATTEMPTS = 1_000;

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

/** What tries of one feedback have in common. */
interface Recording {
  ports: Ports;
  input: RecordFeedbackInput;
  userId: string;
  userNodeId: string;
  /** Read at most once: what a later try would find is hardly another. */
  recent: (decision: DecisionLog, outcome: DecisionOutcome) => Promise<RecentOutcome[]>;
}

async function record(
  ports: Ports,
  { userId, userNodeId }: DecisionLog,
  input: RecordFeedbackInput,
): Promise<Answer<DecisionLog>> {
  let found: Promise<RecentOutcome[]> | null = null;
  const recording: Recording = {
    ports,
    input,
    userId,
    userNodeId,
    recent: (decision, outcome) => (found ??= recentOutcomes(ports, decision, outcome)),
  };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const answer = await tryToRecord(recording);
    if (answer !== null) return answer;
  }
  throw new Error('The node was written by others each time.');
}

/** Null where it is to be tried again: others came in between, or the node was not fit to learn before. */
async function tryToRecord(recording: Recording): Promise<Answer<DecisionLog> | null> {
  const { ports, input, userId, userNodeId } = recording;
  const [found, parameters] = await Promise.all([
    ports.nodes.find(userId, userNodeId),
    ports.parameters.current(userId, userNodeId),
  ]);
  const node = found ?? newNode(userId, userNodeId);
  if (await finished(ports, node)) return null;
  // After the node: an older decision would have its last feedback taken for news.
  const decision = await ports.decisions.find(userId, input.decisionId);
  if (decision === null) throw new Error('The decision is gone.');
  const given = merge(decision, input);
  const answer = answerWithout(decision, input, given);
  if (answer !== null) return answer;
  if (changesNothing(decision, given))
    return (await rememberKey(ports, decision, given)) ? accepted(decision, true) : null;
  return learn(recording, node, parameters, decision, given);
}

/** Finishes what a crash, or an older version, left on the node, if anything; answers whether there was. */
async function finished(ports: Ports, node: NodeRecord): Promise<boolean> {
  if (node.unsettled !== null) await settleFeedback(ports, node.userId, node.userNodeId, node.unsettled);
  else if (node.isPartial) await rebuild(ports, node, () => {});
  else return false;
  return true;
}

/** Writes the sums, then the decision. Null where the sums were written since the node was read. */
async function learn(
  { ports, userId, userNodeId, recent }: Recording,
  node: NodeRecord,
  parameters: NodeParameters,
  decision: DecisionLog,
  given: Given,
): Promise<Answer<DecisionLog> | null> {
  const applied = learnFrom({
    node,
    parameters,
    decision: await withLate(ports, decision),
    recent: await recent(decision, given.outcome),
    ...given,
    changesId: ports.newId(),
    suggestionId: ports.newId(),
    at: ports.clock.now(),
  });
  const { unsettled } = applied.node;
  if (unsettled === null) throw new Error('Applied feedback is to be settled.');
  const full = await answerWhereFull(ports.decisions, decision, unsettled);
  if (full !== null) return full;
  if (!(await ports.nodes.applySums(applied.node))) return null;
  return accepted((await settleFeedback(ports, userId, userNodeId, unsettled)) ?? decision);
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

/** So that the same again, after a correction, does not take the correction back. False when one came in between. */
const rememberKey = async (
  ports: Ports,
  decision: DecisionLog,
  { idempotencyKey, contentHash: hash }: Given,
): Promise<boolean> =>
  idempotencyKey === null || ports.decisions.rememberKey(decision, { idempotencyKey, contentHash: hash });
