import { watchAvailability } from './availability.js';
import type { Ports } from './domain/ports.js';
import { every, type Repeated } from './events/every.js';
import { pause } from './events/signal.js';
import type { Logger } from './log.js';
import { type ChangeListener, watchConversations } from './mongo/changes.js';
import { connect, type Connection, guard } from './mongo/client.js';
import { ensureIndexes } from './mongo/ensureIndexes.js';
import { recordNodes } from './mongo/recordNodes.js';
import { createStores } from './mongo/stores.js';

/** Where the database is, and how the app is on it. */
export interface DatabaseOptions {
  mongodbUri: string;
  mongodbDatabase: string;
  /** Connections to the database; few suit the embedded one. */
  maxPoolSize: number;
  /** For one connection to the database, and for finding its primary; as `connect` has them unless said. */
  connectTimeoutMs?: number;
  selectionTimeoutMs?: number;
  /** Whether changes made by other processes wake streams; else only the poll does. */
  watchChanges?: boolean;
  /** Sees to it that indexes which were just made outlast a crash of the database; nothing is served before. */
  keepIndexes?: () => Promise<unknown>;
  log: Logger;
}

/** Told of what others change, once the database is open. */
type DatabaseListener = Pick<ChangeListener, 'onChange' | 'onGap'>;

export interface Database {
  stores: ReturnType<typeof createStores>;
  /** Tells of a failure in the background, which is tried again by itself. */
  report: Ports['report'];
  /** Whether it was ready once; all calls of the stores are Unavailable before. */
  readonly isPrepared: boolean;
  /** Whether it can serve now. */
  isReady(): Promise<boolean>;
  /** Tries to open it until it succeeds. Resolves when it is open, or after 1.5 s: it may come later. */
  open(): Promise<void>;
  /** Tries no longer; resolves when the work under way is done. */
  stop(): Promise<void>;
  /** Last: nothing can be asked any more. */
  close(): Promise<void>;
}

/** How long the start waits for the database. One that is not there by then may come later. */
const FIRST_WAIT_MS = 1_500;
const OPEN_RETRY_MS = 100;
const RECORD_RETRY_MS = 1_000;

/** The database that the app is on, which may be away at the start or at any time. */
export function createDatabase(options: DatabaseOptions, listener: DatabaseListener): Database {
  const { mongodbUri, mongodbDatabase: databaseName, log, keepIndexes, watchChanges = true } = options;
  const connection = connect(mongodbUri, { ...options, databaseName });
  const availability = watchAvailability(log, connection.reach, listener.onGap);
  const { report } = availability;
  const working: Repeated[] = [];
  const watching: { stop(): Promise<void> }[] = [];
  let isStopping = false;
  // Not before its unique indexes are there: they are what keeps two racing writes from both being stored.
  const prepare = async (): Promise<void> => {
    await connection.open();
    const isMade = await ensureIndexes(connection.db, connection.patiently);
    if (isMade && keepIndexes !== undefined) await availability.restarting(keepIndexes);
    // The connection is closed without waiting for this any longer.
    if (isStopping) return;
    availability.prepared();
    if (watchChanges) watching.push(watch(connection, listener, log));
  };
  const recordOlderNodes = async (done: () => void): Promise<void> => {
    if (!availability.isPrepared) return;
    await recordNodes(connection.db);
    done();
  };
  return {
    stores: guarded(createStores(connection.db, report), connection, () => availability.isPrepared),
    report,
    get isPrepared() {
      return availability.isPrepared;
    },
    isReady: async () =>
      !isStopping && availability.isPrepared && (await connection.ping().then(isTrue, () => false)),
    async open() {
      const opened = new AbortController();
      const prepareOnce = async (done: () => void): Promise<void> => {
        await prepare();
        done();
        opened.abort();
      };
      working.push(every(RECORD_RETRY_MS, recordOlderNodes, report, 'listing nodes of before'));
      working.push(every(OPEN_RETRY_MS, prepareOnce, report, 'opening the database'));
      await pause(FIRST_WAIT_MS, opened.signal);
    },
    async stop() {
      isStopping = true;
      await Promise.all(working.map((one) => one.stop()));
    },
    async close() {
      await Promise.allSettled([...watching.map((one) => one.stop()), connection.close()]);
    },
  };
}

/** Each store's calls bounded in time, and Unavailable until it is prepared. */
function guarded(
  { conversations, decisions, nodes, parameters, symbols }: Database['stores'],
  { reach }: Connection,
  isPrepared: () => boolean,
): Database['stores'] {
  const guardOf = <T extends object>(store: T): T => guard(store, reach, isPrepared);
  return {
    conversations: guardOf(conversations),
    decisions: guardOf(decisions),
    nodes: guardOf(nodes),
    parameters: guardOf(parameters),
    symbols: guardOf(symbols),
  };
}

const watch = ({ watchDb }: Connection, listener: DatabaseListener, log: Logger) =>
  watchConversations(watchDb, {
    ...listener,
    onError: (error) => log.warn({ err: error }, 'the change stream broke off'),
  });

const isTrue = () => true;
