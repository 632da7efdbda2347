import { setImmediate as turn } from 'node:timers/promises';
import type { CountedDecision } from '../decision.js';
import type { Ports } from '../ports.js';
import { RANGES } from '../ranges.js';

/** How many numbers one reading takes: a few milliseconds of work, between which others are answered. */
const STEP = 100;
/** The most that any question looks back on. */
export const MAX_HISTORY = RANGES.last.max;

/** Whose decisions are looked through, and who waits for whom meanwhile. */
export interface HistoryOf {
  userId: string;
  userNodeId: string;
  /** How many of the newest that a swarm took; left out, MAX_HISTORY. */
  last?: number | undefined;
  /** One history at a time under this key; the user's own unless said. */
  inTurnOf?: string;
}

/**
 * Looks through a node's decisions, newest first, some at a time, until there were `last` that a swarm took or there
 * are no more. One history at a time for each user; others are answered in between.
 * @throws {QueueFull} where too many wait already.
 */
export const readHistory = (
  ports: Ports,
  { userId, userNodeId, last = MAX_HISTORY, inTurnOf = userId }: HistoryOf,
  look: (decisions: readonly CountedDecision[]) => void | Promise<void>,
): Promise<void> =>
  ports.longInTurn(inTurnOf, async () => {
    const node = await ports.nodes.find(userId, userNodeId);
    let left = last;
    for (let upTo = node?.lastDecisionSeq ?? 0; upTo > 0 && left > 0; upTo -= STEP) {
      const found = await ports.decisions.history(userId, userNodeId, Math.max(0, upTo - STEP), upTo);
      const taken = found.filter(({ ballots }) => ballots.length > 0).slice(0, left);
      left -= taken.length;
      await look(taken);
      await turn();
    }
  });
