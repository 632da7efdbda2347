import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from '@jest/globals';
import { type Collection, MongoClient, ObjectId } from 'mongodb';
import { type App, type AppOptions, startApp } from '../../src/app.js';
import { createLog } from '../../src/log.js';
import { type Client, createClient } from './client.js';

/** A new id, 24 hex digits. */
export const id = (): string => new ObjectId().toHexString();

export interface RunningApp extends Client {
  url: string;
  stop(): Promise<void>;
}

/** The bare app on a database of the server that all tests share. */
export const startOn = (databaseName: string, options: Partial<AppOptions> = {}): Promise<App> =>
  startApp({
    host: '127.0.0.1',
    port: 0,
    mongodbUri: process.env['TEST_MONGODB_URI'] as string,
    mongodbDatabase: databaseName,
    maxPoolSize: Number(process.env['TEST_MONGODB_POOL']),
    log: createLog('silent'),
    ...options,
  });

/** Starts the app on this file's database, with a client of it. */
export async function startTestApp(
  databaseName: string,
  options: Partial<AppOptions> = {},
): Promise<RunningApp> {
  const app = await startOn(databaseName, options);
  const client = createClient(app.url);
  return {
    ...client,
    url: app.url,
    async stop() {
      await client.close();
      await app.stop();
    },
  };
}

/** A database of its own for a test file, dropped afterwards. */
export function testDatabase(): { name: string; collection: (name: string) => Collection } {
  const name = `test_${id()}`;
  const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 1 });
  afterAll(async () => {
    await client.db(name).dropDatabase();
    await client.close();
  });
  return { name, collection: (collection) => client.db(name).collection(collection) };
}

/** Its indexes take longer where many apps are started at once. */
async function ready(url: string): Promise<void> {
  while ((await fetch(`${url}/health/ready`)).status !== 200) await sleep(50);
}

/** One app for all tests of a file, on a database of its own. */
export function useApp(options: Partial<AppOptions> = {}): {
  readonly app: RunningApp;
  readonly database: string;
} {
  const { name } = testDatabase();
  let running: RunningApp | undefined;
  beforeAll(async () => {
    running = await startTestApp(name, options);
    await ready(running.url);
  });
  afterAll(() => running?.stop());
  return {
    get app() {
      if (running === undefined) throw new Error('The app runs only while tests do.');
      return running;
    },
    database: name,
  };
}
