import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Duplex, Readable } from 'node:stream';
import { DatabaseStartError } from './startError.js';

/**
 * Becomes the program ("$@"), beside a watcher that reads a pipe only our process holds the other end of.
 * The kernel closes that end however we die, kill -9 included; the watcher then ends the program and what that has
 * started, which is its process group. A line on the pipe says that the program has ended and its pid may belong to
 * somebody else by now.
 */
const GUARD = `
{ read -r line <&3 || {
    trap '' TERM; kill -s TERM -- -$$; n=0
    while kill -0 $$ && [ $n -lt 3 ]; do sleep 1; n=$((n + 1)); done
    [ $n -lt 3 ] || kill -s KILL -- -$$
  }
} >/dev/null 2>&1 &
exec "$@" 3<&-`;

const TAIL_LINES = 30;
const TAIL_LINE_CHARS = 1000;
const GRACE_MS = 3000;

/** A process that ends with ours, whatever ends ours, and that signals from a terminal do not reach. */
export interface Child {
  readonly pid: number;
  /** Resolves, never rejects, when the process is gone and all it printed was read. */
  readonly ended: Promise<Ending>;
  /** The first line of its standard output that matches; null when it ended without one. */
  waitForLine(pattern: RegExp): Promise<RegExpExecArray | null>;
  /** The newest lines of its output and errors. */
  tail(): string;
  /** SIGTERM, after the grace (3 s) SIGKILL; resolves when it is gone. */
  end(graceMs?: number): Promise<void>;
}

interface Ending {
  code: number | null;
  /** "with exit code 1" or "by SIGKILL" */
  description: string;
}

/** Starts `file`; that it cannot be run shows as an ending with exit code 126 or 127. */
export function spawnChild(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Child {
  // Detached: in a process group of its own, Ctrl-C reaches us and not the child, which must outlive our
  // last write.
  const child = spawn('/bin/sh', ['-c', GUARD, 'sh', file, ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  child.on('error', () => {});
  const { pid } = child;
  if (pid === undefined) throw new DatabaseStartError(`The system refused to start a process for ${file}.`);

  // The types cannot tell that all three are pipes.
  const [stdout, stderr, guard] = child.stdio.slice(1) as [Readable, Readable, Duplex];
  const output = recordLines(stdout, stderr);
  guard.on('error', () => {}).resume();

  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (code, signal) => {
      guard.end('ended\n');
      // 'close' waits for the last output; a grandchild that keeps the pipe open must not hold it back for
      // ever.
      const timer = setTimeout(() => {
        for (const stream of [stdout, stderr, guard]) stream.destroy();
      }, 1000);
      child.once('close', () => {
        clearTimeout(timer);
        resolve({ code, description: signal === null ? `with exit code ${code}` : `by ${signal}` });
      });
    });
  });

  return {
    pid,
    ended,
    tail: output.tail,
    waitForLine: (pattern) => Promise.race([output.waitFor(pattern), ended.then(() => null)]),
    async end(graceMs = GRACE_MS) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Reads both streams all the time, since a full pipe would block the child. */
function recordLines(stdout: Readable, stderr: Readable) {
  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>();
  const record = (line: string) => {
    lines.push(line.slice(0, TAIL_LINE_CHARS));
    if (lines.length > TAIL_LINES) lines.shift();
  };
  createInterface({ input: stderr }).on('line', record);
  createInterface({ input: stdout }).on('line', (line) => {
    record(line);
    for (const listener of listeners) listener(line);
  });

  return {
    tail: () => lines.join('\n'),
    waitFor(pattern: RegExp): Promise<RegExpExecArray> {
      return new Promise((resolve) => {
        const listener = (line: string) => {
          const match = pattern.exec(line);
          if (match === null) return;
          listeners.delete(listener);
          resolve(match);
        };
        listeners.add(listener);
      });
    },
  };
}
