import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGraphqlHttp } from './graphqlHttp.js';
import { type GraphqlWs, serveGraphqlWs } from './graphqlWs.js';
import { healthRoutes } from './health.js';
import { createFront } from './http.js';
import { createPages } from './pages.js';
import { type Handler, sendJson } from './reply.js';
import { createService, type ServiceOptions } from './service.js';

interface DoorOptions extends ServiceOptions {
  /** Where the built pages are; null is a server without pages. */
  pagesFolder: string | null;
  /** Whether the playground is one of them. */
  hasPlayground: boolean;
  /** Whether what is behind the door can serve. */
  isReady: () => Promise<boolean>;
}

/** All that is served: GraphQL over HTTP and sockets, the pages, health and metrics, on one port. */
interface Door {
  /** To be called before it listens. */
  start(): Promise<void>;
  /** Answers its address, `http://127.0.0.1:4000`; rejects where the port is taken. */
  listen(host: string, port: number): Promise<string>;
  /** Takes no new connection and answers new requests with 503; after the deadline connections are cut off. */
  closeHttp(deadlineMs: number): Promise<void>;
  /** Waits for the operations in flight, for as long as the deadline says, then closes every socket. */
  closeSockets(deadlineMs: number): Promise<void>;
  /** Last, or where it does not listen after all. */
  stop(): Promise<void>;
}

/** Nothing is heard before `listen`. */
export function createDoor(options: DoorOptions): Door {
  const { log, limits, isReady, pagesFolder: folder, hasPlayground } = options;
  const service = createService(options);
  const http = createGraphqlHttp(service);
  let isStopping = false;
  const graphql: Handler = async (request, response, requestId) => {
    if (!isStopping) return http.handler(request, response, requestId);
    response.setHeader('connection', 'close').setHeader('retry-after', '1');
    sendJson(response, 503, STOPPING);
  };
  const server = createFront({
    graphql,
    health: healthRoutes({
      isReady: async () => !isStopping && (await isReady()),
      metrics: service.metrics,
    }),
    pages: createPages({ folder, hasPlayground }),
    rules: service.rules,
    limits,
    onError: (error, requestId) => log.error({ err: error, requestId }, 'request failed'),
  });
  server.on('connection', service.turns.giveWay);
  let sockets: GraphqlWs | null = null;
  return {
    start: http.start,
    async listen(host, port) {
      const url = await listen(server, host, port);
      // After listening, since it takes the server's errors for its own.
      sockets = serveGraphqlWs(server, service);
      return url;
    },
    closeHttp(deadlineMs) {
      isStopping = true;
      return close(server, deadlineMs);
    },
    closeSockets: async (deadlineMs) => sockets?.stop(deadlineMs),
    stop: http.stop,
  };
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

/** Takes no new connection, closes those that are idle or become so, and after the deadline all. */
async function close(server: Server, deadlineMs: number): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), deadlineMs);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(idle);
  clearTimeout(late);
}

const STOPPING = {
  errors: [{ message: 'The server is stopping.', extensions: { code: 'UNAVAILABLE' } }],
};
