import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startDatabase } from '../../src/mongo/launcher/ladder.js';
import type { RunningDatabase } from '../../src/mongo/launcher/running.js';
import { type Proxy, startProxy } from '../faults/support/proxy.js';
import { id, type RunningApp, startTestApp } from '../support/app.js';
import { sharedInstallDir } from '../support/launcher-install.js';
import { freeze } from '../support/launcher-processes.js';
import { until } from '../support/until.js';
import { ADD, flow, messageInput } from '../support/scenario.js';

const QUERY = 'query Q($executionId: ID!) { conversation(executionId: $executionId) { lastSeq } }';
const STREAM = `subscription S($executionId: ID!) {
  messageAdded(executionId: $executionId) { seq content { text } }
}`;

let dataDir: string;
let database: RunningDatabase;
let proxy: Proxy;
let app: RunningApp;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'away-'));
  const say = () => {};
  database = await startDatabase({
    uri: null,
    dataDir,
    installDir: sharedInstallDir,
    env: process.env,
    say,
  });
  proxy = await startProxy(Number(new URL(database.uri).port));
  const mongodbUri = `mongodb://127.0.0.1:${proxy.port}/?directConnection=true`;
  app = await startTestApp(`test_${id()}`, { mongodbUri, maxPoolSize: 4 });
});

afterEach(async () => {
  if (database.pid !== null) process.kill(database.pid, 'SIGCONT');
  proxy.pass();
  await until('it is ready for the next test', async () => (await health('ready')) === 200);
});

afterAll(async () => {
  await app?.stop();
  await proxy?.close();
  await database?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** How it goes away, and what brings it back. */
const ways: [string, () => Promise<void> | void, () => Promise<void> | void][] = [
  ['refuses connections', () => proxy.cut(), () => proxy.pass()],
  ['swallows all', () => proxy.blackHole(), () => proxy.pass()],
  ['answers 2 s late', () => proxy.delay(2_000), () => proxy.pass()],
  [
    'is frozen',
    () => freeze(database.pid as number),
    () => void process.kill(database.pid as number, 'SIGCONT'),
  ],
  [
    'is killed',
    () => void process.kill(database.pid as number, 'SIGKILL'),
    async () => {
      await until('its end is seen', () => database.pid === null);
      await database.restart();
    },
  ],
];

const timed = async <T>(work: Promise<T>): Promise<{ took: number; answer: T }> => {
  const startedAt = performance.now();
  const answer = await work;
  return { took: performance.now() - startedAt, answer };
};

const health = async (path: string): Promise<number> => (await fetch(`${app.url}/health/${path}`)).status;

interface Told {
  errors?: readonly { message: string; extensions?: unknown }[] | undefined;
}

function expectUnavailable({ errors }: Told): void {
  expect(errors?.map(({ message, extensions }) => ({ message, extensions }))).toEqual([
    {
      message: 'The database cannot be reached just now; try again in a moment.',
      extensions: { code: 'UNAVAILABLE' },
    },
  ]);
}

test.each(ways)(
  'a database that %s: UNAVAILABLE within 3 s, and back within 2 s',
  async (_, leave, comeBack) => {
    const { start, say } = flow(app);
    const { executionId } = await start();
    await say(executionId);
    const stream = app.subscribe(STREAM, { executionId });
    expect((await stream.next()).messageAdded.seq).toBe(1);

    await leave();
    const variables = { input: messageInput(executionId) };
    const [overHttp, mutation, overSocket] = await Promise.all([
      timed(app.send(QUERY, { executionId })),
      timed(app.send(ADD, variables)),
      timed(app.sendOverSocket(ADD, variables)),
      until('it is not ready', async () => (await health('ready')) === 503, 3_000),
    ]);
    for (const { took, answer } of [overHttp, mutation, overSocket]) {
      expectUnavailable(answer);
      expect(took).toBeLessThan(3_000);
    }
    for (const { answer } of [overHttp, mutation]) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    }
    await until('it fails fast', async () => {
      const { took, answer } = await timed(app.send(QUERY, { executionId }));
      expectUnavailable(answer);
      // Less than the driver waits for a database.
      return took < 1_000;
    });
    expect([await health('live'), await health('ready')]).toEqual([200, 503]);

    await comeBack();
    const input = messageInput(executionId, { content: { text: 'Back.' } });
    await until(
      'it serves again',
      async () => (await app.send(ADD, { input })).data?.addMessage?.userErrors.length === 0,
    );
    expect(await health('ready')).toBe(200);
    // What was refused may have been stored all the same: it is seen before, and nothing is left out.
    for (let seq = 2; ; seq++) {
      const { messageAdded } = await stream.next();
      expect(messageAdded.seq).toBe(seq);
      if (messageAdded.content.text === 'Back.') break;
    }
    stream.stop();
  },
);

test('a server that starts before its database serves within 2 s of its coming', async () => {
  proxy.cut();
  const startedAt = performance.now();
  const mongodbUri = `mongodb://127.0.0.1:${proxy.port}/?directConnection=true`;
  const early = await startTestApp(`test_${id()}`, { mongodbUri, maxPoolSize: 4 });
  // Longer than the driver tries to connect for the first time.
  await until('it gave up once', async () => {
    expectUnavailable(await early.send(QUERY, { executionId: id() }));
    return performance.now() - startedAt > 2_500;
  });
  proxy.pass();
  const ready = async () => (await fetch(`${early.url}/health/ready`)).status === 200;
  await until('it is ready', ready);
  const { executionId } = await flow(early).start();
  const stream = early.subscribe(STREAM, { executionId });
  await flow(early).say(executionId);
  expect((await stream.next()).messageAdded.seq).toBe(1);
  await early.stop();
});
