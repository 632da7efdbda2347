import type { Config } from './config.js';
import type { Logger } from './log.js';
import { startDatabase } from './mongo/launcher/ladder.js';

export interface RunningServer {
  /** `http://127.0.0.1:4000` */
  url: string;
  database: 'external' | 'mongod' | 'embedded';
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

/** The database, and the app on it; a database that ends by itself is started again. */
export async function startServer({ config, log, say, env }: ServerOptions): Promise<RunningServer> {
  // The app's modules are loaded while the database starts: that is a third of a second sooner.
  const starting = startDatabase({ uri: config.mongodbUri, dataDir: config.dataDir, say, env });
  const [database, { startApp }] = await Promise.all([starting, import('./app.js')]);
  database.onExit((description) => {
    log.error({ description }, 'the database ended; starting it again');
    database
      .restart()
      .catch((error: unknown) => log.error({ err: error }, 'the database does not start again'));
  });
  try {
    const app = await startApp({
      ...config,
      mongodbUri: database.uri,
      maxPoolSize: database.kind === 'embedded' ? 4 : 20,
      log,
    });
    await database.announce(app.url);
    return {
      url: app.url,
      database: database.kind,
      async stop() {
        await app.stop();
        await database.stop();
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
