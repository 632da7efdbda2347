import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AppOptions } from '../../src/app.js';
import type { Ports } from '../../src/domain/ports.js';
import { id, type RunningApp, startOn, testDatabase } from '../support/app.js';
import { type Client, createClient, type Subscription } from '../support/client.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';
import { CHANGED, COMPLETED } from './operations.js';

const WATCHERS = 30;
let reads = 0;

/** Counts what is asked of the record about conversations, whoever asks. */
const counting = (ports: Ports): Ports => ({
  ...ports,
  conversations: Object.fromEntries(
    Object.entries(ports.conversations).map(([name, method]) => [
      name,
      (...args: unknown[]) => {
        reads++;
        return (method as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Ports['conversations'],
});

const { name } = testDatabase();
/** Nothing is read but by who was woken. */
const UNPOLLED: Partial<AppOptions> = { auth: AUTH, pollMs: 60_000, sweepMs: 60_000 };
let here: { url: string; stop(): Promise<void> };
let there: typeof here;
const clients: Client[] = [];

async function clientOf({ url }: typeof here, userId: string): Promise<RunningApp> {
  const client = createClient(url, await mint({ sub: userId }));
  clients.push(client);
  return { ...client, url, stop: async () => {} };
}

beforeAll(async () => {
  there = await startOn(name, UNPOLLED);
  here = await startOn(name, { ...UNPOLLED, wrapPorts: counting });
  for (const { url } of [here, there]) {
    await until('it is ready', async () => (await fetch(`${url}/health/ready`)).status === 200);
  }
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await Promise.all([here.stop(), there.stop()]);
});

/** A conversation of three agents from its start to its decision, and what `here` was asked for by it. */
async function readsOfOne(writer: RunningApp): Promise<number> {
  await settled();
  const before = reads;
  const { start, say, vote } = flow(writer);
  const { executionId } = await start();
  await say(executionId, {});
  for (const agent of ['a', 'b', 'c']) await vote(executionId, agent, { action: 'BUY', confidence: 70 });
  await settled();
  return reads - before;
}

/** What was woken has read: nothing was asked for during half a second. */
async function settled(): Promise<void> {
  await until('nothing is read any more', async () => {
    const seen = reads;
    await sleep(500);
    return reads === seen;
  });
}

async function watchOthers(count: number): Promise<Subscription[]> {
  const watchers: Subscription[] = [];
  for (let i = 0; i < count; i++) {
    const other = await clientOf(here, id());
    watchers.push(other.subscribe(i % 2 === 0 ? CHANGED : COMPLETED));
  }
  await settled();
  return watchers;
}

test('what a user says costs no more readings when others watch their own lists', async () => {
  const userId = id();
  const [own, elsewhere] = await Promise.all([clientOf(here, userId), clientOf(there, userId)]);
  const alone = { own: await readsOfOne(own), elsewhere: await readsOfOne(elsewhere) };
  const watchers = await watchOthers(WATCHERS);
  const watched = { own: await readsOfOne(own), elsewhere: await readsOfOne(elsewhere) };
  for (const watcher of watchers) watcher.stop();
  expect(watched).toEqual(alone);
  expect(watched.elsewhere).toBe(0);
});

test('hears of a change elsewhere to a conversation that began before the server did', async () => {
  const userId = id();
  const elsewhere = await clientOf(there, userId);
  const { executionId } = await flow(elsewhere).start();
  const late = await startOn(name, UNPOLLED);
  await until('it is ready', async () => (await fetch(`${late.url}/health/ready`)).status === 200);
  const client = await clientOf(late, userId);
  const changes = client.subscribe(CHANGED);
  await changes.silence(500);
  await flow(elsewhere).say(executionId, {});
  expect((await changes.next()).conversationChanged).toMatchObject({ executionId, lastSeq: 1 });
  changes.stop();
  await client.close();
  await late.stop();
});

test('finds by one look for all what nobody was woken for', async () => {
  const deaf = (ports: Ports): Ports => ({ ...ports, bus: { ...ports.bus, publish() {}, wakeAll() {} } });
  const looks = { ofAll: 0, ofOne: 0 };
  const app = await startOn(name, {
    ...UNPOLLED,
    pollMs: 50,
    watchChanges: false,
    wrapPorts: (ports) =>
      deaf({
        ...ports,
        conversations: {
          ...ports.conversations,
          changes(...args) {
            looks.ofAll++;
            return ports.conversations.changes(...args);
          },
          changedSince(...args) {
            looks.ofOne++;
            return ports.conversations.changedSince(...args);
          },
        },
      }),
  });
  const users = await Promise.all(Array.from({ length: 5 }, () => clientOf(app, id())));
  const streams = users.map((user) => user.subscribe(CHANGED));
  await until('each has looked once for itself', () => looks.ofOne === users.length);
  for (const user of users) await flow(user).start();
  for (const stream of streams) expect((await stream.next()).conversationChanged.lastSeq).toBe(0);
  const { ofAll } = looks;
  await until('it has looked again', () => looks.ofAll > ofAll + 3);
  expect(looks.ofOne).toBe(users.length);
  for (const stream of streams) stream.stop();
  await Promise.all(users.map((user) => user.close()));
  await app.stop();
});
