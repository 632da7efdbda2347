import { type Db, type DbOptions, MongoClient, type MongoClientOptions, ReadConcern } from 'mongodb';
import { Unavailable } from '../domain/unavailable.js';
import { translated } from './errors.js';
import { type Reach, watchReach } from './reach.js';

/** `timeoutMS` does nothing in this driver: these are what bounds a call. */
const LIMITS: MongoClientOptions = {
  heartbeatFrequencyMS: 300,
  // While a call waits for the database it is looked for this often.
  minHeartbeatFrequencyMS: 100,
  waitQueueTimeoutMS: 1_500,
};

/**
 * Of the database rather than the client, where a connection string would have its way: what is read or acknowledged
 * outlasts an election, and what is read is the latest.
 */
const DURABLE: DbOptions = {
  readConcern: new ReadConcern('majority'),
  readPreference: 'primary',
  writeConcern: { w: 'majority', journal: true },
};

/** What operators of the database see of us, unless the connection string says otherwise. */
const APP_NAME = 'swarm-graphql';

/** One deadline around each call, since the driver's own add up over its retries. */
const CALL_DEADLINE_MS = 2_500;

/** Who asks whether we are ready asks often, and takes silence for a no. */
const PING_DEADLINE_MS = 1_500;

interface ConnectionOptions {
  databaseName: string;
  maxPoolSize: number;
  /** For one connection, with TLS and log-in; 1 s unless said. */
  connectTimeoutMs?: number | undefined;
  /** That a call waits for a primary; 1.5 s unless said. No call takes longer than 2.5 s in all. */
  selectionTimeoutMs?: number | undefined;
}

/** The database's client, and what is known of whether it can be reached. */
export interface Connection {
  db: Db;
  /** A client of its own for the change stream, which waits for long and must not hold up a pool. */
  watchDb: Db;
  reach: Reach;
  /** Does something on a connection of its own that waits for as long as it takes: an index may take hours. */
  patiently: (work: (db: Db) => Promise<void>) => Promise<void>;
  /** Connects, once the database is there; to be called again when it fails, and before anything else is asked. */
  open(): Promise<void>;
  /** Throws Unavailable: at once while the database is known to be away, else after 1.5 s. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Does not wait for the database: what is asked before it is there is answered with Unavailable. */
export function connect(
  uri: string,
  { databaseName, maxPoolSize, ...timeouts }: ConnectionOptions,
): Connection {
  const common: MongoClientOptions = {
    ...LIMITS,
    connectTimeoutMS: timeouts.connectTimeoutMs ?? 1_000,
    serverSelectionTimeoutMS: timeouts.selectionTimeoutMs ?? 1_500,
    ...(/[?&]appName=/i.test(uri) ? {} : { appName: APP_NAME }),
  };
  const client = new MongoClient(uri, { ...common, socketTimeoutMS: 2_000, maxPoolSize });
  // Its calls wait at the database for half a second each. Heartbeats end them when that is away; the limit is for a
  // connection that alone went dead.
  const watchClient = new MongoClient(uri, { ...common, socketTimeoutMS: 10_000, maxPoolSize: 2 });
  const others = new Set([watchClient]);
  const reach = watchReach(client);
  const db = client.db(databaseName, DURABLE);
  return {
    db,
    watchDb: watchClient.db(databaseName, DURABLE),
    reach,
    async patiently(work) {
      const patient = new MongoClient(uri, { ...common, socketTimeoutMS: 0, maxPoolSize: 1 });
      others.add(patient);
      try {
        await work(patient.db(databaseName, DURABLE));
      } finally {
        others.delete(patient);
        await patient.close();
      }
    },
    async open() {
      // Not left to the first call: the driver does not connect by itself again after it failed to.
      await Promise.all([client.connect(), watchClient.connect()]);
    },
    ping: () => bounded(reach, PING_DEADLINE_MS, async () => void (await db.command({ ping: 1 }))),
    async close() {
      await Promise.allSettled([client, ...others].map((one) => one.close()));
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
