import { setImmediate as turn } from 'node:timers/promises';
import type { CountedDecision } from '../decision.js';
import type { Ports } from '../ports.js';

/** So many numbers are looked at in one reading: a few milliseconds of work, between which others are answered. */
const STEP = 100;
/** The most that any question looks back on. */
export const MAX_HISTORY = 10_000;

/**
 * Looks through a node's decisions, newest first, some at a time, until there were `last` that a swarm took or there
 * are no more. One history at a time for each user; whoever else asks is answered in between.
 */
export const readHistory = (
  ports: Ports,
  userId: string,
  userNodeId: string,
  last: number | undefined,
  look: (decisions: readonly CountedDecision[]) => void,
): Promise<void> =>
  ports.longInTurn(userId, async () => {
    const node = await ports.nodes.find(userId, userNodeId);
    let left = last ?? MAX_HISTORY;
    for (let upTo = node?.lastDecisionSeq ?? 0; upTo > 0 && left > 0; upTo -= STEP) {
      const found = await ports.decisions.history(userId, userNodeId, Math.max(0, upTo - STEP), upTo);
      const taken = found.filter(({ ballots }) => ballots.length > 0).slice(0, left);
      left -= taken.length;
      look(taken);
      await turn();
    }
  });

/** All of them at once, newest first. */
export async function allHistory(
  ports: Ports,
  userId: string,
  userNodeId: string,
  last?: number,
): Promise<CountedDecision[]> {
  const decisions: CountedDecision[] = [];
  await readHistory(ports, userId, userNodeId, last, (some) => void decisions.push(...some));
  return decisions;
}
