import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { watchAvailability } from './availability.js';
import { steadyClock } from './clock.js';
import { createSettling, createSweep } from './domain/upkeep/sweep.js';
import { createInTurn } from './domain/inTurn.js';
import type { Ports } from './domain/ports.js';
import type { Viewer } from './domain/viewer.js';
import { createBus } from './events/bus.js';
import { createDriftStream } from './events/drift.js';
import { every } from './events/every.js';
import { createStreams } from './events/streams.js';
import { pause } from './events/signal.js';
import { createContext, type OperationKind } from './graphql/context.js';
import type { InputRefusals } from './graphql/inputs/operation.js';
import { createSchema } from './graphql/schema.js';
import { type Limits, USUAL_LIMITS } from './limits.js';
import type { Logger } from './log.js';
import { watchConversations } from './mongo/changes.js';
import { connect, guard } from './mongo/client.js';
import { newId } from './mongo/ids.js';
import { ensureIndexes } from './mongo/ensureIndexes.js';
import { recordNodes } from './mongo/recordNodes.js';
import { createStores } from './mongo/stores.js';
import { stopParts } from './stopping.js';
import { createGraphqlHttp } from './transport/graphqlHttp.js';
import { serveGraphqlWs } from './transport/graphqlWs.js';
import { healthRoutes } from './transport/health.js';
import { createHoldings } from './transport/holdings.js';
import { createFront } from './transport/http.js';
import { sendJson } from './transport/reply.js';
import { type AuthSettings, createIdentity } from './transport/identity.js';
import { createMetrics } from './transport/metrics.js';
import { createPages } from './transport/pages.js';
import { createPreparation } from './transport/preparation.js';
import { createRateLimit } from './transport/rateLimit.js';
import { createTurns } from './transport/turns.js';

export interface AppOptions {
  host: string;
  /** 0 is any free one. */
  port: number;
  mongodbUri: string;
  mongodbDatabase: string;
  /** Connections to the database; few suit the embedded one. */
  maxPoolSize: number;
  /** For one connection to the database, and for finding its primary; as `connect` has them unless said. */
  connectTimeoutMs?: number;
  selectionTimeoutMs?: number;
  log: Logger;
  /** What runs in place of the real ports, built on them: another clock, a store that fails between two writes. */
  wrapPorts?: (ports: Ports) => Ports;
  /** How often streams look without having been woken. */
  pollMs?: number;
  /** How often votes that are due, and decisions not yet logged, are looked for. */
  sweepMs?: number;
  /** Whether changes made by other processes wake streams; else only the poll does. */
  watchChanges?: boolean;
  /** Sees to it that indexes which were just made outlast a crash of the database; nothing is served before. */
  keepIndexes?: () => Promise<unknown>;
  /** By what tokens are checked; null, as when it is left out, is local mode: everyone is one user. */
  auth?: AuthSettings | null;
  /** Origins whose pages a browser may let in, beside the server's own. */
  allowedOrigins?: readonly string[];
  /** Those that differ from the usual ones. */
  limits?: Partial<Limits>;
  /** Where the built pages are; null, as when it is left out, is a server without pages. */
  pagesFolder?: string | null;
  /** Whether the playground is one of them; it is unless said otherwise. */
  hasPlayground?: boolean;
}

export interface App {
  /** `http://127.0.0.1:4000` */
  url: string;
  /** Takes nothing new, answers what is in flight, closes sockets; resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** At most 10 waiting history queries per user. */
const MAX_LONG = 10;

/** How long the start waits for the database. One that is not there by then may come later. */
const FIRST_WAIT_MS = 1_500;

/** Joins the parts and listens. The database may come later: until then requests are answered with `UNAVAILABLE`. */
export async function startApp(options: AppOptions): Promise<App> {
  const { log } = options;
  const connection = connect(options.mongodbUri, { ...options, databaseName: options.mongodbDatabase });
  const availability = watchAvailability(log, connection.reach, () => ports.bus.wakeAll());
  const { report } = availability;
  const watching: { stop(): Promise<void> }[] = [];
  // Not before its unique indexes are there: they are what keeps two racing writes from both being stored.
  const prepare = async (): Promise<void> => {
    await connection.open();
    const { keepIndexes } = options;
    const isMade = await ensureIndexes(connection.db, connection.patiently);
    if (isMade && keepIndexes !== undefined) await availability.restarting(keepIndexes);
    // The connection is closed without waiting for this any longer.
    if (isStopping) return;
    availability.prepared();
    if (options.watchChanges !== false) watching.push(watch());
  };
  const guarded = <T extends object>(store: T): T =>
    guard(store, connection.reach, () => availability.isPrepared);
  const stores = createStores(connection.db, report);
  const conversations = guarded(stores.conversations);
  const ports = (options.wrapPorts ?? ((same) => same))({
    conversations,
    decisions: guarded(stores.decisions),
    nodes: guarded(stores.nodes),
    parameters: guarded(stores.parameters),
    symbols: guarded(stores.symbols),
    bus: createBus({ ownersOf: conversations.ownersOf, report }),
    clock: steadyClock,
    inTurn: createInTurn(),
    longInTurn: createInTurn(MAX_LONG),
    newId: () => newId(steadyClock.now()),
    report,
  });
  const watch = () =>
    watchConversations(connection.watchDb, {
      onChange: ports.bus.publish,
      onGap: () => ports.bus.wakeAll(),
      onError: (error) => log.warn({ err: error }, 'the change stream broke off'),
    });
  const streams = createStreams({
    store: ports.conversations,
    bus: ports.bus,
    now: ports.clock.now,
    pollMs: options.pollMs ?? 2_000,
    report,
  });

  const drift = createDriftStream(ports, streams);

  let isStopping = false;
  const metrics = createMetrics();
  const schema = createSchema();
  const limits = { ...USUAL_LIMITS, ...options.limits };
  const { auth = null, allowedOrigins = [] } = options;
  const door = {
    schema,
    limits,
    prepare: createPreparation(schema, limits),
    identify: createIdentity(auth, log),
    // In local mode there is nobody else to be kept from an answer.
    rateLimit: createRateLimit(auth === null ? null : limits.operationsPerSecond),
    rules: { allowedOrigins, isLocal: auth === null },
    turns: createTurns(),
    holdings: createHoldings(limits.unfinishedBytes),
    contextOf: (kind: OperationKind, viewer: Viewer, inputRefusals?: InputRefusals) =>
      createContext(viewer, kind, ports, { streams, drift }, inputRefusals),
    log,
    metrics,
  };
  const http = createGraphqlHttp(door);
  const isReady = async () =>
    !isStopping && availability.isPrepared && (await connection.ping().then(isTrue, () => false));
  const server = createFront({
    graphql: async (request, response, requestId) => {
      if (!isStopping) return http.handler(request, response, requestId);
      response.setHeader('connection', 'close').setHeader('retry-after', '1');
      sendJson(response, 503, STOPPING);
    },
    health: healthRoutes({ isReady, metrics }),
    pages: createPages({
      folder: options.pagesFolder ?? null,
      hasPlayground: options.hasPlayground ?? true,
    }),
    rules: door.rules,
    limits,
    onError: (error, requestId) => log.error({ err: error, requestId }, 'request failed'),
  });
  server.on('connection', door.turns.giveWay);
  const recording = every(
    1_000,
    async (done) => {
      if (!availability.isPrepared) return;
      await recordNodes(connection.db);
      done();
    },
    report,
    'listing nodes of before',
  );
  const firstWait = new AbortController();
  const preparing = every(
    100,
    async (done) => {
      await prepare();
      done();
      firstWait.abort();
    },
    report,
    'opening the database',
  );
  await Promise.all([http.start(), pause(FIRST_WAIT_MS, firstWait.signal)]);
  const url = await listen(server, options).catch(async (error: unknown) => {
    void preparing.stop();
    void recording.stop();
    await Promise.all([http.stop(), connection.close()]);
    throw error;
  });
  // After listening, since it takes the server's errors for its own.
  const sockets = serveGraphqlWs({ server, ...door });
  const sweepers = [createSweep(ports), createSettling(ports)].map((sweep) =>
    every(
      options.sweepMs ?? 1_000,
      async () => void (availability.isPrepared && (await sweep())),
      report,
      'looking for what is due',
    ),
  );
  const stop = (): Promise<void> => {
    isStopping = true;
    return stopParts({
      server,
      sockets,
      streams,
      background: [...sweepers, preparing, recording],
      graphqlHttp: http,
      watching,
      connection,
    });
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

const STOPPING = {
  errors: [{ message: 'The server is stopping.', extensions: { code: 'UNAVAILABLE' } }],
};
