import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';
import { type Client, createClient } from './client.js';

/** A write, by its port, and the moment beside it at which the process is gone. */
export interface CrashPoint {
  store: 'conversations' | 'decisions' | 'nodes' | 'parameters';
  write: string;
  /** 1 for the first of these writes. */
  nth: number;
  moment: 'before' | 'after';
}

/** Each write, before and after: with a name for the test. */
export const crashPoints = (
  writes: readonly Pick<CrashPoint, 'store' | 'write' | 'nth'>[],
): [string, CrashPoint][] =>
  writes.flatMap((write) =>
    (['before', 'after'] as const).map((moment): [string, CrashPoint] => [
      `${moment} ${write.store}.${write.write}`,
      { ...write, moment },
    ]),
  );

export interface DoomedApp {
  client: Client;
  /** Does what is to kill it; fails when the work is answered or the process ends in another way. */
  diesDuring(work: (client: Client) => Promise<unknown>): Promise<void>;
}

const SCRIPT = fileURLToPath(new URL('./crash-main.ts', import.meta.url));
const START_MS = 20_000;
const DEATH_MS = 15_000;

/** Call once per test file: starts apps that kill themselves; what is left of them is ended after each test. */
export function createDoomedApps(): (mongodbDatabase: string, point: CrashPoint) => Promise<DoomedApp> {
  const started: { child: ChildProcess; ended: Promise<unknown> }[] = [];

  afterEach(async () => {
    for (const { child, ended } of started.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
  });

  return async (mongodbDatabase, point) => {
    // Jest's own options are not for it.
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', SCRIPT, JSON.stringify({ mongodbDatabase, point })],
      { env, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) =>
      child.once('exit', (code, signal) => resolve(signal ?? code)),
    );
    started.push({ child, ended });
    const listening = new Promise<string>((resolve) =>
      createInterface({ input: child.stdout }).once('line', resolve),
    );
    const url = await within(START_MS, 'the app listens', listening, ended);
    const client = createClient(url);
    return {
      client,
      async diesDuring(work) {
        const answer = await within(DEATH_MS, 'the app dies', answerOf(work(client)), null);
        if (answer !== null) throw new Error(`Expected no answer, got ${JSON.stringify(answer)}`);
        const end = await within(DEATH_MS, 'the process ends', ended, null);
        if (end !== 'SIGKILL') throw new Error(`Expected the process to kill itself, it ended with ${end}.`);
      },
    };
  };
}

/** Null when the connection broke, which is how a killed server answers. */
async function answerOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return (await work) ?? 'nothing';
  } catch (error) {
    // By name: the class is not the one of Jest's own realm.
    if ((error as Error).name === 'TypeError') return null;
    throw error;
  }
}

async function within<T>(ms: number, what: string, event: Promise<T>, end: Promise<unknown> | null) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not within ${ms} ms: ${what}`)), ms);
  });
  const ended = end?.then((how) => Promise.reject(new Error(`It ended (${how}) before ${what}.`)));
  ended?.catch(() => {});
  try {
    return await Promise.race([event, late, ...(ended ? [ended] : [])]);
  } finally {
    clearTimeout(timer);
  }
}
