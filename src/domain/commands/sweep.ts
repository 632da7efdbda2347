import type { Conversation } from '../conversation.js';
import type { ConversationKey, Ports } from '../ports.js';
import { completeVote, isDue, logDecisionOf } from './completeVote.js';

/** Whoever casts a last ballot completes the vote at once: only when that is late does the sweep step in. */
const GRACE_MS = 500;
/** At most so many of each kind in one sweep; the next one takes the rest. */
const BATCH = 100;

/**
 * Does what is due or was left undone by a process that died: completes votes whose deadline has come, logs decisions
 * of completed votes. Safe in any number of processes at once; one failure does not keep the others from being done.
 */
export async function sweep(ports: Ports): Promise<void> {
  const [due, pending] = await Promise.all([
    ports.conversations.dueKeys(ports.clock.now(), BATCH),
    ports.conversations.pendingKeys(BATCH),
  ]);
  for (const key of due) await attempt(ports, 'completing a vote that is due', () => completeDue(ports, key));
  for (const key of pending) await attempt(ports, 'logging a decision', () => logPending(ports, key));
}

async function attempt(ports: Ports, doing: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    ports.report(error, doing);
  }
}

async function completeDue(ports: Ports, { userId, executionId }: ConversationKey): Promise<void> {
  const found = await ports.conversations.find(userId, { executionId });
  if (found === null || !isDue(found.conversation, ports.clock.now())) return;
  if (isBeingCompleted(found.conversation, ports.clock.now())) return;
  await completeVote(ports, userId, found.conversation);
}

/** A race for it would burn a decision number, and numbers are what learning fades by. */
const isBeingCompleted = ({ swarmVote }: Conversation, now: Date): boolean =>
  swarmVote.ballots.length >= swarmVote.totalAgents &&
  swarmVote.deadline !== null &&
  now.getTime() - swarmVote.deadline.getTime() < GRACE_MS;

async function logPending(ports: Ports, { userId, executionId }: ConversationKey): Promise<void> {
  const found = await ports.conversations.find(userId, { executionId });
  if (found !== null) await logDecisionOf(ports, found.conversation);
}
