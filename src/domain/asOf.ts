import { type Conversation, NO_LATE_REFUSALS } from './conversation.js';
import type { Message } from './message.js';
import { type Ballot, byAgentName, deadlineOf, voteIdOf } from './voting.js';

/**
 * A conversation as it was right after one of its messages: `ballots` are all that were cast up to it, oldest first,
 * `last` is the message itself (null for 0, before the first). After its closing message it is as it is now. What may
 * differ from the conversation as it is now has ids of its own: a client that keeps objects by their ids keeps both.
 */
export function asOf(
  conversation: Conversation,
  seq: number,
  last: Message | null,
  ballots: readonly Message[],
): Conversation {
  const { closingSeq } = conversation.swarmVote;
  if (closingSeq !== null && seq >= closingSeq) return completedAsOf(conversation, seq);
  const isVoting = ballots.length > 0;
  const { swarmVote, context, startPhase, createdAt } = conversation;
  const timing = { ...swarmVote.timing, firstBallotAt: ballots[0]?.timestamp ?? null };
  const cast = latest(ballots);
  const id = `${conversation.id}@${seq}`;
  return {
    ...conversation,
    id,
    context: { ...context, action: isVoting ? 'voting' : 'analyzing', phase: last?.phase ?? startPhase },
    status: isVoting ? 'voting' : 'in_progress',
    lastSeq: seq,
    swarmVote: {
      ...swarmVote,
      id: voteIdOf(id),
      deadline: deadlineOf({ totalAgents: swarmVote.totalAgents, timing }, cast),
      timing,
      ballots: cast,
      ballotSeq: ballots.at(-1)?.seq ?? 0,
      lateBallots: [],
      closingSeq: null,
      consensus: null,
      basis: null,
      votingCompleted: null,
      completedRevision: null,
    },
    lateRefused: NO_LATE_REFUSALS,
    outcome: null,
    decisionId: null,
    decisionPending: false,
    updatedAt: last?.timestamp ?? createdAt,
  };
}

/** As it is now, without what was said later; one that takes nothing more is the conversation itself. */
function completedAsOf(conversation: Conversation, seq: number): Conversation {
  if (!conversation.keepsLate) return conversation;
  const { swarmVote } = conversation;
  const id = `${conversation.id}@${seq}`;
  const lateBallots = swarmVote.lateBallots.filter((ballot) => ballot.seq <= seq);
  return { ...conversation, id, lastSeq: seq, swarmVote: { ...swarmVote, id: voteIdOf(id), lateBallots } };
}

/** Each agent's latest, as they are counted. */
function latest(messages: readonly Message[]): Ballot[] {
  const byName = new Map<string, Ballot>();
  for (const { agentName, vote, seq, timestamp, aiModel, phase } of messages) {
    if (vote === null) continue;
    byName.set(agentName, {
      ...vote,
      agentName,
      seq,
      timestamp,
      aiModel,
      phase,
      isDefaultWeight: false,
      p: null,
      r: null,
      evidence: null,
    });
  }
  return [...byName.values()].sort(byAgentName);
}

/** A completed conversation as it was known at an instant: what came of it, or was said, later is not in it. */
export function knownAt(conversation: Conversation, at: Date): Conversation {
  const { swarmVote, outcome } = conversation;
  const id = `${swarmVote.conversationId}@${at.toISOString()}`;
  const known = outcome !== null && outcome.timestamp <= at ? outcome : null;
  return {
    ...conversation,
    id,
    lastSeq: swarmVote.closingSeq ?? conversation.lastSeq,
    swarmVote: { ...swarmVote, id: voteIdOf(id), lateBallots: [] },
    lateRefused: NO_LATE_REFUSALS,
    outcome: known,
    // It would show the decision as it is now.
    decisionId: null,
    updatedAt: known?.timestamp ?? swarmVote.votingCompleted ?? conversation.updatedAt,
  };
}
