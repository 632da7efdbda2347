/** Something that can happen again and again, counted, so that what happens between a look and a wait is not missed. */
export interface Signal {
  readonly count: number;
  fire(): void;
  /** Resolves once `count` is above `heard`, or `abort` fires. */
  wait(heard: number, abort: AbortSignal): Promise<void>;
}

export function createSignal(): Signal {
  let count = 0;
  let waiting = new Set<() => void>();
  return {
    get count() {
      return count;
    },
    fire() {
      count++;
      const woken = waiting;
      waiting = new Set();
      for (const wake of woken) wake();
    },
    wait(heard, abort) {
      if (count > heard || abort.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          abort.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        abort.addEventListener('abort', wake, { once: true });
      });
    },
  };
}

/** Resolves after `ms`, or at once when `abort` fires. */
export const pause = (ms: number, abort: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (abort.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      abort.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    abort.addEventListener('abort', done, { once: true });
  });

/**
 * A generator that hears `return()` while it sleeps: plain async generators run it only once they are woken, so a
 * client that leaves would hold what the stream holds until the next message.
 */
export function abortable<T>(
  start: (abort: AbortSignal) => AsyncGenerator<T, void>,
  /** Lets go of what was taken for it, also when it is left before its first event. Called once or more. */
  release: () => void = () => {},
): AsyncIterableIterator<T> {
  const controller = new AbortController();
  const source = start(controller.signal);
  return {
    next: () => source.next(),
    return() {
      controller.abort();
      release();
      return source.return(undefined) as Promise<IteratorResult<T>>;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
