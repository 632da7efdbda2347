import type { Conversation } from '../conversation.js';
import type { ConversationKey, NodeKey, Ports } from '../ports.js';
import { longestWait } from '../voting.js';
import { completeVote, isDue, logDecisionOf } from '../commands/completeVote.js';
import { settleFeedback } from './settleFeedback.js';

/** Whatever casts a last ballot or records feedback does the rest at once: it is done here only when that is late. */
const GRACE_MS = 500;
/** How many of each kind one sweep takes at most; the next one takes the rest. */
const BATCH = 100;

/** Votes begun by a clock that is ahead of ours: those are few, after a clock was set back at most. */
const AHEAD_BATCH = 1_000;

/**
 * Does what is due or was left undone by a process that died: completes votes whose deadline has come, logs decisions
 * of completed votes. Safe in any number of processes at once; one failure does not keep the others from being done.
 */
export function createSweep(ports: Ports): () => Promise<void> {
  const completeAhead = createAheadSweep(ports);
  return async () => {
    const now = ports.clock.now();
    const [due, ahead, pending] = await Promise.all([
      ports.conversations.dueKeys(now, BATCH),
      ports.conversations.aheadKeys(now, AHEAD_BATCH),
      ports.conversations.pendingKeys(BATCH),
    ]);
    for (const key of due) await attempt(ports, COMPLETING, () => completeDue(ports, key));
    await completeAhead(ahead);
    for (const key of pending) await attempt(ports, 'logging a decision', () => logPending(ports, key));
  };
}

/** Writes feedback that was learned to its decision, where a process died in between. Apart, since it may take longer. */
export const createSettling = (ports: Ports) => async (): Promise<void> => {
  for (const key of await ports.nodes.unsettledKeys(BATCH)) {
    await attempt(ports, 'settling feedback', () => settleLeft(ports, key));
  }
};

const COMPLETING = 'completing a vote that is due';

/**
 * A clock that was set back and read anew puts deadlines further off than any vote may take: each such vote is waited
 * for no longer than its own time from when it is first seen here.
 */
function createAheadSweep(ports: Ports): (keys: readonly ConversationKey[]) => Promise<void> {
  const waits = new Map<string, Date>();
  const latest = ({ swarmVote }: Conversation): Date | null => {
    const wait = longestWait(swarmVote.timing);
    return wait === null ? null : new Date(ports.clock.now().getTime() + wait);
  };
  const look = async (name: string, { userId, executionId }: ConversationKey): Promise<void> => {
    const until = waits.get(name);
    if (until !== undefined && until > ports.clock.now()) return;
    const found = await ports.conversations.find(userId, { executionId });
    if (found === null) return;
    if (until !== undefined) return void (await completeVote(ports, userId, found.conversation));
    const last = latest(found.conversation);
    if (last !== null) waits.set(name, last);
  };
  return async (keys) => {
    const named = new Map(keys.map((key) => [`${key.userId}/${key.executionId}`, key]));
    for (const name of waits.keys()) if (!named.has(name)) waits.delete(name);
    for (const [name, key] of named) await attempt(ports, COMPLETING, () => look(name, key));
  };
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

async function settleLeft(ports: Ports, { userId, userNodeId }: NodeKey): Promise<void> {
  const unsettled = (await ports.nodes.find(userId, userNodeId))?.unsettled ?? null;
  if (unsettled === null) return;
  // Both ways: it may bear the time of a clock that was ahead.
  const age = Math.abs(ports.clock.now().getTime() - unsettled.feedback.recordedAt.getTime());
  if (age >= GRACE_MS) await settleFeedback(ports, userId, userNodeId, unsettled);
}
