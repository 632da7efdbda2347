import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Limits } from '../limits.js';
import type { HealthRoutes } from './health.js';
import { keepIdleConnections } from './idleConnections.js';
import { checkHost, type OriginRules } from './origins.js';
import type { Pages } from './pages.js';
import { isGraphql, pathOf } from './paths.js';
import { type Handler, sendJson } from './reply.js';

interface Routes {
  graphql: Handler;
  health: HealthRoutes;
  pages: Pages;
  rules: OriginRules;
  limits: Limits;
  /** Told of a handler's own fault. */
  onError: (error: unknown, requestId: string) => void;
}

/** How often connections are looked at for whether their time is over; by itself node does so every 30 s. */
const CHECK_MS = 500;

/** The thin front: routes by path, gives each request an id, and never leaves one without an answer. */
export function createFront({ graphql, health, pages, rules, limits, onError }: Routes): Server {
  const server = createServer({ connectionsCheckingInterval: CHECK_MS }, (request, response) => {
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
    const refusal = checkHost(request, rules);
    if (refusal !== null) return sendJson(response, refusal.status, { error: refusal.message });
    const path = pathOf(request);
    if (isGraphql(path) && pages.lead(request, response)) return;
    const handler = isGraphql(path)
      ? graphql
      : (health[path.replace(/\/$/, '')] ?? pages.at(path) ?? notFound);
    handler(request, response, requestId).catch((error: unknown) => {
      // The client went before it had sent all: no fault of ours, and nobody to be answered.
      if (request.readableAborted) return response.destroy();
      onError(error, requestId);
      if (!response.headersSent)
        sendJson(response, 500, { error: `Something went wrong; request ${requestId}.` });
      else response.destroy();
    });
  });
  server.headersTimeout = limits.headersSeconds * 1_000;
  server.requestTimeout = limits.requestSeconds * 1_000;
  keepIdleConnections(server, limits.keepAliveSeconds);
  return server;
}

/** Of all that is no page: nothing of it is a script or a frame, or to be kept on its way. */
const SECURITY_HEADERS = Object.entries({
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
});

const notFound: Handler = async (_, response) =>
  sendJson(response, 404, { error: 'Expected a page, /graphql, /health/live, /health/ready or /metrics.' });
