/** What the work of one turn of the event loop should take at most, in ms: all others wait for as long. */
const TURN_MS = 5;
/** Pieces of work in one turn. */
const FIRST_BATCH = 32;
const LARGEST_BATCH = 64;
/** How long work gives way to those who connect, in ms, before there is a turn of it. */
const GIVE_WAY_MS = 15;
/** How many pieces each has in that turn, where there are as many: more have come while it waited. */
const MADE_UP = 4;

/** Does the work of many in turns of the event loop, a piece of each in turn: much work of one keeps nobody waiting. */
export interface Turns {
  /** Work of one keeps its order; it must not throw. */
  take(who: object | string, work: () => void): void;
  /** Resolves in its turn. */
  wait(who: object | string): Promise<void>;
  /**
   * Somebody has connected, and others may be about to: the next turn is theirs. The event loop takes one connection
   * a turn (libuv 1.45 and later), so the last of many waits for as many turns, and those are short without work.
   */
  giveWay(): void;
}

export function createTurns(): Turns {
  /** Whose turn it is next comes first. */
  const queues = new Map<object | string, (() => void)[]>();
  /** Pieces in the next turn, or more where each is to have one: more while turns are short, fewer after a long one. */
  let batch = FIRST_BATCH;
  let isRunning = false;
  let isGivingWay = false;
  /** Since when turns have had no work for it; null when the last one had, or nobody has connected. */
  let givesWaySinceMs: number | null = null;
  /** When the last turn's work began; null when it had none. */
  let workedAtMs: number | null = null;

  const run = (): void => {
    if (!isRunning) setImmediate(turn);
    isRunning = true;
  };
  const turn = (): void => {
    const now = performance.now();
    // A piece is done when what it promises is, which is after the call: so it is timed from turn to turn.
    if (workedAtMs !== null)
      batch = now - workedAtMs > TURN_MS ? Math.max(1, batch >> 1) : Math.min(LARGEST_BATCH, batch << 1);
    const hasConnected = isGivingWay;
    isGivingWay = false;
    if (hasConnected) givesWaySinceMs ??= now;
    else givesWaySinceMs = null;
    if (givesWaySinceMs === null || now - givesWaySinceMs >= GIVE_WAY_MS) {
      const atLeast = Math.min(LARGEST_BATCH, queues.size * (hasConnected ? MADE_UP : 1));
      workedAtMs = queues.size > 0 ? now : null;
      givesWaySinceMs = null;
      for (let left = Math.max(batch, atLeast); left > 0; left--) workOnce();
    } else workedAtMs = null;
    isRunning = false;
    if (queues.size > 0 || workedAtMs !== null) run();
  };
  const workOnce = (): void => {
    const [next] = queues;
    if (next === undefined) return;
    const [who, waiting] = next;
    queues.delete(who);
    const work = waiting.shift();
    if (waiting.length > 0) queues.set(who, waiting);
    work?.();
  };
  const take: Turns['take'] = (who, work) => {
    const waiting = queues.get(who);
    if (waiting === undefined) queues.set(who, [work]);
    else waiting.push(work);
    run();
  };
  return {
    take,
    wait: (who) => new Promise((resolve) => take(who, resolve)),
    giveWay() {
      isGivingWay = true;
      run();
    },
  };
}
