import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

/** An ended process that nobody waited for (a zombie) does not count as running. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return (await readState(pid)) !== 'Z';
}

/** Stops it with SIGSTOP; resolves when it stands still: a signal sent before may still reach it. */
export async function freeze(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await until('it stands still', async () => ['T', ''].includes(await readState(pid)));
}

/** The letter of proc(5); empty where the system has none. */
async function readState(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat[stat.lastIndexOf(')') + 2] ?? '';
}

/** A server of the smallest kind: a process of its own that holds a database, see launcher-parent.ts. */
export interface Parent {
  process: ChildProcess;
  pid: number;
  /** The rest of the first line that starts with the word. */
  said(word: string): Promise<string>;
  order(command: string): void;
  ended: Promise<number | null>;
}

/** Leads a process group of its own, as a program started from a shell does. */
export function spawnParent(dataDir: string, installDir: string, parentEnv: NodeJS.ProcessEnv): Parent {
  // Jest's own options are not for it.
  const { NODE_OPTIONS: _, ...env } = parentEnv;
  const script = fileURLToPath(new URL('./launcher-parent.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, installDir], {
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return {
    process: child,
    pid: child.pid as number,
    async said(word) {
      const find = () => lines.find((line) => line.startsWith(`${word} `));
      await until(
        `the parent says "${word}" (it said ${JSON.stringify(lines)})`,
        () => find() !== undefined,
        40_000,
      );
      return (find() as string).slice(word.length + 1);
    },
    order: (command) => void child.stdin.write(`${command}\n`),
    ended: new Promise((resolve) => child.once('exit', resolve)),
  };
}
