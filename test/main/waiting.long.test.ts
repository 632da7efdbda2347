import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Proxy, startProxy } from '../faults/support/proxy.js';
import { createLog } from '../../src/log.js';
import { startOn, testDatabase } from '../support/app.js';
import { sharedInstallDir } from '../support/launcher-install.js';
import { until } from '../support/until.js';
import { type ServerProcess, spawnServer } from '../support/process.js';

const { name } = testDatabase();
/** One whose indexes are still to be made. */
const { name: fresh } = testDatabase();
let dataDir: string;
let server: ServerProcess | undefined;
let proxy: Proxy | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'waiting-'));
  await symlink(sharedInstallDir, join(dataDir, 'embedded'));
});

afterEach(async () => {
  server?.child.kill('SIGKILL');
  await server?.ended;
  await proxy?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** What was logged on the database, level and message, in order. */
const toldOf = ({ stdout }: ServerProcess): string[] =>
  stdout
    .split('\n')
    .filter((line) => line.includes('database'))
    .map((line) => JSON.parse(line) as { level: number; msg: string })
    .filter(({ msg }) => msg.includes('the database'))
    .map(({ level, msg }) => `${level} ${msg}`);

const READY = '30 the database is ready';

test('a first start says that it waits for its database, then that it is ready, and of no absence', async () => {
  server = spawnServer({ DATA_DIR: dataDir });
  const said = server;
  await until('it is ready', () => toldOf(said).includes(READY), 30_000);
  expect(toldOf(said)).toEqual(['30 waiting for the database to start', READY]);
});

test('a database of others that is away at the start is waited for; only one that was ready is away and back', async () => {
  proxy = await startProxy(Number(new URL(process.env['TEST_MONGODB_URI'] as string).port));
  proxy.cut();
  server = spawnServer({
    MONGODB_URI: `mongodb://127.0.0.1:${proxy.port}/?directConnection=true`,
    MONGODB_DATABASE: name,
  });
  const said = server;
  const hasTold = (line: string) => until(line, () => toldOf(said).includes(line), 20_000);
  const start = ['30 waiting for the database', '40 still waiting for the database'];
  await hasTold(start[1] as string);
  expect(toldOf(said)).toEqual(start);

  proxy.pass();
  await hasTold(READY);
  expect(toldOf(said)).toEqual([...start, READY]);

  proxy.cut();
  await hasTold('40 the database cannot be reached');
  proxy.pass();
  await hasTold('30 the database is back');
  expect(toldOf(said).slice(0, 3)).toEqual([...start, READY]);
});

test('a server that is stopped before its database is ready follows nothing afterwards, and tells nothing', async () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line).msg) });
  let letGo = () => {};
  const kept = new Promise<void>((resolve) => (letGo = resolve));
  const app = await startOn(fresh, { log, keepIndexes: () => kept });
  await app.stop();
  letGo();
  await kept;
  await new Promise(setImmediate);
  expect(lines).toEqual([]);
});
