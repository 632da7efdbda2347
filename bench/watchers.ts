import { readFile } from 'node:fs/promises';
import { addBody, append } from './appends.js';
import { type Client, createClient, id, startConversation } from './client.js';
import { openFollower } from './follower.js';
import { type Spread, spread } from './rate.js';
import type { Bench, Server } from './server.js';
import { SETTINGS_OF_MANY_USERS, tokenOf } from './tokens.js';

const CONVERSATIONS = 40;
const MESSAGES = 3;
const PAIRS = 5;
/** Of Linux's /proc: what a tick is on every machine of today. */
const TICK_MS = 10;

const LISTS = [
  'subscription Changed { conversationChanged { executionId status lastSeq } }',
  'subscription Completed { voteCompleted { conversation { executionId } } }',
];

export interface WatchersCost {
  /** The server's CPU for one user's conversations with other users watching their lists ÷ with none. */
  ratio: Spread;
  aloneMs: number;
  watchedMs: number;
}

/**
 * CPU rather than time, since the readings that watchers cause wait for the database. Rounds with and without them
 * follow each other; the first pair, in which code is compiled, is thrown away.
 */
export async function measureWatchers(bench: Bench, watchers = 500): Promise<WatchersCost> {
  const server = await bench.another(SETTINGS_OF_MANY_USERS);
  const client = createClient(server.url, 1, await tokenOf(id()));
  try {
    const rounds: { alone: number; watched: number }[] = [];
    for (let i = 0; i <= PAIRS; i++) {
      const alone = await cpuOfOne(server, client);
      const followers = await Promise.all(
        Array.from({ length: watchers }, async (_, n) => {
          const follower = await openFollower(server.url, await tokenOf(id()));
          follower.subscribe(LISTS[n % LISTS.length] as string, () => {});
          return follower;
        }),
      );
      // Each looks once at its list as it begins.
      await pause(1_500);
      const watched = await cpuOfOne(server, client);
      for (const follower of followers) follower.close();
      await pause(500);
      rounds.push({ alone, watched });
    }
    const kept = rounds.slice(1);
    return {
      ratio: spread(kept.map(({ alone, watched }) => watched / alone)),
      aloneMs: spread(kept.map(({ alone }) => alone)).median,
      watchedMs: spread(kept.map(({ watched }) => watched)).median,
    };
  } finally {
    client.close();
    await server.stop();
  }
}

/** Milliseconds of the server's CPU for one new conversation and a few messages. */
async function cpuOfOne(server: Server, client: Client): Promise<number> {
  const before = await cpuMs(server);
  for (let i = 0; i < CONVERSATIONS; i++) {
    const { executionId } = await startConversation(client);
    const body = addBody(executionId);
    for (let n = 0; n < MESSAGES; n++) await append(client, body);
  }
  // What woke the watchers' streams is read by now.
  await pause(500);
  return ((await cpuMs(server)) - before) / CONVERSATIONS;
}

/** User and system time of all its threads so far, from proc(5): the name may hold spaces, so from behind it. */
async function cpuMs({ pid }: Server): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
