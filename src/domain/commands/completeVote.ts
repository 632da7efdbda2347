import { SWARM_AGENT } from '../agentName.js';
import type { Conversation } from '../conversation.js';
import type { DecisionLog } from '../decision.js';
import { contentHash } from '../hash.js';
import type { MessageDraft } from '../message.js';
import { newNode } from '../node.js';
import type { Completion, Ports } from '../ports.js';
import { RULES } from '../rules.js';
import { type Tally, tally } from '../tally.js';
import { countedBallots, type SwarmVote } from '../voting.js';

/** Whether nothing is waited for any more: every agent has a ballot, or the deadline has come. */
export const isDue = ({ status, swarmVote }: Conversation, now: Date): boolean =>
  status !== 'completed' && swarmVote.deadline !== null && swarmVote.deadline <= now;

/**
 * Completes a vote exactly once, however many callers try. The write only succeeds on the ballots that were counted,
 * and stores all that follows from them. Answers the completed conversation, and whether this call completed it.
 */
export async function completeVote(
  ports: Ports,
  userId: string,
  seen: Conversation,
): Promise<{ conversation: Conversation; isOwn: boolean }> {
  let conversation = seen;
  let isOwn = false;
  while (conversation.status !== 'completed') {
    const completed = await tryComplete(ports, userId, conversation);
    if (completed !== null) {
      ports.bus.publish(completed.id, completed.revision, userId);
      conversation = completed;
      isOwn = true;
      break;
    }
    const found = await ports.conversations.find(userId, { executionId: conversation.executionId });
    if (found === null) throw new Error('The conversation is gone.');
    conversation = found.conversation;
  }
  await logDecisionOf(ports, conversation);
  return { conversation, isOwn };
}

async function tryComplete(
  ports: Ports,
  userId: string,
  conversation: Conversation,
): Promise<Conversation | null> {
  const { executionId, userNodeId, swarmVote } = conversation;
  const isCounted = countedBallots(swarmVote.ballots).length > 0;
  // A lost race burns a number: they need order, not density.
  const node = isCounted ? await ports.nodes.takeNumber(userId, userNodeId) : newNode(userId, userNodeId);
  const counted = tally({
    ballots: swarmVote.ballots,
    totalAgents: swarmVote.totalAgents,
    quorum: swarmVote.quorum,
    node,
    seq: isCounted ? node.lastDecisionSeq : null,
    rule: RULES[swarmVote.rule],
    parameterVersion: swarmVote.parameterVersion,
  });
  const draft = closingMessage(counted, swarmVote);
  const completion: Completion = {
    ballots: counted.ballots,
    results: counted.results,
    consensus: counted.consensus,
    basis: counted.basis,
    decisionId: isCounted ? ports.newId() : null,
    message: { id: ports.newId(), draft, contentHash: contentHash(draft) },
    at: ports.clock.now(),
  };
  return ports.conversations.complete(userId, executionId, swarmVote.ballotSeq, completion);
}

/** Logs the decision of a completed vote if that may not have been done, from the conversation alone. */
export async function logDecisionOf(ports: Ports, conversation: Conversation): Promise<void> {
  if (!conversation.decisionPending) return;
  const decision = decisionOf(conversation);
  if (decision === null) return;
  await ports.decisions.insert(decision);
  await ports.conversations.clearPending(conversation.userId, conversation.executionId);
}

/** The decision of a completed vote; null when no ballot was counted. The same whenever and wherever it is built. */
export function decisionOf(conversation: Conversation): DecisionLog | null {
  const { decisionId, swarmVote, context } = conversation;
  const { consensus, basis, votingCompleted } = swarmVote;
  if (decisionId === null || consensus === null || basis === null || votingCompleted === null) return null;
  const { action, confidence, isUnanimous } = consensus;
  return {
    id: decisionId,
    userId: conversation.userId,
    userNodeId: conversation.userNodeId,
    executionId: conversation.executionId,
    conversationId: conversation.id,
    decision: { type: 'trade', action, symbol: context.symbol, confidence },
    context: conversation.decisionContext,
    outcome: null,
    learning: null,
    seq: basis.decisionSeq ?? 0,
    ballots: swarmVote.ballots,
    ...(conversation.keepsLate && { keepsLate: true }),
    basis,
    isUnanimous,
    revision: 0,
    feedback: [],
    idleKeys: [],
    idempotencyKey: null,
    contentHash: null,
    timestamp: votingCompleted,
  };
}

function closingMessage(
  { consensus, results, basis }: Tally,
  { totalAgents, quorum }: SwarmVote,
): MessageDraft {
  const counted = results.buy.votes + results.sell.votes + results.hold.votes;
  const { action, confidence, agreement, reason } = consensus;
  const why = {
    evidence: `it has the most evidence; ${agreement} % of the weight is behind it`,
    plurality: `nobody's word carries evidence, so plain weight decided; ${agreement} % of it is behind this`,
    tie: 'two actions are level, so nothing is done',
    no_quorum: `fewer ballots counted than the quorum of ${quorum} % asks for, so nothing is done`,
  }[reason];
  const sure = confidence === null ? '' : ` at ${confidence} %`;
  return {
    agentName: SWARM_AGENT,
    agentRole: 'consensus',
    aiModel: null,
    promptVersion: null,
    messageType: 'decision',
    replyToSeq: null,
    content: {
      text: `${action.toUpperCase()}${sure}: ${why}. ${counted} of ${totalAgents} ballots counted.`,
      confidence,
      sentiment: null,
      data: {
        action: action.toUpperCase(),
        agreement,
        reason: reason.toUpperCase(),
        rule: basis.rule,
        counted,
      },
    },
    ui: null,
  };
}
