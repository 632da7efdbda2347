import type { FaultDatabase } from './database.js';
import type { Differing } from './pair.js';
import { type AppProcess, choosePort, spawnApp } from './processes.js';

/** Processes on one database of their own, each of which may be killed and started again on its port. */
export interface Killables {
  readonly databaseName: string;
  /** They stay the same. */
  readonly urls: readonly string[];
  /** Now the one, now the other: where the next attempt goes. */
  next(): string;
  /** SIGKILL of these by number, all at one instant; resolves when they are gone. */
  kill(...which: number[]): Promise<void>;
  /** Starts those of these that are gone; resolves when they listen. */
  restart(...which: number[]): Promise<void>;
}

export async function spawnKillables(
  database: FaultDatabase,
  ...differing: readonly (Differing & { mongodbDatabase?: string })[]
): Promise<Killables> {
  const databaseName = database.newName();
  const settings = await Promise.all(
    differing.map(async (different) => ({
      mongodbUri: database.uri,
      mongodbDatabase: databaseName,
      maxPoolSize: database.poolSize,
      port: await choosePort(),
      ...different,
    })),
  );
  const apps: AppProcess[] = await Promise.all(settings.map((one) => spawnApp(one)));
  const urls = apps.map(({ url }) => url);
  let turn = 0;
  return {
    databaseName,
    urls,
    next: () => urls[turn++ % urls.length] as string,
    async kill(...which) {
      await Promise.all(which.map(async (i) => apps[i]?.kill()));
    },
    async restart(...which) {
      await Promise.all(
        which.map(async (i) => void (apps[i] = await spawnApp(settings[i] as (typeof settings)[number]))),
      );
    },
  };
}
