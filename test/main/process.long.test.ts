import { afterEach, expect, test } from '@jest/globals';
import { testDatabase } from '../support/app.js';
import { createClient } from '../support/client.js';
import { until } from '../support/until.js';
import { type ServerProcess, spawnServer, takePort } from '../support/process.js';

const { name } = testDatabase();
let started: ServerProcess[] = [];

afterEach(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended;
  }
  started = [];
});

function start(settings: Record<string, string> = {}): ServerProcess {
  const server = spawnServer({
    MONGODB_URI: process.env['TEST_MONGODB_URI'] as string,
    MONGODB_DATABASE: name,
    ...settings,
  });
  started.push(server);
  return server;
}

const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

test('tells where it listens, serves there, and ends with 0 within 5 s of SIGTERM', async () => {
  const server = start();
  const url = await server.url();
  const { host } = new URL(url);
  expect(server.stderr).toContain(`GraphQL       http://${host}/graphql\n`);
  expect(server.stderr).toContain(`Subscriptions ws://${host}/graphql (graphql-transport-ws)\n`);
  expect(server.stderr).toContain(`Health        http://${host}/health/ready\n`);
  await until('it is ready', async () => (await statusOf(`${url}/health/ready`)) === 200);
  const client = createClient(url);
  expect(await client.data('{ viewer { id } }')).toEqual({ viewer: { id: '00000000000000000000face' } });
  await client.sendOverSocket('{ viewer { id } }');

  const startedAt = performance.now();
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(server.stdout).not.toContain(process.env['TEST_MONGODB_URI']);
});

test('ends with 78 when it is to be reached from elsewhere, and says why not', async () => {
  const server = start({ HOST: '0.0.0.0' });
  expect(await server.ended).toBe(78);
  expect(server.stderr).toBe(
    'The settings are not usable:\n' +
      '  HOST must be a loopback address (127.0.0.1, ::1, localhost): without tokens everyone is the one local user, ' +
      'so the server is not to be reached from elsewhere, got "0.0.0.0".\n',
  );
});

test('tells all faults of its settings at once, and no password', async () => {
  const server = start({
    PORT: '70000',
    HOST: 'example.org',
    MONGODB_URI: 'mongo://user:se/c@ret@host/db',
    MONGODB_DATABASE: 'a b',
    LOG_LEVEL: 'loud',
    PLAYGROUND: 'yes',
  });
  expect(await server.ended).toBe(78);
  for (const setting of ['PORT', 'HOST', 'MONGODB_URI', 'MONGODB_DATABASE', 'LOG_LEVEL', 'PLAYGROUND']) {
    expect(server.stderr).toMatch(new RegExp(`^  ${setting} .*, got ".*"\\.$`, 'm'));
  }
  expect(server.stderr + server.stdout).not.toMatch(/user:|se\/c|ret@/);
});

test('ends with 78 on a connection string the driver cannot read, without telling it', async () => {
  const server = start({ MONGODB_URI: 'mongodb://user:se/cret@host/db' });
  expect(await server.ended).toBe(78);
  expect(server.stderr).toMatch(/^  MONGODB_URI /m);
  expect(server.stderr + server.stdout).not.toMatch(/user:|cret/);
});

test('says so when its port is taken', async () => {
  const { port, letGo } = await takePort();
  const server = start({ PORT: String(port) });
  expect(await server.ended).toBe(78);
  expect(server.stderr).toBe('PORT is taken by another process; set another one.\n');
  await letGo();
});

test('starts without its database, lives, is not ready, and answers UNAVAILABLE within 3 s', async () => {
  const { port, letGo } = await takePort();
  await letGo();
  const server = start({ MONGODB_URI: `mongodb://user:secret@127.0.0.1:${port}/?authSource=admin` });
  const url = await server.url();
  expect(await statusOf(`${url}/health/live`)).toBe(200);
  expect(await statusOf(`${url}/health/ready`)).toBe(503);

  const client = createClient(url);
  const query = '{ conversations(first: 1) { edges { cursor } } }';
  for (const send of [client.send, client.sendOverSocket]) {
    const startedAt = performance.now();
    const { errors } = await send(query);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'UNAVAILABLE' }]);
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|secret|ECONN|mongo/i);
  }
  await client.close();
  expect(server.stdout + server.stderr).not.toContain('secret');
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});
