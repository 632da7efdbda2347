import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { until } from '../support/until.js';
import { createLauncher, pathExists, ping, writeProgram } from '../support/launcher-setup.js';

jest.setTimeout(60_000);

const launcher = createLauncher();

describe('the installation', () => {
  test('asks for Python where there is none', async () => {
    const empty = join(launcher.folder, 'empty');
    await mkdir(empty);
    const error = await launcher.failure({
      installDir: join(launcher.folder, 'embedded'),
      env: { PATH: empty },
    });
    expect(error.exitCode).toBe(78);
    expect(error.message).toContain('needs Python 3.10 or newer');
    expect(error.message).toContain('MONGODB_URI');
    expect(await pathExists(join(launcher.folder, 'embedded'))).toBe(false);
  });

  test('names a Python that is too old or lacks venv', async () => {
    const path = join(launcher.folder, 'bin');
    await mkdir(path);
    await writeProgram(join(path, 'python3'), 'echo False 3.9; echo True');
    await writeProgram(join(path, 'python3.12'), 'echo True 3.12; echo False');
    const { message } = await launcher.failure({
      installDir: join(launcher.folder, 'embedded'),
      env: { PATH: path },
    });
    expect(message).toContain('`python3` is 3.9.');
    expect(message).toContain('`python3.12` (3.12) lacks the module venv');
    expect(message).toContain('apt install python3-venv');
  });

  test('shows what pip said when no package index can be reached, and leaves nothing', async () => {
    const env = Object.fromEntries(Object.entries(launcher.env).filter(([name]) => !name.startsWith('PIP_')));
    const unreachable = {
      PIP_INDEX_URL: 'http://127.0.0.1:9',
      PIP_RETRIES: '0',
      PIP_CONFIG_FILE: '/dev/null',
    };
    const error = await launcher.failure({
      installDir: join(launcher.folder, 'embedded'),
      env: { ...env, ...unreachable },
    });
    expect(error.exitCode).toBe(78);
    expect(error.message).toContain('pip could not install SecantusDB');
    expect(error.message).toContain('No matching distribution found');
    expect(await pathExists(join(launcher.folder, 'embedded'))).toBe(false);
    expect(await readdir(launcher.dataDir)).toEqual([]);
  });

  test('is redone after it was killed, by two servers at the same time', async () => {
    const installDir = join(launcher.folder, 'embedded');
    const { parent: killed } = launcher.startParent(installDir);
    await killed.said('waits');
    await until('it has begun', async () =>
      (await readdir(installDir)).some((name) => name.startsWith('venv-')),
    );
    killed.process.kill('SIGKILL');
    await killed.ended;

    const { started } = launcher.startParent(installDir);
    const here = await launcher.start({ installDir, dataDir: join(launcher.folder, 'data-2') });
    const there = await started();
    expect(await Promise.all([ping(here.uri), ping(there.uri)])).toEqual([1, 1]);
    expect((await readdir(installDir)).map((name) => name.replace(/-.*/, '')).sort()).toEqual([
      'installed.json',
      'venv',
    ]);
  });
});
