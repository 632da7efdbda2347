import { type FaultDatabase, startFaultDatabase } from './database.js';
import { startProxy } from './proxy.js';

/** A way to the database that can be lost and found again. */
export interface Way {
  database: FaultDatabase;
  uri: string;
  /** Resolves when it is gone. Rounds may differ. */
  leave(round: number): unknown;
  /** Resolves when it is there again: the database could be used from that instant on. */
  comeBack(): unknown;
}

/** Through a proxy in front of the database that all faults share. */
async function byProxy(
  database: FaultDatabase,
  leave: (proxy: Awaited<ReturnType<typeof startProxy>>, round: number) => void,
): Promise<Way> {
  const proxy = await startProxy(database.port);
  const uri = new URL(database.uri);
  uri.port = String(proxy.port);
  return {
    database,
    uri: uri.href,
    leave: (round) => leave(proxy, round),
    comeBack: () => proxy.pass(),
  };
}

export const byCut = (database: FaultDatabase): Promise<Way> => byProxy(database, (proxy) => proxy.cut());

export const byBlackHole = (database: FaultDatabase): Promise<Way> =>
  byProxy(database, (proxy) => proxy.blackHole());

/** Two seconds later in each direction and in both together, in turn. */
export const bySlowness = (database: FaultDatabase): Promise<Way> =>
  byProxy(database, (proxy, round) => proxy.delay(round % 2 === 1 ? 2_000 : 1_000));

/** Late, but there: 0.3 s in each direction. */
export const byTardiness = (database: FaultDatabase): Promise<Way> =>
  byProxy(database, (proxy) => proxy.delay(300));

/** A database of its own that stands still. */
export async function byFreezing(): Promise<Way> {
  const database = await startFaultDatabase();
  return {
    database,
    uri: database.uri,
    leave: () => database.freeze(),
    comeBack: () => database.thaw(),
  };
}

/** A database of its own that is not running. */
export async function byAbsence(): Promise<Way> {
  const database = await startFaultDatabase();
  return {
    database,
    uri: database.uri,
    leave: () => database.kill(),
    comeBack: () => database.restart(),
  };
}
