import { setTimeout as sleep } from 'node:timers/promises';
import { id, startConversation } from './api.js';
import { percentile } from './compare.js';
import { say } from './saying.js';

export interface CostOptions {
  url: string;
  /** The execution of a conversation that is long by now; it grows by `WINDOW` in each round. */
  long: string;
  bytes: number;
  rounds: number;
}

/** One round: the mean of so many appends each, in ms. */
interface Round {
  at10: number;
  at100: number;
  atLong: number;
}

export interface Costs {
  /** The medians over the rounds of their means, which hold the paging out, in ms. */
  at10: number;
  at100: number;
  atLong: number;
  /** The medians over the rounds of their ratios: both sides were measured within the same second. */
  longTo100: number;
  longTo10: number;
  /** Of all single appends. */
  medians: Round;
}

/** How many appends a place gets in a round: two pages' worth, since messages of usual size are paged out by 33. */
export const WINDOW = 66;
const CHUNK = 11;

/**
 * What one writer waits for an append to fresh conversations around message 10 and around message 100, and to a long
 * one: by turns, a few of each, so that a machine which speeds up or slows down does it for all.
 */
export async function measureCosts(options: CostOptions): Promise<Costs> {
  const rounds: Round[] = [];
  const all = { at10: [] as number[], at100: [] as number[], atLong: [] as number[] };
  for (let round = 0; round < options.rounds; round++) {
    const times = await measureRound(options);
    for (const place of ['at10', 'at100', 'atLong'] as const) all[place].push(...times[place]);
    rounds.push({ at10: mean(times.at10), at100: mean(times.at100), atLong: mean(times.atLong) });
  }
  const over = (pick: (round: Round) => number) => median(rounds.map(pick));
  return {
    at10: over((round) => round.at10),
    at100: over((round) => round.at100),
    atLong: over((round) => round.atLong),
    longTo100: over((round) => round.atLong / round.at100),
    longTo10: over((round) => round.atLong / round.at10),
    medians: { at10: median(all.at10), at100: median(all.at100), atLong: median(all.atLong) },
  };
}

async function measureRound({ url, long, bytes }: CostOptions): Promise<Record<keyof Round, number[]>> {
  const append = async (executionId: string): Promise<number> => {
    const startedMs = performance.now();
    const key = id();
    const { message } = await say({ urls: () => url }, executionId, key, key.padEnd(bytes, 'x'));
    if (message === null) throw new Error('A message was refused.');
    return performance.now() - startedMs;
  };
  /** As many as a chunk has, with time to finish what they leave to the background. */
  const appends = async (executionId: string, count: number): Promise<number[]> => {
    const times: number[] = [];
    for (let i = 0; i < count; i++) times.push(await append(executionId));
    await sleep(20);
    return times;
  };
  const chunks = WINDOW / CHUNK;
  const young: string[] = [];
  for (let i = 0; i < chunks; i++) {
    young.push(await startConversation(url));
    await appends(young[i] as string, 4);
  }
  const grown = await startConversation(url);
  await appends(grown, 100 - WINDOW / 2);
  const times = { at10: [] as number[], at100: [] as number[], atLong: [] as number[] };
  for (const fresh of young) {
    times.at100.push(...(await appends(grown, CHUNK)));
    times.at10.push(...(await appends(fresh, CHUNK)));
    times.atLong.push(...(await appends(long, CHUNK)));
  }
  return times;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const median = (values: readonly number[]): number =>
  percentile(
    values.toSorted((a, b) => a - b),
    50,
  ) ?? Number.NaN;
