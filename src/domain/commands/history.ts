import type { CountedDecision } from '../decision.js';
import type { Ports } from '../ports.js';

/** So many numbers are looked at in one reading: a few milliseconds of work, between which others are answered. */
const STEP = 250;
/** The most that any question looks back on. */
export const MAX_HISTORY = 10_000;

/** A node's decisions, newest first, some at a time, until there were `last` that a swarm took or there are no more. */
export async function* readHistory(
  ports: Ports,
  userId: string,
  userNodeId: string,
  last = MAX_HISTORY,
): AsyncGenerator<CountedDecision[]> {
  const node = await ports.nodes.find(userId, userNodeId);
  let left = last;
  for (let upTo = node?.lastDecisionSeq ?? 0; upTo > 0 && left > 0; upTo -= STEP) {
    const found = await ports.decisions.history(userId, userNodeId, Math.max(0, upTo - STEP), upTo);
    const taken = found.filter(({ ballots }) => ballots.length > 0).slice(0, left);
    left -= taken.length;
    if (taken.length > 0) yield taken;
  }
}

/** All of them at once, newest first. */
export async function allHistory(
  ports: Ports,
  userId: string,
  userNodeId: string,
  last?: number,
): Promise<CountedDecision[]> {
  const decisions: CountedDecision[] = [];
  for await (const some of readHistory(ports, userId, userNodeId, last)) decisions.push(...some);
  return decisions;
}
