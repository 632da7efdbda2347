import { steadyClock } from './clock.js';
import { createDatabase, type Database, type DatabaseOptions } from './database.js';
import { createInTurn } from './domain/inTurn.js';
import type { Ports } from './domain/ports.js';
import { createSettling, createSweep } from './domain/upkeep/sweep.js';
import { createBus } from './events/bus.js';
import { createDriftStream } from './events/drift.js';
import { every, type Repeated } from './events/every.js';
import { createStreams } from './events/streams.js';
import { createContext } from './graphql/context.js';
import { type Limits, USUAL_LIMITS } from './limits.js';
import { newId } from './mongo/ids.js';
import { stopParts } from './stopping.js';
import { createDoor } from './transport/door.js';
import type { AuthSettings } from './transport/identity.js';

export interface AppOptions extends DatabaseOptions {
  host: string;
  /** 0 is any free one. */
  port: number;
  /** What runs in place of the real ports, built on them: another clock, a store that fails between two writes. */
  wrapPorts?: (ports: Ports) => Ports;
  /** How often streams look without having been woken. */
  pollMs?: number;
  /** How often votes that are due, and decisions not yet logged, are looked for. */
  sweepMs?: number;
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

/** Joins the parts and listens. The database may come later: until then requests are answered with `UNAVAILABLE`. */
export async function startApp(options: AppOptions): Promise<App> {
  const { log, host, port, wrapPorts = asTheyAre } = options;
  const database = createDatabase(options, {
    onChange: (...change) => ports.bus.publish(...change),
    onGap: () => ports.bus.wakeAll(),
  });
  const ports = wrapPorts(portsOn(database));
  const streams = createStreams({
    store: ports.conversations,
    bus: ports.bus,
    now: ports.clock.now,
    pollMs: options.pollMs ?? 2_000,
    report: database.report,
  });
  const drift = createDriftStream(ports, streams);
  const door = createDoor({
    auth: options.auth ?? null,
    allowedOrigins: options.allowedOrigins ?? [],
    limits: { ...USUAL_LIMITS, ...options.limits },
    pagesFolder: options.pagesFolder ?? null,
    hasPlayground: options.hasPlayground ?? true,
    contextOf: (kind, viewer, inputRefusals) =>
      createContext(viewer, kind, ports, { streams, drift }, inputRefusals),
    isReady: database.isReady,
    log,
  });
  await Promise.all([door.start(), database.open()]);
  const url = await door.listen(host, port).catch(async (error: unknown) => {
    void database.stop();
    await Promise.all([door.stop(), database.close()]);
    throw error;
  });
  const background = [...startSweeps(ports, database, options.sweepMs ?? 1_000), database];
  let stopped: Promise<void> | undefined;
  return {
    url,
    stop: () => (stopped ??= stopParts({ door, streams, background, database })),
  };
}

const asTheyAre = (ports: Ports): Ports => ports;

/** What the commands need of the world: the stores, and what is this process's own. */
function portsOn({ stores, report }: Database): Ports {
  return {
    ...stores,
    bus: createBus({ ownersOf: stores.conversations.ownersOf, report }),
    clock: steadyClock,
    inTurn: createInTurn(),
    longInTurn: createInTurn(MAX_LONG),
    newId: () => newId(steadyClock.now()),
    report,
  };
}

/** Each looks now and then for what is due, once the database is there. */
const startSweeps = (ports: Ports, database: Database, sweepMs: number): Repeated[] =>
  [createSweep(ports), createSettling(ports)].map((sweep) =>
    every(
      sweepMs,
      async () => void (database.isPrepared && (await sweep())),
      database.report,
      'looking for what is due',
    ),
  );
