import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { onStopRequest } from './asked.js';
import { ConfigError, parseConfig } from './config.js';
import { createLog } from './log.js';
import { DatabaseStartError } from './mongo/launcher/ladder.js';
import { startServer } from './server.js';

/** Nothing keeps the process longer once it is to stop. */
const STOP_LIMIT_MS = 4_900;
/** A start under way is waited for this long, then left: the database may have a long log to read. */
const START_PATIENCE_MS = 500;

/** Left at once, with work in flight. */
const EXIT_INTERRUPTED = 130;

/** Starts and stops the process: the only file that reads `process.*`. */
async function main(): Promise<void> {
  // Not by node's own flag, which tells everyone without such a file that there is none.
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const starting = startServer({ config, log, say, env: process.env });
  let isStopping = false;
  const stop = async (reason: string): Promise<void> => {
    isStopping = true;
    log.info({ reason }, 'stopping');
    const end = (how: string) => {
      log.info(how);
      process.exit(0);
    };
    setTimeout(end, STOP_LIMIT_MS, 'stopping took too long: ended without');
    // A start that fails now is told by `main` itself.
    const server = await Promise.race([starting.catch(() => null), sleep(START_PATIENCE_MS, null)]);
    await server?.stop();
    end('stopped');
  };
  // Somebody who asks again does not want to wait. The database ends with us, however we end.
  const leave = () => process.exit(EXIT_INTERRUPTED);
  onStopRequest(process, (reason) => void stop(reason), leave);

  const server = await starting;
  if (isStopping) return;
  log.info({ url: server.url, database: server.database }, 'listening');
  if (server.hasPages) say(`Swarm room    ${server.url}/`);
  if (server.hasPages && config.hasPlayground) say(`Playground    ${server.url}/playground`);
  say(`GraphQL       ${server.url}/graphql`);
  say(`Subscriptions ${server.url.replace(/^http/, 'ws')}/graphql (graphql-transport-ws)`);
  say(`Health        ${server.url}/health/ready`);
  say(`${config.auth === null ? LOCAL_MODE : 'Every request needs a token.'} Ctrl-C stops it.`);
}

const LOCAL_MODE = 'Local mode: no tokens, everyone is one local user, reachable from this machine only.';

/** What a person can act on is said in words; anything else is a fault of ours and said whole. */
function explain(error: unknown): { text: string; code: number } {
  if (error instanceof ConfigError || error instanceof DatabaseStartError) {
    return { text: error.message, code: error.exitCode };
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return { text: 'PORT is taken by another process; set another one.', code: 78 };
  }
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: 1 };
}

main().catch((error: unknown) => {
  const { text, code } = explain(error);
  process.stderr.write(`${text}\n`);
  process.exit(code);
});
