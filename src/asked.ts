/** What is needed of node's `process`. */
interface OwnProcess {
  readonly ppid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

/** npm passes on to us what Ctrl-C, or a process manager, has sent to both of us: one request then comes twice. */
const SAME_REQUEST_MS = 1_000;
const PARENT_POLL_MS = 500;
/** The scripts of npm that become this process: it passes signals on to us. */
const SCRIPTS: readonly unknown[] = ['start', 'demo'];
/** `npm exec` keeps a shell between, which a signal ends without being passed on. */
const EXEC = 'npx';

/**
 * Calls `stop` once: at SIGTERM, SIGINT or SIGHUP, or when npm, which started us, is gone, since we would hold port and
 * data without anybody knowing. Calls `leave` when asked again.
 */
export function onStopRequest(own: OwnProcess, stop: (reason: string) => void, leave: () => void): void {
  const event = own.env['npm_lifecycle_event'];
  const isUnderNpm = SCRIPTS.includes(event);
  let askedAt: number | null = null;
  const ask = (reason: string): void => {
    if (askedAt === null) {
      askedAt = performance.now();
      stop(reason);
    } else if (!isUnderNpm || performance.now() - askedAt > SAME_REQUEST_MS) leave();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) own.on(signal, ask);
  if (isUnderNpm || event === EXEC) whenParentEnds(own, () => askedAt === null && ask('npm is gone'));
}

/** It ended when we have another parent. */
function whenParentEnds(own: OwnProcess, ended: () => void): void {
  const parent = own.ppid;
  const watch = setInterval(() => {
    if (own.ppid === parent) return;
    clearInterval(watch);
    ended();
  }, PARENT_POLL_MS);
  watch.unref();
}
