import type { Child } from './child.js';
import type { Engine, Launched } from './engine.js';
import type { Lock } from './lock.js';

type State =
  | { is: 'running'; child: Child }
  | { is: 'ended' }
  | { is: 'restarting'; done: Promise<void>; abort: AbortController }
  | { is: 'stopped'; done: Promise<void> };

/** A database that answers, and what is known of its process. */
export interface RunningDatabase {
  readonly uri: string;
  readonly kind: 'external' | 'mongod' | 'embedded';
  /** The child's; null for an external database and while the child is down. */
  readonly pid: number | null;
  /** Resolves when it is stopped; idempotent. SIGTERM, after the grace (3 s) SIGKILL. */
  stop(graceMs?: number): Promise<void>;
  /** Calls back when the child ended without being asked to; returns what unsubscribes. */
  onExit(listener: (description: string) => void): () => void;
  /**
   * Starts the child again on the same files and port, ending it first where it still runs. Rejects with
   * DatabaseStartError and may then be called again. Does nothing for an external database.
   */
  restart(): Promise<void>;
  /** Records where the server listens, so that a second server on the same folder can name the first. */
  announce(url: string): Promise<void>;
}

/** Watches over a launched database until it is stopped. */
export function superviseDatabase(engine: Engine, launched: Launched, lock: Lock): RunningDatabase {
  const { port } = launched;
  const listeners = new Set<(description: string) => void>();
  let state: State = { is: 'ended' };
  adopt(launched.child);

  function adopt(child: Child): void {
    state = { is: 'running', child };
    void child.ended.then(({ description }) => {
      if (state.is !== 'running' || state.child !== child) return;
      state = { is: 'ended' };
      const told = endOf(engine, child, description);
      for (const listener of listeners) listener(told);
    });
  }

  async function relaunch(previous: Child | null, signal: AbortSignal): Promise<void> {
    await previous?.end();
    try {
      adopt(await launchUnless(signal, engine, port));
    } catch (error) {
      if (state.is === 'restarting') state = { is: 'ended' };
      throw error;
    }
  }

  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  return {
    uri,
    kind: engine.kind,
    get pid() {
      return state.is === 'running' ? state.child.pid : null;
    },
    announce: (url) => lock.announce({ url, database: uri }),
    onExit(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async restart() {
      if (state.is === 'stopped') throw new Error('The database was stopped.');
      if (state.is === 'restarting') return state.done;
      const abort = new AbortController();
      const previous = state.is === 'running' ? state.child : null;
      const done = relaunch(previous, abort.signal);
      state = { is: 'restarting', done, abort };
      return done;
    },
    stop(graceMs) {
      if (state.is !== 'stopped') state = { is: 'stopped', done: end(state, lock, graceMs) };
      return state.done;
    },
  };
}

/** The child launched anew; rejects with the signal's reason where that fired meanwhile, and ends the child first. */
async function launchUnless(signal: AbortSignal, engine: Engine, port: number): Promise<Child> {
  const { child } = await engine.launch(port, signal);
  if (signal.aborted) await child.end();
  signal.throwIfAborted();
  return child;
}

async function end(last: State, lock: Lock, graceMs?: number): Promise<void> {
  if (last.is === 'running') await last.child.end(graceMs);
  if (last.is === 'restarting') {
    last.abort.abort(new Error('The database was stopped while it was restarted.'));
    await last.done.catch(() => {});
  }
  await lock.release();
}

function endOf({ kind }: Engine, child: Child, description: string): string {
  const tail = child.tail();
  return `The database (${kind}, process ${child.pid}) ended ${description}.${tail && `\n${tail}`}`;
}
