import { access, chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { type DatabaseOptions, DatabaseStartError, startDatabase } from '../../src/mongo/launcher/ladder.js';
import type { RunningDatabase } from '../../src/mongo/launcher/running.js';
import { findMongod } from '../../src/mongo/launcher/mongod.js';
import { sharedInstallDir } from './launcher-install.js';
import { type Parent, spawnParent } from './launcher-processes.js';

/** Call once per test file: each test gets a folder of its own, and what it started is ended after it. */
export function createLauncher() {
  let folder = '';
  let env: NodeJS.ProcessEnv = {};
  let said: string[] = [];
  let databases: RunningDatabase[] = [];
  let parents: Parent[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'launcher-'));
    env = await createEnvironment(folder);
    said = [];
    databases = [];
    parents = [];
  });

  afterEach(async () => {
    for (const database of databases) await database.stop();
    for (const parent of parents) {
      parent.process.kill('SIGKILL');
      await parent.ended;
    }
    await rm(folder, { recursive: true, force: true });
  });

  async function start(options: Partial<DatabaseOptions> = {}): Promise<RunningDatabase> {
    const database = await startDatabase({
      uri: null,
      dataDir: join(folder, 'data'),
      installDir: sharedInstallDir,
      env,
      say: (line) => void said.push(line),
      ...options,
    });
    databases.push(database);
    return database;
  }

  return {
    /** A new folder of this test. */
    get folder() {
      return folder;
    },
    /** Where databases are started unless told otherwise; not there at first. */
    get dataDir() {
      return join(folder, 'data');
    },
    /** Ours, without a `mongod` on the PATH. */
    get env() {
      return env;
    },
    /** What people were told. */
    get said() {
      return said;
    },
    start,
    /** Starts, and resolves to why it could not. */
    async failure(options: Partial<DatabaseOptions> = {}): Promise<DatabaseStartError> {
      const error = await start(options).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error instanceof DatabaseStartError) return error;
      throw new Error(`Expected a DatabaseStartError, got ${error}`);
    },
    /** A server in a process of its own, on the same folder. */
    startParent(installDir = sharedInstallDir) {
      const parent = spawnParent(join(folder, 'data'), installDir, env);
      parents.push(parent);
      const started = async () => JSON.parse(await parent.said('started')) as { uri: string; pid: number };
      return { parent, started };
    },
  };
}

/** A folder that has a `mongod` is replaced by one with links to the rest of it, Python for instance. */
async function createEnvironment(folder: string): Promise<NodeJS.ProcessEnv> {
  let path = process.env['PATH'] ?? '';
  for (let copies = 1; ; copies++) {
    const program = await findMongod({ PATH: path });
    if (program === null) return { ...process.env, PATH: path };
    const copy = join(folder, `path-${copies}`);
    await mkdir(copy);
    for (const name of await readdir(dirname(program))) {
      if (name !== 'mongod') await symlink(join(dirname(program), name), join(copy, name));
    }
    path = path
      .split(delimiter)
      .map((entry) => (resolve(entry) === dirname(program) ? copy : entry))
      .join(delimiter);
  }
}

/** Runs with a client that is closed afterwards. */
export async function connected<T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 3000 });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

export function ping(uri: string): Promise<number> {
  return connected(uri, async (client) => (await client.db('admin').command({ ping: 1 }))['ok']);
}

export async function insert(uri: string, n: number): Promise<void> {
  await connected(uri, (client) =>
    client
      .db('test')
      .collection('numbers')
      .insertOne({ n }, { writeConcern: { w: 'majority' } }),
  );
}

export function numbers(uri: string): Promise<number[]> {
  return connected(uri, async (client) => {
    const found = await client.db('test').collection('numbers').find().sort({ n: 1 }).toArray();
    return found.map((document) => document['n']);
  });
}

export function pathExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export async function writeProgram(file: string, script: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}
