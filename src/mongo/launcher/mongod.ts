import { constants } from 'node:fs';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Document, MongoClient } from 'mongodb';
import { type Engine, startUntilReady } from './engine.js';
import { DatabaseStartError, quote } from './startError.js';

interface MongodOptions {
  /** Absolute path of the program. */
  program: string;
  /** Folder of its files. */
  folder: string;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
}

const REPLICA_SET = 'swarm';
const PRIMARY_PATIENCE_MS = 30_000;
const PRIMARY_POLL_MS = 50;
const NOT_YET_INITIALIZED = 94;
const ALREADY_INITIALIZED = 23;
/** Of MongoDB 6.0. */
const LEAST_WIRE_VERSION = 17;

/** A `mongod` as a replica set of one: transactions and change streams need a set. */
export function createMongod({ program, folder, env, say }: MongodOptions): Engine {
  const portFile = join(folder, 'port');
  return {
    kind: 'mongod',
    async launch(port, signal) {
      await mkdir(folder, { recursive: true });
      // The set knows its member by the port: the same one again spares a new configuration.
      const used = port ?? (await findPort(await readPort(portFile)));
      const args = [
        ['--bind_ip', '127.0.0.1', '--port', String(used), '--dbpath', folder, '--replSet', REPLICA_SET],
        ['--wiredTigerCacheSizeGB', '0.25', '--nounixsocket', '--quiet'],
        // Usually 5 % of the free disk, up to 50 GB.
        ['--oplogSize', '1024'],
      ].flat();
      const command = {
        name: '`mongod`',
        file: program,
        args,
        env,
        ready: /waiting for connections/i,
        folder,
        say,
      };
      const { child } = await startUntilReady(command, signal);
      try {
        await becomePrimary(used, signal);
        await writeFile(portFile, String(used));
        return { child, port: used };
      } catch (error) {
        await child.end();
        signal.throwIfAborted();
        throw new DatabaseStartError(
          `${program} runs but is no usable database. ${String(error)}\n${quote(child.tail())}`,
        );
      }
    },
  };
}

/** The absolute path of the `mongod` on the PATH; null if there is none. */
export async function findMongod(env: NodeJS.ProcessEnv): Promise<string | null> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    const program = resolve(folder, 'mongod');
    const isThere = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return program;
  }
  return null;
}

async function becomePrimary(port: number, signal: AbortSignal): Promise<void> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 5000,
  });
  const admin = client.db('admin');
  try {
    const deadlineMs = performance.now() + PRIMARY_PATIENCE_MS;
    for (let isConfigured = false; ; ) {
      signal.throwIfAborted();
      const hello = await admin.command({ hello: 1 });
      checkVersion(hello);
      if (hello['isWritablePrimary'] === true) break;
      // No name of a set: it was never initiated, or does not find itself in the stored configuration.
      if (hello['setName'] === undefined && !isConfigured) {
        isConfigured = true;
        await admin
          .command(await planConfiguration(() => admin.command({ replSetGetConfig: 1 }), port))
          .catch((error: unknown) => {
            // It listens before it has read its configuration: it is to be looked at again.
            if (codeOf(error) !== ALREADY_INITIALIZED) throw error;
            isConfigured = false;
          });
      }
      if (performance.now() > deadlineMs) throw new Error('it did not become primary within 30 s.');
      await sleep(PRIMARY_POLL_MS);
    }
    // A primary that is told to end lingers up to 15 s for others to take over; there are none. Old
    // versions lack it.
    await admin.command({ setParameter: 1, shutdownTimeoutMillisForSignaledShutdown: 100 }).catch(() => {});
  } finally {
    await client.close();
  }
}

async function planConfiguration(readConfig: () => Promise<Document>, port: number): Promise<Document> {
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
  try {
    const { config } = await readConfig();
    return { replSetReconfig: { ...config, version: config.version + 1, members }, force: true };
  } catch (error) {
    if (codeOf(error) !== NOT_YET_INITIALIZED) throw error;
    return { replSetInitiate: { _id: REPLICA_SET, members } };
  }
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

/** @throws where operators we use are missing. */
export function checkVersion(hello: Document): void {
  const { maxWireVersion } = hello;
  if (maxWireVersion >= LEAST_WIRE_VERSION) return;
  throw new Error(
    `Expected MongoDB 6.0 or later (wire version ${LEAST_WIRE_VERSION}), got wire version ${maxWireVersion}.`,
  );
}

async function readPort(file: string): Promise<number> {
  return Number(await readFile(file, 'utf8').catch(() => '0')) || 0;
}

/** The wanted port if it is free, else any; unlike the embedded one, `mongod` cannot choose for itself. */
async function findPort(wanted: number): Promise<number> {
  const server = createServer();
  const free = await new Promise<number | null>((done) => {
    server.once('error', () => done(null));
    server.listen(wanted, '127.0.0.1', () => done((server.address() as { port: number }).port));
  });
  if (free === null) return findPort(0);
  await new Promise((done) => server.close(done));
  return free;
}
