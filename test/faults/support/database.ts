import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, ObjectId } from 'mongodb';
import { startDatabase } from '../../../src/mongo/launcher/ladder.js';
import { sharedInstallDir } from '../../support/launcher-install.js';
import { freeze } from '../../support/launcher-processes.js';
import { until } from '../../support/until.js';
import { onCleanup } from './cleanup.js';

/** A database that can be frozen, killed and started again. It ends with this process, whatever ends it. */
export interface FaultDatabase {
  /** With `directConnection=true`, so a proxy's port may be put in place of its own. */
  readonly uri: string;
  readonly port: number;
  /** How many connections suit it. */
  readonly poolSize: number;
  /** Null while it is down. */
  pid(): number | null;
  /** SIGSTOP; resolves when it stands still. */
  freeze(): Promise<void>;
  thaw(): void;
  /** SIGKILL; resolves when it is gone. It stays down until `restart`. */
  kill(): Promise<void>;
  /** On the same files and port; resolves when it takes commands. */
  restart(): Promise<void>;
  /** The name of a database on it that nobody else uses. */
  newName(): string;
  /** For looking at what is stored. */
  readonly client: MongoClient;
  stop(): Promise<void>;
}

/** By the ladder, as the server itself does it, on a fresh folder; installed once for all tests. */
export async function startFaultDatabase(say: (line: string) => void = () => {}): Promise<FaultDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'swarm-faults-'));
  const database = await startDatabase({
    uri: null,
    dataDir,
    installDir: sharedInstallDir,
    env: process.env,
    say,
  });
  const client = new MongoClient(database.uri, { maxPoolSize: 1, serverSelectionTimeoutMS: 5_000 });
  const runningPid = (): number => {
    if (database.pid === null) throw new Error('The database is down.');
    return database.pid;
  };
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await client.close();
    if (database.pid !== null) process.kill(database.pid, 'SIGCONT');
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const faultDatabase: FaultDatabase = {
    uri: database.uri,
    port: Number(new URL(database.uri).port),
    poolSize: database.kind === 'embedded' ? 4 : 20,
    client,
    pid: () => database.pid,
    freeze: () => freeze(runningPid()),
    thaw: () => void process.kill(runningPid(), 'SIGCONT'),
    async kill() {
      process.kill(runningPid(), 'SIGKILL');
      await until('the killed database is gone', () => database.pid === null);
    },
    restart: () => database.restart(),
    newName: () => `faults_${new ObjectId().toHexString()}`,
    stop: () => (stopped ??= stop()),
  };
  onCleanup(faultDatabase.stop);
  return faultDatabase;
}
