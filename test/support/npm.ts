import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isRunning } from './launcher-processes.js';
import { until } from './until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface NpmProcess {
  child: ChildProcess;
  /** npm's own. */
  pid: number;
  /** All that it and its scripts wrote so far. */
  readonly output: string;
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
  /** Resolves once the output matches. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** The processes it has started, and those that they have, now. */
  offspring(): Promise<{ pid: number; command: string }[]>;
}

/** `npm …` as a person or a process manager runs it, with these settings and no others, leading a group of its own. */
export function spawnNpm(args: readonly string[], settings: Record<string, string> = {}): NpmProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn('npm', args, {
    cwd: ROOT,
    env: { PATH, HOME, PORT: '0', ...settings },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid as number;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return {
    child,
    pid,
    get output() {
      return output;
    },
    ended: new Promise((resolve) => child.once('exit', resolve)),
    async said(pattern) {
      const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
      await until(`npm says ${pattern}`, () => pattern.test(output) || hasEnded(), 90_000);
      const match = pattern.exec(output);
      if (match === null) throw new Error(`npm ended without ${pattern}: ${output}`);
      return match;
    },
    offspring: () => offspringOf(pid),
  };
}

/** Resolves once none of them runs any more. */
export const areGone = (pids: readonly number[], limitMs: number): Promise<void> =>
  until(
    'all that was started has ended',
    async () => (await Promise.all(pids.map(isRunning))).every((runs) => !runs),
    limitMs,
  );

async function offspringOf(pid: number): Promise<{ pid: number; command: string }[]> {
  const found: { pid: number; command: string }[] = [];
  for (const task of await readdir(`/proc/${pid}/task`).catch(() => [])) {
    const children = await readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '');
    for (const child of children.split(' ').filter(Boolean).map(Number)) {
      const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
      found.push({ pid: child, command: command.replaceAll('\0', ' ') }, ...(await offspringOf(child)));
    }
  }
  return found;
}
