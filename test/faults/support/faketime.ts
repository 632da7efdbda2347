import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onCleanup } from './cleanup.js';
import type { AppProcess } from './processes.js';

const run = promisify(execFile);
const LIBRARIES = ['x86_64-linux-gnu', 'aarch64-linux-gnu', 'riscv64-linux-gnu'].map(
  (machine) => `/usr/lib/${machine}/faketime/libfaketime.so.1`,
);

/** A wall clock that can be set while processes go by it. What nobody can set, the monotonic clock, is left alone. */
export interface SetClock {
  /** For the environment of a process. */
  readonly env: Readonly<Record<string, string>>;
  /** So many seconds off the machine's. */
  set(offsetSeconds: number): Promise<void>;
}

/** What is wanted for it, installed where that is possible; null, or why it is not to be had. */
export async function whyNoFaketime(): Promise<string | null> {
  if (library() !== undefined) return null;
  if (process.platform !== 'linux') return 'there is no libfaketime for this system here';
  const apt = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const [command, ...args] = apt as [string, ...string[]];
  const limits = { timeout: 120_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    await run(command, [...args, 'update'], limits);
    await run(command, [...args, 'install', '-y', '--no-install-recommends', 'faketime'], limits);
  } catch (error) {
    return `faketime cannot be installed: ${String(error).split('\n')[0]}`;
  }
  return library() === undefined ? 'faketime is installed, its library is not where it should be' : null;
}

const library = (): string | undefined => LIBRARIES.find((path) => existsSync(path));

/** Call it when `whyNoFaketime` has answered null. */
export async function createSetClock(): Promise<SetClock> {
  const path = library();
  if (path === undefined) throw new Error('There is no libfaketime.');
  const folder = await mkdtemp(join(tmpdir(), 'swarm-clock-'));
  onCleanup(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'offset');
  const set = async (offsetSeconds: number): Promise<void> => {
    // Never half written: a process reads it each time it asks for the time.
    await writeFile(`${file}.new`, `${offsetSeconds < 0 ? '' : '+'}${offsetSeconds}\n`);
    await rename(`${file}.new`, file);
  };
  await set(0);
  return {
    env: {
      LD_PRELOAD: path,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    set,
  };
}

interface Clocks {
  wallMs: number;
  steadyMs: number;
}

/** Sets it under a running app; throws unless the app's wall clock jumps by as much and its other clock does not. */
export async function jump(app: AppProcess, clock: SetClock, fromSeconds: number, toSeconds: number) {
  const before = await app.command<Clocks>('clocks');
  await clock.set(toSeconds);
  const after = await app.command<Clocks>('clocks');
  const steadyMs = after.steadyMs - before.steadyMs;
  const jumpedMs = after.wallMs - before.wallMs - steadyMs;
  const wantedMs = (toSeconds - fromSeconds) * 1_000;
  if (Math.abs(jumpedMs - wantedMs) > 5_000 || steadyMs > 60_000) {
    throw new Error(`Expected the clock to jump by ${wantedMs} ms, it did by ${Math.round(jumpedMs)} ms.`);
  }
}
