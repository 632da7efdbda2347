import { startApp } from './app.js';
import { ConfigError, parseConfig } from './config.js';
import { createLog } from './log.js';
import { DatabaseStartError, startDatabase } from './mongo/launcher/ladder.js';

/** Starts and stops the process: the only file that reads `process.*`. */
async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const database = await startDatabase({
    uri: config.mongodbUri,
    dataDir: config.dataDir,
    say,
    env: process.env,
  });
  database.onExit((description) => {
    log.error({ description }, 'the database ended; starting it again');
    void database
      .restart()
      .catch((error: unknown) => log.error({ err: error }, 'the database does not start again'));
  });
  const app = await startApp({
    ...config,
    mongodbUri: database.uri,
    maxPoolSize: database.kind === 'embedded' ? 4 : 20,
    log,
  }).catch(async (error: unknown) => {
    await database.stop();
    throw error;
  });
  await database.announce(app.url);
  log.info({ url: app.url, database: database.kind }, 'listening');
  say(`GraphQL       ${app.url}/graphql`);
  say(`Subscriptions ${app.url.replace(/^http/, 'ws')}/graphql (graphql-transport-ws)`);
  say(`Health        ${app.url}/health/ready`);
  say(
    'Local mode: no tokens, everyone is one local user, reachable from this machine only. Ctrl-C stops it.',
  );

  let isStopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (isStopping) process.exit(130);
    isStopping = true;
    log.info({ signal }, 'stopping');
    await app.stop();
    await database.stop();
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

try {
  await main();
} catch (error) {
  const code = error instanceof ConfigError || error instanceof DatabaseStartError ? error.exitCode : 1;
  const isAddressFault = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const text = isAddressFault ? 'The PORT is taken by another process; set another.' : String(error);
  process.stderr.write(
    `${error instanceof ConfigError || error instanceof DatabaseStartError ? error.message : text}\n`,
  );
  process.exit(code);
}
