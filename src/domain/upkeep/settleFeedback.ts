import { proposed } from '../change.js';
import type { DecisionLog } from '../decision.js';
import type { UnsettledFeedback } from '../node.js';
import type { Ports } from '../ports.js';
import { evidenceForChange } from '../questions/whatIf.js';

/**
 * Writes feedback that is in the sums to its decision, keeps what it changed and proposes what it suggests, wakes who
 * follows its conversation, then closes it.
 */
export async function settleFeedback(
  ports: Ports,
  userId: string,
  userNodeId: string,
  unsettled: UnsettledFeedback,
): Promise<DecisionLog | null> {
  const { decisionId, executionId } = unsettled;
  const [applied] = await Promise.all([
    ports.decisions.applyFeedback(userId, userNodeId, unsettled),
    ports.parameters.keepApplied(userId, userNodeId, unsettled),
  ]);
  // Once the decision has its outcome, which the evidence rests on, too.
  await proposeSuggested(ports, userId, userNodeId, unsettled);
  if (executionId !== null) {
    const touched = await ports.conversations.touch(userId, executionId, ports.clock.now());
    if (touched !== null) ports.bus.publish(touched.id, touched.revision, userId);
  }
  await ports.nodes.settle(userId, userNodeId, unsettled);
  return applied ?? ports.decisions.find(userId, decisionId);
}

/** Under an id chosen before, so that it is proposed once, however often it is settled. */
async function proposeSuggested(
  ports: Ports,
  userId: string,
  userNodeId: string,
  { decisionId, suggestionId, learning }: UnsettledFeedback,
): Promise<void> {
  const suggested = learning.parametersToAdjust.find(({ applied }) => !applied);
  if (suggested === undefined) return;
  const { path, from, to, reason } = suggested;
  // Not among the user's own questions: the caller who waits for the feedback would wait for those.
  const of = { userId, userNodeId, inTurnOf: `settling of ${userId}/${userNodeId}` };
  const [evidence = null] = await evidenceForChange(ports, of, [{ path, to }]);
  const about = { userId, userNodeId, path, from, to, reason, evidence, proposedBy: null };
  const change = proposed(about, suggestionId, ports.clock.now());
  await ports.parameters.propose({ ...change, decisionId });
}
