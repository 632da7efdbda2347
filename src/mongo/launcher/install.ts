import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnChild } from './child.js';
import { hasCode, type Lock, takeLock } from './lock.js';
import { findPython, OTHER_WAYS } from './python.js';
import { DatabaseStartError, quote } from './startError.js';

/** Its next minor version carries no `secantusd-rs`. */
const PACKAGE = 'SecantusDB';
const VERSION = '0.6.0b17';
const MARKER = 'installed.json';
const ATTEMPT_PREFIX = 'venv-';
const LOCK_POLL_MS = 100;

interface InstallOptions {
  installDir: string;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
}

/** Absolute paths. */
export interface Installation {
  /** The native program: it needs no Python to run. */
  program: string;
  /** An empty file: given to the program, it does not look for one in the working directory and at home. */
  config: string;
}

/**
 * Finds the embedded database in `installDir`, or installs it there. Each attempt has a virtual environment
 * of its own (they cannot be moved), and the marker that names the whole one is written last: an attempt
 * that was killed is never mistaken for it.
 */
export async function installEmbedded(options: InstallOptions): Promise<Installation> {
  const { installDir } = options;
  const present = await readInstallation(installDir);
  if (present !== null) return present;

  await mkdir(installDir, { recursive: true });
  const lock = await waitForLock(options);
  try {
    const madeMeanwhile = await readInstallation(installDir);
    if (madeMeanwhile !== null) return madeMeanwhile;
    await removeAttempts(installDir);
    return await install(options);
  } finally {
    await lock.release();
    // Only if nothing is in it: a failed first installation leaves no trace.
    await rmdir(installDir).catch(() => {});
  }
}

async function install({ installDir, env, say }: InstallOptions): Promise<Installation> {
  const python = await findPython(env);
  say('installing the embedded database (22 MB, once)…');
  const startedMs = performance.now();
  const folder = join(installDir, `${ATTEMPT_PREFIX}${randomUUID().slice(0, 8)}`);
  const inFolder = join(folder, 'bin', 'python3');
  try {
    await run(python, ['-m', 'venv', folder], env, 'Python could not make a virtual environment.');
    await run(inFolder, PIP_INSTALL, env, `pip could not install ${PACKAGE} ${VERSION}.`);
    const located = await run(inFolder, ['-c', LOCATE], env, 'Python could not tell where it puts programs.');
    const program = /^program=(.*)$/m.exec(located)?.[1] ?? '';
    // Says now, rather than at each start, when its binary does not fit this system.
    await run(
      program,
      ['--version'],
      env,
      `The program of ${PACKAGE} ${VERSION} does not run on this system.`,
    );
    const config = join(folder, 'secantusd.toml');
    await writeFile(config, '');
    await writeMarker(installDir, program, config);
    say(`installed the embedded database in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
    return { program, config };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * No dependencies: they are for its Python server. Built packages only: building one here would take a C++
 * compiler and long.
 */
const PIP_INSTALL = [
  '-m',
  'pip',
  'install',
  '--no-deps',
  '--no-compile',
  '--no-input',
  '--only-binary=:all:',
  '--progress-bar=off',
  '--disable-pip-version-check',
  `${PACKAGE}==${VERSION}`,
];

const LOCATE = `
import os, sysconfig
print("program=" + os.path.join(sysconfig.get_path("platlib"), "secantusdb.scripts", "secantusd-rs"))`;

/** Resolves to what the command printed; a failure shows it to the person. */
async function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv, failure: string) {
  const child = spawnChild(file, args, { ...env, PIP_USER: '0' });
  const { code, description } = await child.ended;
  if (code === 0) return child.tail();
  throw new DatabaseStartError(
    [
      `${failure} It ended ${description} and printed:`,
      quote(child.tail()),
      'The embedded database comes from the Python package index that pip is configured for; start again when it can be reached.',
      OTHER_WAYS,
    ].join('\n'),
  );
}

/** Paths in the marker are relative, so that the data folder may be moved. */
async function writeMarker(installDir: string, program: string, config: string): Promise<void> {
  const text = JSON.stringify({
    version: VERSION,
    program: relative(installDir, program),
    config: relative(installDir, config),
  });
  const draft = join(installDir, `${MARKER}.${randomUUID()}`);
  await writeFile(draft, text);
  await rename(draft, join(installDir, MARKER));
}

async function readInstallation(installDir: string): Promise<Installation | null> {
  try {
    const marker = JSON.parse(await readFile(join(installDir, MARKER), 'utf8'));
    if (marker.version !== VERSION) return null;
    const program = join(installDir, marker.program);
    const config = join(installDir, marker.config);
    await access(program, constants.X_OK);
    await access(config, constants.R_OK);
    return { program, config };
  } catch {
    return null;
  }
}

/** Under the lock: what is there now was left by a killed attempt, an older version or a damaged one. */
async function removeAttempts(installDir: string): Promise<void> {
  for (const name of await readdir(installDir)) {
    if (name.startsWith(ATTEMPT_PREFIX) || name.startsWith(MARKER)) {
      await rm(join(installDir, name), { recursive: true, force: true });
    }
  }
}

async function waitForLock({ installDir, say }: InstallOptions): Promise<Lock> {
  for (let hasSaid = false; ; ) {
    // The one who failed before us removes the folder.
    await mkdir(installDir, { recursive: true });
    const taken = await takeLock(join(installDir, 'install.lock')).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    });
    if (taken !== null && 'lock' in taken) return taken.lock;
    if (taken !== null && !hasSaid) {
      hasSaid = true;
      say(`waiting for process ${taken.holder.pid}, which is installing the embedded database…`);
    }
    await sleep(LOCK_POLL_MS);
  }
}
