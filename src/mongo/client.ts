import { type Db, MongoClient, type MongoClientOptions } from 'mongodb';
import { Unavailable } from '../domain/unavailable.js';

/** `timeoutMS` does nothing in this driver: these are what bounds a call. */
const LIMITS: MongoClientOptions = {
  serverSelectionTimeoutMS: 1_500,
  connectTimeoutMS: 1_000,
  heartbeatFrequencyMS: 500,
  waitQueueTimeoutMS: 1_500,
  writeConcern: { w: 'majority' },
};

/** One deadline around each call, since the driver's own add up over its retries. */
const CALL_DEADLINE_MS = 2_500;

/** Whatever the driver throws under these names means: not reached, not known whether done. */
const UNREACHABLE =
  /^Mongo(Network|NetworkTimeout|ServerSelection|WaitQueueTimeout|PoolCleared|PoolClosed|NotConnected|TopologyClosed|OperationTimeout|ServerClosed|ClientClosed)/;

/** NotWritablePrimary, shutting down and the like: the codes a driver retries on. */
const RETRYABLE_CODES = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

export interface Connection {
  db: Db;
  /** A client of its own for the change stream, which waits for long and must not hold up a pool or time out. */
  watchDb: Db;
  /** Whether the last heartbeat got through. */
  isReachable(): boolean;
  /** Answers within the deadline, or throws Unavailable. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Does not wait for the database: what is asked before it is there is answered with Unavailable. */
export function connect(uri: string, databaseName: string, maxPoolSize: number): Connection {
  const client = new MongoClient(uri, { ...LIMITS, socketTimeoutMS: 2_000, maxPoolSize });
  const watchClient = new MongoClient(uri, { ...LIMITS, maxPoolSize: 2 });
  let isReachable = false;
  client.on('serverHeartbeatSucceeded', () => (isReachable = true));
  client.on('serverHeartbeatFailed', () => (isReachable = false));
  const db = client.db(databaseName);
  return {
    db,
    watchDb: watchClient.db(databaseName),
    isReachable: () => isReachable,
    ping: () => withDeadline(async () => void (await db.command({ ping: 1 }))),
    async close() {
      await Promise.allSettled([client.close(), watchClient.close()]);
    },
  };
}

/** The store with each of its calls bounded in time, and its driver's failures told as Unavailable; until it is open, all. */
export function guard<T extends object>(store: T, isOpen: () => boolean): T {
  const guarded = Object.entries(store).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      if (!isOpen()) throw new Unavailable();
      return withDeadline(() => (method as (...args: unknown[]) => Promise<unknown>)(...args));
    },
  ]);
  return Object.fromEntries(guarded) as T;
}

async function withDeadline<T>(call: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable()), CALL_DEADLINE_MS);
  });
  try {
    return await Promise.race([call(), deadline]);
  } catch (error) {
    throw isUnreachable(error) ? new Unavailable({ cause: error }) : error;
  } finally {
    clearTimeout(timer);
  }
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof Error &&
  (UNREACHABLE.test(error.name) || ('code' in error && RETRYABLE_CODES.has(error.code as number)));
