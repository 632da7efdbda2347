export interface Repeated {
  /** Resolves when the work under way is done. */
  stop(): Promise<void>;
}

/** Does something now and then again and again, never twice at once; what fails is told and tried the next time. */
export function every(
  ms: number,
  work: (stop: () => void) => Promise<void>,
  report: (error: unknown, doing: string) => void,
  doing: string,
): Repeated {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    isStopped = true;
    clearTimeout(timer);
  };
  const turn = async (): Promise<void> => {
    try {
      await work(stop);
    } catch (error) {
      report(error, doing);
    }
    if (isStopped) return;
    timer = setTimeout(() => (running = turn()), ms);
    timer.unref();
  };
  let running = turn();
  return {
    async stop() {
      stop();
      await running;
    },
  };
}
