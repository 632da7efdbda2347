import { afterEach } from '@jest/globals';
import type { App, AppOptions } from '../../src/app.js';
import type { ConversationStore, Ports } from '../../src/domain/ports.js';
import { createLog } from '../../src/log.js';
import { startOn, testDatabase } from '../support/app.js';
import { type Client, createClient } from '../support/client.js';

export interface Server extends Client {
  url: string;
  app: App;
}

/** Servers that a test stops itself, or leaves to be stopped after it. */
export function useServers() {
  const { name } = testDatabase();
  let servers: Server[] = [];
  afterEach(async () => {
    for (const { close } of servers) await close();
    for (const { app } of servers) await app.stop();
    servers = [];
  });
  return async (options: Partial<AppOptions> = {}): Promise<Server> => {
    const app = await startOn(name, options);
    const server = { ...createClient(app.url), url: app.url, app };
    servers.push(server);
    return server;
  };
}

/** Runs this in place of some of the conversations' methods. */
export const withConversations =
  (replace: (real: ConversationStore) => Partial<ConversationStore>) =>
  (ports: Ports): Ports => ({
    ...ports,
    conversations: { ...ports.conversations, ...replace(ports.conversations) },
  });

/** A log whose lines are kept. */
export function createKeptLog() {
  const lines: string[] = [];
  return { lines, log: createLog('info', { write: (line: string) => void lines.push(line) }) };
}
