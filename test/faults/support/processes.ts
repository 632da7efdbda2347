import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freeze } from '../../support/launcher-processes.js';
import { onCleanup } from './cleanup.js';
import type { Command, EntrySettings, Reply } from './entry.js';

/** How a process ended: with a code, or by a signal. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The app as a process of its own, on a port that stays the same over restarts. */
export interface AppProcess {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves when it is gone, with its exit code and how long it took. */
  terminate(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }>;
  /** SIGSTOP; resolves when it stands still. */
  freeze(): Promise<void>;
  thaw(): void;
  /** A command of one of its wraps, and what it answers. */
  command<T = unknown>(name: string, ...args: unknown[]): Promise<T>;
  readonly ended: Promise<Ending>;
}

const ENTRY = fileURLToPath(new URL('./entry.ts', import.meta.url));
const START_MS = 60_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Sees to it that the process ends after the run that started it, and with this process. */
export function endWithUs(child: ChildProcess): Promise<Ending> {
  running.add(child);
  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  onCleanup(() => {
    child.kill('SIGKILL');
    return ended;
  });
  return ended;
}

/** Resolves when it listens; fails when it ends before. */
export async function spawnApp(settings: EntrySettings): Promise<AppProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', ENTRY, JSON.stringify(settings)], {
    env: { ...process.env, ...settings.env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = endWithUs(child);
  const command = commander(child, ended);
  const url = await firstLine(child, ended);
  const signalled = async (signal: NodeJS.Signals) => {
    const startedAt = performance.now();
    child.kill(signal);
    const { code } = await ended;
    return { code, ms: performance.now() - startedAt };
  };
  return {
    url,
    port: settings.port,
    pid: child.pid as number,
    ended,
    command,
    async kill() {
      await signalled('SIGKILL');
    },
    terminate: (signal = 'SIGTERM') => signalled(signal),
    freeze: () => freeze(child.pid as number),
    thaw: () => void child.kill('SIGCONT'),
  };
}

async function firstLine(child: ChildProcess, ended: Promise<Ending>): Promise<string> {
  if (child.stdout === null) throw new Error('Expected a pipe.');
  const line = new Promise<string>((resolve) =>
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', resolve),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The app does not listen within ${START_MS} ms.`)), START_MS);
  });
  const early = ended.then(({ code, signal }): never => {
    throw new Error(`The app ended with ${signal ?? code} before it listened.`);
  });
  early.catch(() => {});
  try {
    return await Promise.race([line, early, late]);
  } finally {
    clearTimeout(timer);
  }
}

function commander(child: ChildProcess, ended: Promise<Ending>): AppProcess['command'] {
  const waiting = new Map<number, { resolve: (result: any) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  child.on('message', (reply: Reply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) asked?.reject(new Error(reply.error));
    else asked?.resolve(reply.result);
  });
  void ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('The app ended before it answered.'));
  });
  return (name, ...args) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      const command: Command = { id, name, args };
      child.send(command, (error) => error && reject(error));
    });
}

/**
 * A port that is free now, below those the kernel gives to outgoing connections: a client that keeps trying a port of
 * that range while nobody listens may in the end be connected to itself, and then the server cannot have it back.
 */
export async function choosePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
