import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createEmbedded } from './embedded.js';
import type { Engine } from './engine.js';
import { installEmbedded } from './install.js';
import { type Holder, holderOf, takeLock } from './lock.js';
import { createMongod, findMongod } from './mongod.js';
import { type RunningDatabase, superviseDatabase } from './running.js';
import { DatabaseStartError, EXIT_IN_USE } from './startError.js';

export { DatabaseStartError } from './startError.js';

export interface DatabaseOptions {
  /** MONGODB_URI; when set nothing is launched. */
  uri: string | null;
  /** Absolute folder for the database's files and the virtual environment. */
  dataDir: string;
  /** Told of every step a person waits for. */
  say: (line: string) => void;
  /** PATH and what pip reads; it is handed to the children. */
  env: NodeJS.ProcessEnv;
  /** Where the embedded database is installed; default `<dataDir>/embedded`. */
  installDir?: string;
}

/**
 * The database at `uri`, else a `mongod` from the PATH, else the embedded one, which is installed at first
 * use. One server per `dataDir`.
 * @throws {DatabaseStartError}
 */
export async function startDatabase(options: DatabaseOptions): Promise<RunningDatabase> {
  if (options.uri !== null) return external(options.uri);
  try {
    return await launch(options);
  } catch (error) {
    throw isFileFault(error)
      ? new DatabaseStartError(
          `The data folder ${options.dataDir} cannot be used: ${error.message}.\nSet DATA_DIR to a folder this user may write to.`,
        )
      : error;
  }
}

/**
 * The database of the server that runs on the folder, for a tool beside it; without one as `startDatabase` does.
 * Stopping ends no database but one that was started for it.
 */
export async function joinDatabase(options: DatabaseOptions): Promise<Pick<RunningDatabase, 'uri' | 'stop'>> {
  const holder = options.uri === null ? await holderOf(join(options.dataDir, LOCK)) : null;
  return holder?.database === undefined ? startDatabase(options) : external(holder.database);
}

const LOCK = 'server.json';

function external(uri: string): RunningDatabase {
  return {
    uri,
    kind: 'external',
    pid: null,
    stop: async () => {},
    onExit: () => () => {},
    restart: async () => {},
    announce: async () => {},
  };
}

async function launch(options: DatabaseOptions): Promise<RunningDatabase> {
  await mkdir(options.dataDir, { recursive: true });
  const lockFile = join(options.dataDir, LOCK);
  const taken = await takeLock(lockFile);
  if ('holder' in taken) throw inUse(options.dataDir, taken.holder, lockFile);
  try {
    const engine = await chooseEngine(options);
    const launched = await engine.launch(null, new AbortController().signal);
    return superviseDatabase(engine, launched, taken.lock);
  } catch (error) {
    await taken.lock.release();
    throw error;
  }
}

/** A folder stays with the database that first wrote it: a `mongod` installed later would start empty. */
async function chooseEngine({ dataDir, installDir, env, say }: DatabaseOptions): Promise<Engine> {
  const mongodFolder = join(dataDir, 'mongod');
  const embeddedFolder = join(dataDir, 'db');
  const isOfMongod = await exists(join(mongodFolder, 'WiredTiger'));
  const isOfEmbedded = !isOfMongod && (await exists(join(embeddedFolder, 'WiredTiger')));

  const program = isOfEmbedded ? null : await findMongod(env);
  if (program !== null) return createMongod({ program, folder: mongodFolder, env, say });
  if (isOfMongod) {
    throw new DatabaseStartError(
      `The data in ${mongodFolder} were written by \`mongod\`, which is no longer on the PATH.\nPut it back, or set MONGODB_URI, or set DATA_DIR to another folder.`,
    );
  }
  const installation = await installEmbedded({
    installDir: installDir ?? join(dataDir, 'embedded'),
    env,
    say,
  });
  return createEmbedded({ folder: embeddedFolder, installation, env, say });
}

function inUse(dataDir: string, { pid, startedAt, url }: Holder, lockFile: string): DatabaseStartError {
  return new DatabaseStartError(
    [
      `A server already runs on ${dataDir}: process ${pid}${url === undefined ? '' : ` at ${url}`}, started ${startedAt}.`,
      `Use that one, stop it (\`kill ${pid}\`), or set DATA_DIR to another folder.`,
      `If process ${pid} is something else, delete ${lockFile}.`,
    ].join('\n'),
    EXIT_IN_USE,
  );
}

function isFileFault(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
