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
  const queues = createQueues();
  const batch = createBatch();
  const givingWay = createGivingWay();
  let isRunning = false;

  const run = (): void => {
    if (!isRunning) setImmediate(turn);
    isRunning = true;
  };
  const turn = (): void => {
    const now = performance.now();
    batch.adapt(now);
    const way = givingWay.at(now);
    if (!way.isGiven) {
      const atLeast = Math.min(LARGEST_BATCH, queues.size * (way.hasConnected ? MADE_UP : 1));
      const pieces = batch.begin(now, queues.size > 0, atLeast);
      for (let left = pieces; left > 0; left--) queues.next()?.();
    }
    isRunning = false;
    if (queues.size > 0 || batch.isAtWork) run();
  };
  const take: Turns['take'] = (who, work) => {
    queues.add(who, work);
    run();
  };
  return {
    take,
    wait: (who) => new Promise((resolve) => take(who, resolve)),
    giveWay() {
      givingWay.ask();
      run();
    },
  };
}

/** The work that waits, by whose it is. */
function createQueues() {
  /** Whose turn it is next comes first. */
  const queues = new Map<object | string, (() => void)[]>();
  return {
    /** Of how many there is work. */
    get size() {
      return queues.size;
    },
    add(who: object | string, work: () => void): void {
      const waiting = queues.get(who);
      if (waiting === undefined) queues.set(who, [work]);
      else waiting.push(work);
    },
    /** The first piece of whose turn it is, who comes last then; undefined where nothing waits. */
    next(): (() => void) | undefined {
      const [next] = queues;
      if (next === undefined) return undefined;
      const [who, waiting] = next;
      queues.delete(who);
      const work = waiting.shift();
      if (waiting.length > 0) queues.set(who, waiting);
      return work;
    },
  };
}

/** How many pieces a turn has: more while turns are short, fewer after a long one. */
function createBatch() {
  let size = FIRST_BATCH;
  /** When the last turn's work began; null when it had none. */
  let workedAtMs: number | null = null;
  return {
    /** Whether the last turn had work, which the next one is to time. */
    get isAtWork() {
      return workedAtMs !== null;
    },
    /** A piece is done when what it promises is, which is after the call: so it is timed from turn to turn. */
    adapt(nowMs: number): void {
      if (workedAtMs !== null)
        size = nowMs - workedAtMs > TURN_MS ? Math.max(1, size >> 1) : Math.min(LARGEST_BATCH, size << 1);
      workedAtMs = null;
    },
    /** The pieces of this turn: more than usual where each is to have one. */
    begin(nowMs: number, hasWork: boolean, atLeast: number): number {
      workedAtMs = hasWork ? nowMs : null;
      return Math.max(size, atLeast);
    },
  };
}

/** Whether turns go to those who connect. */
function createGivingWay() {
  let isAsked = false;
  /** Since when turns have had no work for it; null when the last one had, or nobody has connected. */
  let sinceMs: number | null = null;
  return {
    ask(): void {
      isAsked = true;
    },
    /** Whether this turn is given away, and whether somebody has connected since the last. */
    at(nowMs: number): { isGiven: boolean; hasConnected: boolean } {
      const hasConnected = isAsked;
      isAsked = false;
      sinceMs = hasConnected ? (sinceMs ?? nowMs) : null;
      const isGiven = sinceMs !== null && nowMs - sinceMs < GIVE_WAY_MS;
      if (!isGiven) sinceMs = null;
      return { isGiven, hasConnected };
    },
  };
}
