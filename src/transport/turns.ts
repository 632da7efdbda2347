/** What one user's work in one turn of the event loop should take at most, in ms: others wait for as long. */
const TURN_MS = 5;
const FIRST_BATCH = 32;
const LARGEST_BATCH = 64;

/** Lets each user do some of its work in each turn of the event loop: much work of one keeps nobody else waiting. */
export interface Turns {
  /** At once when it has nothing under way, else in its turn; work of one user keeps its order and must not throw. */
  take(who: object | string, work: () => void): void;
  /** Resolves in its turn. */
  wait(who: object | string): Promise<void>;
}

interface Queue {
  waiting: (() => void)[];
  /** How many pieces the next turn has: more while turns are short, fewer when one was long. */
  batch: number;
}

export function createTurns(): Turns {
  const queues = new Map<object | string, Queue>();
  const next = (who: object | string, queue: Queue, startedMs: number): void => {
    if (queue.waiting.length === 0) return void queues.delete(who);
    // A piece is done when what it promises is, which is after the call: so it is timed from turn to turn.
    const now = performance.now();
    const isLong = now - startedMs > TURN_MS;
    queue.batch = isLong ? Math.max(1, queue.batch >> 1) : Math.min(LARGEST_BATCH, queue.batch << 1);
    for (const work of queue.waiting.splice(0, queue.batch)) work();
    setImmediate(next, who, queue, now);
  };
  const take: Turns['take'] = (who, work) => {
    const queue = queues.get(who);
    if (queue !== undefined) return void queue.waiting.push(work);
    const begun: Queue = { waiting: [], batch: FIRST_BATCH };
    queues.set(who, begun);
    setImmediate(next, who, begun, performance.now());
    work();
  };
  return { take, wait: (who) => new Promise((resolve) => take(who, resolve)) };
}
