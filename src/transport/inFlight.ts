/** Work that is waited for before the end. */
export interface InFlight {
  /** Whether nothing new is to begin. */
  readonly isStopping: boolean;
  /** Answers the same promise, which must not reject. */
  add<T>(work: Promise<T>): Promise<T>;
  /** Lets nothing new begin; resolves when all is done, or after the deadline. */
  finish(deadlineMs: number): Promise<void>;
}

export function createInFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  let isStopping = false;
  return {
    get isStopping() {
      return isStopping;
    },
    add(work) {
      running.add(work);
      void work.finally(() => running.delete(work));
      return work;
    },
    async finish(deadlineMs) {
      isStopping = true;
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise((resolve) => {
        timer = setTimeout(resolve, deadlineMs);
      });
      await Promise.race([Promise.allSettled(running), deadline]);
      clearTimeout(timer);
    },
  };
}
