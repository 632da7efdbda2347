import { type Db, MongoClient, type MongoClientOptions } from 'mongodb';
import { Unavailable } from '../domain/unavailable.js';
import { translated } from './errors.js';
import { type Reach, watchReach } from './reach.js';

/** `timeoutMS` does nothing in this driver: these are what bounds a call. */
const LIMITS: MongoClientOptions = {
  serverSelectionTimeoutMS: 1_500,
  connectTimeoutMS: 1_000,
  heartbeatFrequencyMS: 300,
  // While a call waits for the database it is looked for this often.
  minHeartbeatFrequencyMS: 100,
  waitQueueTimeoutMS: 1_500,
  writeConcern: { w: 'majority' },
};

/** One deadline around each call, since the driver's own add up over its retries. */
const CALL_DEADLINE_MS = 2_500;

/** Who asks whether we are ready asks often, and takes silence for a no. */
const PING_DEADLINE_MS = 1_500;

export interface Connection {
  db: Db;
  /** A client of its own for the change stream, which waits for long and must not hold up a pool. */
  watchDb: Db;
  reach: Reach;
  /** Connects, once the database is there; to be called again when it fails, and before anything else is asked. */
  open(): Promise<void>;
  /** Throws Unavailable: at once while the database is known to be away, else after 1.5 s. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Does not wait for the database: what is asked before it is there is answered with Unavailable. */
export function connect(uri: string, databaseName: string, maxPoolSize: number): Connection {
  const client = new MongoClient(uri, { ...LIMITS, socketTimeoutMS: 2_000, maxPoolSize });
  // Its calls wait at the database for half a second each. Heartbeats end them when that is away; the limit is for a
  // connection that alone went dead.
  const watchClient = new MongoClient(uri, { ...LIMITS, socketTimeoutMS: 10_000, maxPoolSize: 2 });
  const reach = watchReach(client);
  const db = client.db(databaseName);
  return {
    db,
    watchDb: watchClient.db(databaseName),
    reach,
    async open() {
      // Not left to the first call: the driver does not connect by itself again after it failed to.
      await Promise.all([client.connect(), watchClient.connect()]);
    },
    ping: () => bounded(reach, PING_DEADLINE_MS, async () => void (await db.command({ ping: 1 }))),
    async close() {
      await Promise.allSettled([client.close(), watchClient.close()]);
    },
  };
}

/**
 * The store with each of its calls bounded in time, and its driver's failures told as Unavailable. Until it is open,
 * and while the database is known to be away, all calls are.
 */
export function guard<T extends object>(store: T, reach: Reach, isOpen: () => boolean): T {
  const guarded = Object.entries(store).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      if (!isOpen()) throw new Unavailable();
      const call = () => (method as (...args: unknown[]) => Promise<unknown>)(...args);
      return bounded(reach, CALL_DEADLINE_MS, call);
    },
  ]);
  return Object.fromEntries(guarded) as T;
}

/** Given up, the call goes on until the driver's own limits end it; how it ends is of no interest then. */
async function bounded<T>(reach: Reach, deadlineMs: number, call: () => Promise<T>): Promise<T> {
  if (reach.isAway) throw new Unavailable();
  let letGo = (): void => {};
  const given = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new Unavailable());
    const timer = setTimeout(giveUp, deadlineMs);
    // What waits when the database is found to be away waits in vain. Without this the calls of one operation, one
    // after the other, would add up.
    const unsubscribe = reach.onChange((isAway) => isAway && giveUp());
    letGo = () => {
      clearTimeout(timer);
      unsubscribe();
    };
  });
  try {
    return await Promise.race([call(), given]);
  } catch (error) {
    throw translated(error);
  } finally {
    letGo();
  }
}
