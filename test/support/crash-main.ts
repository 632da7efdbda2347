import { startApp } from '../../src/app.js';
import type { Ports } from '../../src/domain/ports.js';
import { createLog } from '../../src/log.js';
import type { CrashPoint } from './crash.js';

/** Run as a process of its own: the app, which kills itself at one write and says where it listens. */
const { mongodbDatabase, point } = JSON.parse(process.argv[2] ?? '') as {
  mongodbDatabase: string;
  point: CrashPoint;
};

type Store = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** No exit handler runs and no answer goes out: as when the machine loses its power. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

function wrapPorts(ports: Ports): Ports {
  const store = ports[point.store] as unknown as Store;
  const write = store[point.write];
  if (write === undefined) throw new Error(`There is no ${point.store}.${point.write}.`);
  let writes = 0;
  const last = async (...args: unknown[]): Promise<unknown> => {
    writes += 1;
    if (writes < point.nth) return write(...args);
    if (point.moment === 'after') await write(...args);
    return die();
  };
  return { ...ports, [point.store]: { ...store, [point.write]: last } };
}

const app = await startApp({
  host: '127.0.0.1',
  port: 0,
  mongodbUri: process.env['TEST_MONGODB_URI'] as string,
  mongodbDatabase,
  maxPoolSize: Number(process.env['TEST_MONGODB_POOL']),
  log: createLog('silent'),
  wrapPorts,
});
process.stdout.write(`${app.url}\n`);
