import { type AppOptions, startApp } from '../../../src/app.js';
import type { Ports } from '../../../src/domain/ports.js';
import { createLog } from '../../../src/log.js';
import { WRAPS } from './wraps.js';

/** What the process is started with: one JSON argument. */
export interface EntrySettings {
  mongodbUri: string;
  mongodbDatabase: string;
  maxPoolSize: number;
  port: number;
  /** Names from `WRAPS`; the last one is nearest to the app. */
  wrap?: readonly string[];
  options?: Partial<Omit<AppOptions, 'log' | 'wrapPorts'>>;
  /** What its environment has beside the harness's own. */
  env?: Readonly<Record<string, string>>;
  /** Broken: a signal ends it at once, whatever is in flight. */
  isHasty?: boolean;
  /** `silent` unless told otherwise; the log goes to standard error. */
  logLevel?: string;
}

/** Over IPC, from the harness and back. */
export interface Command {
  id: number;
  name: string;
  args: unknown[];
}
export type Reply = { id: number; result: unknown } | { id: number; error: string };

/** Run as a process of its own: the app with its wraps; says where it listens, ends on a signal as src/main.ts does. */
const settings = JSON.parse(process.argv[2] ?? '') as EntrySettings;
const wraps = (settings.wrap ?? []).map((name) => {
  const create = WRAPS[name];
  if (create === undefined) throw new Error(`There is no wrap "${name}".`);
  return create();
});
const commands = Object.assign({}, ...wraps.map((wrap) => wrap.commands));

process.on('message', async ({ id, name, args }: Command) => {
  const answer = async (): Promise<Reply> => {
    if (commands[name] === undefined) throw new Error(`No wrap of this app knows the command "${name}".`);
    return { id, result: await commands[name](...args) };
  };
  process.send?.(await answer().catch((error: unknown): Reply => ({ id, error: String(error) })));
});
// The harness is gone, in whatever way.
process.on('disconnect', () => process.exit(1));

const app = await startApp({
  host: '127.0.0.1',
  port: settings.port,
  mongodbUri: settings.mongodbUri,
  mongodbDatabase: settings.mongodbDatabase,
  maxPoolSize: settings.maxPoolSize,
  log: createLog(settings.logLevel ?? 'silent', process.stderr),
  wrapPorts: (ports: Ports) => wraps.reduce((wrapped, { wrap }) => wrap(wrapped), ports),
  ...settings.options,
});

let isStopping = false;
const stop = async (): Promise<void> => {
  if (settings.isHasty) process.exit(0);
  if (isStopping) process.exit(130);
  isStopping = true;
  await app.stop();
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());

process.stdout.write(`${app.url}\n`);
