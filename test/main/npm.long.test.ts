import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { sharedInstallDir } from '../support/launcher-install.js';
import { isRunning } from '../support/launcher-processes.js';
import { until } from '../support/until.js';
import { areGone, type NpmProcess, spawnNpm } from '../support/npm.js';

// Each builds, starts a database, and waits for npm.
jest.setTimeout(120_000);

/** What is promised of a stop. */
const STOP_MS = 5_000;
const READY = /Ctrl-C stops it/;

let dataDir: string;
let started: { npm: NpmProcess; pids: number[] }[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'npm-'));
  await symlink(sharedInstallDir, join(dataDir, 'embedded'));
});

afterEach(async () => {
  for (const { npm, pids } of started) {
    for (const pid of [npm.pid, ...pids]) if (await isRunning(pid)) process.kill(pid, 'SIGKILL');
    await npm.ended;
  }
  started = [];
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

/** Runs it until it says so; with the processes that it has then. */
async function running(args: readonly string[], pattern: RegExp, settings: Record<string, string> = {}) {
  const npm = spawnNpm(args, { DATA_DIR: dataDir, ...settings });
  const entry = { npm, pids: [] as number[] };
  started.push(entry);
  await npm.said(pattern);
  const offspring = await npm.offspring();
  entry.pids.push(...offspring.map(({ pid }) => pid));
  return { npm, offspring, pids: entry.pids };
}

const has = (offspring: readonly { command: string }[], part: string): boolean =>
  offspring.some(({ command }) => command.includes(part));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} to npm's pid alone ends \`npm start\`, its server and its database, with 0 and within 5 s`, async () => {
    const { npm, offspring, pids } = await running(['start'], READY);
    expect(has(offspring, 'main.js') && has(offspring, 'secantusd')).toBe(true);

    process.kill(npm.pid, signal);
    await areGone([npm.pid, ...pids], STOP_MS);
    expect(await npm.ended).toBe(0);
    expect(npm.output).toContain('"msg":"stopped"');
  });
}

for (const [when, pattern] of [
  ['it replays', /Watch it:/],
  ['it goes on', /Ctrl-C ends it/],
] as const) {
  test(`SIGTERM to npm's pid alone ends \`npm run demo\` while ${when}, with 0 and within 5 s`, async () => {
    const days = when === 'it replays' ? '250' : '2';
    const { npm, offspring, pids } = await running(['run', 'demo', '--', '--days', days], pattern);
    expect(has(offspring, 'demo/main.ts') && has(offspring, 'secantusd')).toBe(true);

    process.kill(npm.pid, 'SIGTERM');
    await areGone([npm.pid, ...pids], STOP_MS);
    expect(await npm.ended).toBe(0);
  });
}

test('Ctrl-C, which reaches npm and the server at once, ends both in good order', async () => {
  const { npm, pids } = await running(['start'], READY);
  process.kill(-npm.pid, 'SIGINT');
  await areGone([npm.pid, ...pids], STOP_MS);
  expect(await npm.ended).toBe(0);
  expect(npm.output).toContain('"msg":"stopped"');
});

test("SIGTERM to npm's pid alone, which `npm exec` does not pass on, ends its server in good order as well", async () => {
  const { npm, pids } = await running(['exec', '--', 'node', '--import', 'tsx', 'src/main.ts'], READY);
  process.kill(npm.pid, 'SIGTERM');
  await areGone([npm.pid, ...pids], STOP_MS);
  expect(npm.output).toContain('"msg":"stopped"');
});

for (const signal of ['SIGHUP', 'SIGKILL'] as const) {
  test(`${signal} to npm's pid alone, which npm cannot pass on, ends its server in good order as well`, async () => {
    const { npm, pids } = await running(['start'], READY);
    process.kill(npm.pid, signal);
    await areGone([npm.pid, ...pids], STOP_MS);
    expect(npm.output).toContain('"msg":"stopped"');
  });
}

test('a signal while the database is being installed leaves no process behind', async () => {
  await rm(join(dataDir, 'embedded'));
  const { npm, pids } = await running(['start'], /installing the embedded database/);
  await until('the installation runs', async () => has(await npm.offspring(), '-m venv'));
  pids.push(...(await npm.offspring()).map(({ pid }) => pid));

  process.kill(npm.pid, 'SIGTERM');
  await areGone([npm.pid, ...pids], STOP_MS);
  expect(await npm.ended).toBe(0);
});

test('a signal while the server is being built leaves no process behind, and nothing is started', async () => {
  const npm = spawnNpm(['start'], { DATA_DIR: dataDir });
  const pids: number[] = [];
  started.push({ npm, pids });
  await until('the build runs', async () => has(await npm.offspring(), 'tsconfig.build.json'));
  pids.push(...(await npm.offspring()).map(({ pid }) => pid));

  process.kill(npm.pid, 'SIGTERM');
  await areGone([npm.pid, ...pids], STOP_MS);
  expect(npm.output).not.toContain('"msg"');
});

test('no script leaves a shell between npm and the one program it runs', async () => {
  const file = fileURLToPath(new URL('../../package.json', import.meta.url));
  const { scripts } = JSON.parse(await readFile(file, 'utf8')) as { scripts: Record<string, string> };
  const shells = Object.entries(scripts).filter(
    ([, script]) => !script.includes('&&') && !script.startsWith('exec '),
  );
  expect(shells).toEqual([]);
});
