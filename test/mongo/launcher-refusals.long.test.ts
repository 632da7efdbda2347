import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { installEmbedded } from '../../src/mongo/launcher/install.js';
import { takeLock } from '../../src/mongo/launcher/lock.js';
import { sharedInstallDir } from '../support/launcher-install.js';
import {
  createLauncher,
  insert,
  numbers,
  pathExists,
  ping,
  writeProgram,
} from '../support/launcher-setup.js';

jest.setTimeout(60_000);

const launcher = createLauncher();

describe('a second server on the same folder', () => {
  test('is refused by naming the first one with its address', async () => {
    const { parent, started } = launcher.startParent();
    const { uri } = await started();

    const error = await launcher.failure();
    expect(error.exitCode).toBe(75);
    expect(error.message).toContain(`process ${parent.pid} at http://127.0.0.1:4000, started 2`);
    expect(await ping(uri)).toBe(1);
  });

  test('is refused in the same process', async () => {
    await launcher.start();
    expect((await launcher.failure()).message).toContain(`process ${process.pid}, started 2`);
  });

  test('takes over a lock that was left behind', async () => {
    await mkdir(launcher.dataDir);
    const lockFile = join(launcher.dataDir, 'server.json');
    const left = [
      '',
      'no json',
      // A pid that cannot be, and one that by now belongs to a process born at another time.
      JSON.stringify({ pid: 2 ** 30, startedAt: '2026-01-01T00:00:00Z', bornAt: null }),
      ...((await pathExists('/proc/self/stat'))
        ? [JSON.stringify({ pid: process.pid, startedAt: '2026-01-01T00:00:00Z', bornAt: '1' })]
        : []),
    ];
    for (const text of left) {
      await writeFile(lockFile, text);
      const taken = await takeLock(lockFile);
      if (!('lock' in taken)) throw new Error(`Refused on ${JSON.stringify(text)}`);
      await taken.lock.release();
      expect(await readdir(launcher.dataDir)).toEqual([]);
    }
  });

  test('starts once where five start at the same time on a lock that was left behind', async () => {
    await mkdir(launcher.dataDir);
    await writeFile(
      join(launcher.dataDir, 'server.json'),
      JSON.stringify({ pid: 2 ** 30, startedAt: '2026-01-01T00:00:00Z', bornAt: null }),
    );
    const outcomes = await Promise.allSettled([
      launcher.start(),
      launcher.start(),
      launcher.start(),
      launcher.start(),
      launcher.start(),
    ]);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refusals).toHaveLength(4);
    for (const refusal of refusals) expect(refusal).toMatchObject({ exitCode: 75 });
    expect(JSON.parse(await readFile(join(launcher.dataDir, 'server.json'), 'utf8')).pid).toBe(process.pid);
  });
});

describe('a folder that cannot be used', () => {
  test('is named when it is a file', async () => {
    await writeFile(launcher.dataDir, '');
    const error = await launcher.failure();
    expect(error.exitCode).toBe(78);
    expect(error.message).toContain(`The data folder ${launcher.dataDir} cannot be used`);
  });

  test('shows what the database said when its files are damaged', async () => {
    await (await launcher.start()).stop();
    await writeFile(join(launcher.dataDir, 'db', 'WiredTiger.turtle'), 'damaged');
    const error = await launcher.failure();
    expect(error.exitCode).toBe(78);
    expect(error.message).toContain('database corruption detected');
    expect(await pathExists(join(launcher.dataDir, 'server.json'))).toBe(false);
  });
});

describe('a mongod on the PATH', () => {
  /** A real one cannot be had everywhere: this takes its command line and is the embedded database inside. */
  async function createStandIn(): Promise<NodeJS.ProcessEnv> {
    const { program, config } = await installEmbedded({
      installDir: sharedInstallDir,
      env: launcher.env,
      say: () => {},
    });
    const path = join(launcher.folder, 'bin');
    await mkdir(path);
    await writeProgram(
      join(path, 'mongod'),
      `[ "$1 $2 $3 $5 $7 $8" = "--bind_ip 127.0.0.1 --port --dbpath --replSet swarm" ] || exit 2
rm -f "$6/lines"; mkfifo "$6/lines"
while read -r line; do echo Waiting for connections; done < "$6/lines" &
exec "${program}" --config "${config}" --port "$4" --storage-path "$6" --log-file-max 64MB > "$6/lines"`,
    );
    return { ...launcher.env, PATH: `${path}${delimiter}${launcher.env['PATH']}` };
  }

  test('is started on its own folder, and restarted on the same port', async () => {
    const env = await createStandIn();
    const database = await launcher.start({ env });
    expect(database.kind).toBe('mongod');
    await insert(database.uri, 3);
    await database.restart();
    expect(await numbers(database.uri)).toEqual([3]);
    await database.stop();

    const again = await launcher.start({ env });
    expect(again.uri).toBe(database.uri);
    expect(await readdir(launcher.dataDir)).toEqual(['mongod', 'server.json']);
    await again.stop();

    const { message } = await launcher.failure();
    expect(message).toContain('were written by `mongod`, which is no longer on the PATH');
  });

  test('does not hide the data of the embedded database', async () => {
    const first = await launcher.start();
    await insert(first.uri, 5);
    await first.stop();

    const second = await launcher.start({ env: await createStandIn() });
    expect(second.kind).toBe('embedded');
    expect(await numbers(second.uri)).toEqual([5]);
  });
});
