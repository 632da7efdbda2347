import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { steadyClock } from './clock.js';
import { createSweep } from './domain/commands/sweep.js';
import type { Ports } from './domain/ports.js';
import { Unavailable } from './domain/unavailable.js';
import type { Viewer } from './domain/viewer.js';
import { createBus } from './events/bus.js';
import { every } from './events/every.js';
import { createStreams } from './events/follow.js';
import { pause } from './events/signal.js';
import { createContext } from './graphql/context.js';
import { createSchema } from './graphql/schema.js';
import type { Logger } from './log.js';
import { watchConversations } from './mongo/changes.js';
import { connect, guard } from './mongo/client.js';
import { conversationStore } from './mongo/conversations.js';
import { decisionStore } from './mongo/decisions.js';
import { newId } from './mongo/ids.js';
import { ensureIndexes } from './mongo/indexes.js';
import { nodeStore } from './mongo/nodes.js';
import { createGraphqlHttp } from './transport/graphqlHttp.js';
import { serveGraphqlWs } from './transport/graphqlWs.js';
import { healthRoutes } from './transport/health.js';
import { createFront } from './transport/http.js';
import { createMetrics } from './transport/metrics.js';

export interface AppOptions {
  host: string;
  /** 0 is any free one. */
  port: number;
  mongodbUri: string;
  mongodbDatabase: string;
  /** Connections to the database; few suit the embedded one. */
  maxPoolSize: number;
  log: Logger;
  /** What runs in place of the real ports, built on them: another clock, a store that fails between two writes. */
  wrapPorts?: (ports: Ports) => Ports;
  /** How often streams look without having been woken. */
  pollMs?: number;
  /** How often votes that are due, and decisions not yet logged, are looked for. */
  sweepMs?: number;
  /** Whether changes made by other processes wake streams; else only the poll does. */
  watchChanges?: boolean;
}

export interface App {
  /** `http://127.0.0.1:4000` */
  url: string;
  /** Takes nothing new, answers what is in flight, closes sockets; resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** In local mode everyone is this user. */
export const LOCAL_VIEWER: Viewer = {
  userId: '00000000000000000000face',
  scopes: ['read', 'write', 'admin'],
  agentName: null,
  expiresAt: null,
};

/** What is in flight at a stop has this long; the process is to be gone within 5 s. */
const STOP_DEADLINE_MS = 3_000;

/** Joins the parts and listens. The database may come later: until then requests are answered with `UNAVAILABLE`. */
export async function startApp(options: AppOptions): Promise<App> {
  const { log } = options;
  const report = (error: unknown, doing: string): void => {
    if (error instanceof Unavailable) log.warn({ doing }, 'the database cannot be reached');
    else log.error({ err: error, doing }, 'work in the background failed');
  };
  const connection = connect(options.mongodbUri, options.mongodbDatabase, options.maxPoolSize);
  // Not before its unique indexes are there: they are what keeps two racing writes from both being stored.
  let isPrepared = false;
  const prepare = async (): Promise<void> => {
    await ensureIndexes(connection.db);
    isPrepared = true;
  };
  const guarded = <T extends object>(store: T): T => guard(store, () => isPrepared);
  const bus = createBus((error) => report(error, 'waking streams'));
  const ports = (options.wrapPorts ?? ((same) => same))({
    conversations: guarded(conversationStore(connection.db, report)),
    decisions: guarded(decisionStore(connection.db)),
    nodes: guarded(nodeStore(connection.db)),
    bus,
    clock: steadyClock,
    newId: () => newId(steadyClock.now()),
    report,
  });
  const streams = createStreams({
    store: ports.conversations,
    bus: ports.bus,
    now: ports.clock.now,
    pollMs: options.pollMs ?? 2_000,
    report,
  });

  let isStopping = false;
  const metrics = createMetrics();
  const schema = createSchema();
  const contextOf = () => createContext(LOCAL_VIEWER, ports, streams);
  const http = createGraphqlHttp({ schema, contextOf, log, metrics });
  const isReady = async () =>
    !isStopping && isPrepared && (await connection.ping().then(isTrue, () => false));
  const server = createFront({
    graphql: http.handler,
    health: healthRoutes({ isReady, metrics }),
    onError: (error, requestId) => log.error({ err: error, requestId }, 'request failed'),
  });
  await Promise.all([http.start(), prepare().catch((error: unknown) => report(error, 'making indexes'))]);
  const url = await listen(server, options).catch(async (error: unknown) => {
    await Promise.all([http.stop(), connection.close()]);
    throw error;
  });
  // After listening, since it takes the server's errors for its own.
  const sockets = serveGraphqlWs({ server, schema, contextOf, log, metrics });
  const preparing = every(
    500,
    async (done) => (isPrepared || (await prepare()), done()),
    report,
    'making indexes',
  );
  const sweep = createSweep(ports);
  const sweeper = every(
    options.sweepMs ?? 1_000,
    async () => void (isPrepared && (await sweep())),
    report,
    'looking for what is due',
  );
  const changes =
    options.watchChanges === false
      ? null
      : watchConversations(connection.watchDb, {
          onChange: ports.bus.publish,
          onGap: () => ports.bus.wakeAll(),
          onError: (error) => log.warn({ err: error }, 'the change stream broke off'),
        });

  const stop = async (): Promise<void> => {
    isStopping = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    // One deadline for all: what is in flight over HTTP and over sockets waits at the same time.
    const deadline = AbortSignal.timeout(STOP_DEADLINE_MS);
    deadline.addEventListener('abort', () => server.closeAllConnections());
    const atWork = Promise.all([sweeper.stop(), preparing.stop()]);
    await sockets.stop(STOP_DEADLINE_MS);
    streams.stop();
    await closed;
    clearInterval(idle);
    const calmed = new AbortController();
    await Promise.race([atWork, pause(STOP_DEADLINE_MS / 6, calmed.signal)]);
    calmed.abort();
    await http.stop();
    await changes?.stop();
    await connection.close();
  };
  let stopped: Promise<void> | undefined;
  return {
    url,
    stop: () => (stopped ??= stop()),
  };
}

/** The address it listens on. */
async function listen(server: Server, { host, port }: AppOptions): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

const isTrue = () => true;
