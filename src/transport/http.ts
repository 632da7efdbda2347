import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { HealthRoutes } from './health.js';

export const MAX_BODY_BYTES = 256 * 1024;

/** Answers one request; rejects only by a fault of its own. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
) => Promise<void>;

export interface Routes {
  graphql: Handler;
  health: HealthRoutes;
  /** Told of a handler's own fault. */
  onError: (error: unknown, requestId: string) => void;
}

/** The thin front: routes by path, gives each request an id, and never leaves one without an answer. */
export function createFront({ graphql, health, onError }: Routes): Server {
  const server = createServer((request, response) => {
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const handler = path === '/graphql' ? graphql : (health[path] ?? notFound);
    handler(request, response, requestId).catch((error: unknown) => {
      onError(error, requestId);
      if (!response.headersSent)
        sendJson(response, 500, { error: `Something went wrong; request ${requestId}.` });
      else response.destroy();
    });
  });
  server.headersTimeout = 5_000;
  server.requestTimeout = 10_000;
  // Longer than clients and proxies keep an idle connection: who sends on one that is just being closed gets an error.
  server.keepAliveTimeout = 65_000;
  return server;
}

const notFound: Handler = async (_, response) =>
  sendJson(response, 404, { error: 'Expected /graphql, /health/live, /health/ready or /metrics.' });

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

/** The body as text; null when it is larger than allowed. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read to its end all the same: who still sends would get a broken connection, not the answer.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) return null;
  return Buffer.concat(chunks).toString('utf8');
}
