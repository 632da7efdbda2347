import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.js';
import type { Logger } from './log.js';
import { startDatabase } from './mongo/launcher/ladder.js';
import type { RunningDatabase } from './mongo/launcher/running.js';

export interface RunningServer {
  /** `http://127.0.0.1:4000` */
  url: string;
  database: 'external' | 'mongod' | 'embedded';
  /** Whether there are pages to be looked at. */
  hasPages: boolean;
  /** The app first, then the database it writes to. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  config: Config;
  log: Logger;
  /** Told of each step a person waits for. */
  say: (line: string) => void;
  /** What the database's programs are found and started with. */
  env: NodeJS.ProcessEnv;
}

/** App and database together; the process has 5 s. The app takes 4 at most, a healthy database 0.3. */
const STOP_BUDGET_MS = 4_300;
/** A database that has not ended by then is frozen. */
const DATABASE_GRACE_MS = 3_000;

/** Beside `src` and `dist` alike; the server starts without them as well. */
const PAGES_FOLDER = fileURLToPath(new URL('../web/dist', import.meta.url));

const FIRST_PAUSE_MS = 200;
const LAST_PAUSE_MS = 5_000;

/** The database, and the app on it; a database that ends by itself is started again. */
export async function startServer({ config, log, say, env }: ServerOptions): Promise<RunningServer> {
  log.info(config.mongodbUri === null ? 'waiting for the database to start' : 'waiting for the database');
  // The app's modules are loaded while the database starts: that is a third of a second sooner.
  const starting = startDatabase({ uri: config.mongodbUri, dataDir: config.dataDir, say, env });
  const [database, { startApp }] = await Promise.all([starting, import('./app.js')]);
  const stopping = new AbortController();
  database.onExit((description) => {
    log.error({ description }, 'the database ended; starting it again');
    void restart(database, log, stopping.signal).then((runs) => runs && log.info('the database runs again'));
  });
  try {
    const app = await startApp({
      ...config,
      pagesFolder: PAGES_FOLDER,
      mongodbUri: database.uri,
      maxPoolSize: database.kind === 'embedded' ? 4 : 20,
      // Killed before its next checkpoint, some seconds on, it would come back with indexes that are not unique.
      ...(database.kind === 'embedded' && { keepIndexes: () => restart(database, log, stopping.signal) }),
      log,
    });
    await database.announce(app.url);
    return {
      url: app.url,
      database: database.kind,
      hasPages: existsSync(PAGES_FOLDER),
      async stop() {
        const startedAt = performance.now();
        stopping.abort();
        await app.stop();
        const left = STOP_BUDGET_MS - (performance.now() - startedAt);
        await database.stop(Math.min(left, DATABASE_GRACE_MS));
      },
    };
  } catch (error) {
    stopping.abort();
    await database.stop();
    throw error;
  }
}

/**
 * Tries until it runs or the server stops: what was in its way, a full disk for instance, may be cleared away.
 * Answers whether it runs.
 */
async function restart(database: RunningDatabase, log: Logger, stopping: AbortSignal): Promise<boolean> {
  for (let pauseMs = FIRST_PAUSE_MS; !stopping.aborted; pauseMs = Math.min(2 * pauseMs, LAST_PAUSE_MS)) {
    try {
      await database.restart();
      return true;
    } catch (error) {
      if (stopping.aborted) return false;
      log.error({ err: error, pauseMs }, 'the database does not start again');
    }
    await sleep(pauseMs, null, { signal: stopping }).catch(() => null);
  }
  return false;
}
