import { mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { INDEXES } from '../../src/mongo/indexes.js';
import { createClient } from '../support/client.js';
import { sharedInstallDir } from '../support/launcher-install.js';
import { freeze, isRunning } from '../support/launcher-processes.js';
import { until } from '../support/until.js';
import { type ServerProcess, spawnServer } from '../support/process.js';
import { ADD, flow, messageInput } from '../support/scenario.js';

let dataDir: string;
let started: ServerProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stopping-'));
  await symlink(sharedInstallDir, join(dataDir, 'embedded'));
});

afterEach(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended;
  }
  started = [];
  await rm(dataDir, { recursive: true, force: true });
});

/** The server with a database of its own. */
function start(): ServerProcess {
  const server = spawnServer({ DATA_DIR: dataDir });
  started.push(server);
  return server;
}

/** Its database; null while it has none. */
async function databaseOf({ child: { pid } }: ServerProcess): Promise<number | null> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  for (const child of children.split(' ').filter(Boolean).map(Number)) {
    const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
    if (/^[^\0]*secantusd/.test(command)) return child;
  }
  return null;
}

async function serving() {
  const server = start();
  const url = await server.url();
  const client = createClient(url);
  await until('it is ready', async () => (await fetch(`${url}/health/ready`)).status === 200);
  const { executionId } = await flow({ ...client, url, stop: async () => {} }).start();
  const database = (await databaseOf(server)) as number;
  return { server, url, client, database, executionId };
}

async function endOf(server: ServerProcess, signal: NodeJS.Signals) {
  const startedAt = performance.now();
  server.child.kill(signal);
  const code = await server.ended;
  return { code, isInTime: performance.now() - startedAt < 5_000 };
}

/** Requests one after the other on one connection, without waiting for answers in between. */
async function pipeline(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => (received += chunk));
  await new Promise((resolve) => socket.once('connect', resolve));
  const send = (method: string, path: string, body = '') =>
    void socket.write(
      `${method} ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  return {
    get: (path: string) => send('GET', path),
    post: (query: string, variables?: unknown) =>
      send('POST', '/graphql', JSON.stringify({ query, variables })),
    statuses: () => [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status)),
    received: () => received,
    closed: new Promise((resolve) => socket.once('close', resolve)),
  };
}

test('ends with 0 within 5 s though its database is frozen, and answers what it has been asked', async () => {
  const { server, url, database, executionId } = await serving();
  const connection = await pipeline(url);
  await freeze(database);
  connection.post(ADD, { input: messageInput(executionId) });
  connection.get('/health/live');
  const end = endOf(server, 'SIGTERM');
  await until('it is stopping', () => server.stdout.includes('"stopping"'));
  connection.get('/health/ready');
  connection.post('{ viewer { id } }');
  await connection.closed;
  // The mutation was under way and the database did not answer; then it lived, was not ready, and took nothing new.
  expect(connection.statuses()).toEqual([503, 200, 503, 503]);
  expect(connection.received()).toContain('The database cannot be reached just now');
  expect(connection.received()).toContain('The server is stopping.');
  expect(await end).toEqual({ code: 0, isInTime: true });
  expect(await isRunning(database)).toBe(false);
});

test('ends at once with 130 when it is told twice, and leaves no database behind', async () => {
  const { server, database } = await serving();
  server.child.kill('SIGINT');
  await until('it is stopping', () => server.stdout.includes('"stopping"'));
  server.child.kill('SIGINT');
  // A stop in good order would end with 0, however soon.
  expect(await server.ended).toBe(130);
  await until('the database is gone', async () => !(await isRunning(database)), 5_000);
});

test('ends when it is told while it still starts, and leaves no database behind', async () => {
  const server = start();
  let database: number | null = null;
  await until('its database starts', async () => (database = await databaseOf(server)) !== null);
  expect(await endOf(server, 'SIGTERM')).toEqual({ code: 0, isInTime: true });
  expect(server.stderr).toBe('');
  await until('the database is gone', async () => !(await isRunning(database as unknown as number)), 5_000);
});

test('starts its database again until that works, and ends with it', async () => {
  const { server, url, client, database, executionId } = await serving();
  // Its program is not to be found for a while.
  await rename(join(dataDir, 'embedded'), join(dataDir, 'aside'));
  process.kill(database, 'SIGKILL');
  await until('it failed twice', () => server.stdout.split('does not start again').length > 2);
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  await rename(join(dataDir, 'aside'), join(dataDir, 'embedded'));
  await until('it is ready again', async () => (await fetch(`${url}/health/ready`)).status === 200);
  expect((await client.data(ADD, { input: messageInput(executionId) })).addMessage.userErrors).toEqual([]);
  const restarted = (await databaseOf(server)) as number;
  expect(await endOf(server, 'SIGINT')).toEqual({ code: 0, isInTime: true });
  expect(await isRunning(restarted)).toBe(false);
});

test('keeps its unique indexes though its database is killed right after the first start', async () => {
  const { server, url, database } = await serving();
  process.kill(database, 'SIGKILL');
  await until('another one runs', async () => ![null, database].includes(await databaseOf(server)));
  await until('it is ready again', async () => (await fetch(`${url}/health/ready`)).status === 200);
  const command = await readFile(`/proc/${await databaseOf(server)}/cmdline`, 'utf8');
  const [, port] = /--port\0(\d+)\0/.exec(command) ?? [];
  const db = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`);
  for (const collection of new Set(INDEXES.map((index) => index.collection))) {
    const made = (await db.db('swarm').collection(collection).indexes()).filter(({ unique }) => unique);
    const listed = INDEXES.filter((index) => index.collection === collection && index.options?.unique);
    expect(made.map(({ key }) => key)).toEqual(expect.arrayContaining(listed.map(({ key }) => key)));
  }
  await db.close();
});
