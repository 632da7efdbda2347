import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { type DatabaseOptions, joinDatabase } from '../../src/mongo/launcher/ladder.js';
import { sharedInstallDir } from '../support/launcher-install.js';
import { createLauncher, insert, numbers, pathExists, ping } from '../support/launcher-setup.js';

jest.setTimeout(60_000);

const launcher = createLauncher();
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function joined(options: Partial<DatabaseOptions> = {}) {
  const database = await joinDatabase({
    uri: null,
    dataDir: launcher.dataDir,
    installDir: sharedInstallDir,
    env: launcher.env,
    say: () => {},
    ...options,
  });
  stops.push(() => database.stop());
  return database;
}

const lockFile = () => join(launcher.dataDir, 'server.json');

test('a tool joins the database of the server that runs on its folder, and leaves it running', async () => {
  const { parent, started } = launcher.startParent();
  const { uri } = await started();
  const [one, two] = [await joined(), await joined()];
  expect([one.uri, two.uri]).toEqual([uri, uri]);
  await insert(one.uri, 3);
  await one.stop();
  await two.stop();
  expect(await numbers(uri)).toEqual([3]);
  parent.order('stop');
  await parent.said('stopped');
});

test('a tool on a folder where no server runs has a database of its own, which ends with it', async () => {
  const own = await joined();
  await insert(own.uri, 5);
  await own.stop();
  await expect(ping(own.uri)).rejects.toThrow();
  expect(await pathExists(lockFile())).toBe(false);
  expect(await numbers((await joined()).uri)).toEqual([5]);
});

test('a server that is gone is not joined, though its lock was left behind', async () => {
  const { parent, started } = launcher.startParent();
  const { uri } = await started();
  await insert(uri, 7);
  parent.process.kill('SIGKILL');
  await parent.ended;
  expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toMatchObject({ pid: parent.pid, database: uri });
  expect(await numbers((await joined()).uri)).toEqual([7]);
});

test('a server that has not yet said where its database is, is named and not joined', async () => {
  await launcher.start();
  const { pid } = process;
  expect(JSON.parse(await readFile(lockFile(), 'utf8'))).not.toHaveProperty('database');
  await expect(joined()).rejects.toThrow(
    `A server already runs on ${launcher.dataDir}: process ${pid}, started `,
  );
});

test('a folder whose lock nobody can read belongs to nobody', async () => {
  const first = await joined();
  await first.stop();
  await writeFile(lockFile(), '{"pid":');
  expect(await ping((await joined()).uri)).toBe(1);
});

test('MONGODB_URI is used as it is, whatever runs on the folder', async () => {
  const { started } = launcher.startParent();
  await started();
  expect((await joined({ uri: 'mongodb://127.0.0.1:1/' })).uri).toBe('mongodb://127.0.0.1:1/');
});
