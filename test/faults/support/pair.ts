import type { FaultDatabase } from './database.js';
import type { EntrySettings } from './entry.js';
import { type AppProcess, choosePort, spawnApp } from './processes.js';

/** How one process differs from a usual one. */
export type Differing = Pick<EntrySettings, 'wrap' | 'options'>;

/** Two processes on one database that nobody else uses. */
export interface Pair {
  readonly left: AppProcess;
  readonly right: AppProcess;
  readonly databaseName: string;
  /** The left one anew, on its port, when it has ended. */
  restartLeft(): Promise<void>;
  /** Now the one, now the other. */
  either(turn: number): AppProcess;
}

export async function spawnPair(
  database: FaultDatabase,
  ofLeft: Differing = {},
  ofRight: Differing = ofLeft,
): Promise<Pair> {
  const shared = {
    mongodbUri: database.uri,
    mongodbDatabase: database.newName(),
    maxPoolSize: database.poolSize,
  };
  const leftSettings = { ...shared, ...ofLeft, port: await choosePort() };
  let left = await spawnApp(leftSettings);
  const right = await spawnApp({ ...shared, ...ofRight, port: await choosePort() });
  return {
    get left() {
      return left;
    },
    right,
    databaseName: shared.mongodbDatabase,
    async restartLeft() {
      left = await spawnApp(leftSettings);
    },
    either: (turn) => (turn % 2 === 0 ? left : right),
  };
}
