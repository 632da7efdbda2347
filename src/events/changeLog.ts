import type { Conversation } from '../domain/conversation.js';

/** One entry a conversation: its latest state only. */
export interface Change {
  /** Rises with each change. */
  tick: number;
  /** The tick at which its vote completed while the log was kept; null when that was before, or is still to come. */
  completedTick: number | null;
  conversation: Conversation;
}

/** The latest changes, in order, bounded: a follower that is further behind reads the store again. */
export function createChangeLog(kept: number) {
  const latest = new Map<string, Change>();
  let log: Change[] = [];
  let tick = 0;
  /** The tick of the newest change that is not kept any more. */
  let droppedTick = 0;

  const trim = (): void => {
    // Not at each change: entries that were superseded go along.
    if (log.length <= 2 * kept) return;
    const current = log.filter((change) => latest.get(change.conversation.id) === change);
    const dropped = current.slice(0, Math.max(0, current.length - kept));
    for (const { conversation } of dropped) latest.delete(conversation.id);
    droppedTick = dropped.at(-1)?.tick ?? droppedTick;
    log = current.slice(dropped.length);
  };

  return {
    get tick() {
      return tick;
    },
    add(conversation: Conversation, isCompletion: boolean): void {
      const before = latest.get(conversation.id);
      tick++;
      const completedTick = isCompletion ? tick : (before?.completedTick ?? null);
      const change = { tick, completedTick, conversation };
      latest.set(conversation.id, change);
      log.push(change);
      trim();
    },
    /** The next after a tick; null when there is none yet. What has changed again comes later, once. */
    after(seen: number): Change | null {
      for (let i = firstAfter(log, seen); i < log.length; i++) {
        const change = log[i] as Change;
        if (latest.get(change.conversation.id) === change) return change;
      }
      return null;
    },
    /** Whether something after a tick is not kept any more. */
    hasDropped: (seen: number): boolean => seen < droppedTick,
  };
}

function firstAfter(log: readonly Change[], seen: number): number {
  let low = 0;
  let high = log.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((log[middle] as Change).tick > seen) high = middle;
    else low = middle + 1;
  }
  return low;
}
