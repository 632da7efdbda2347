import { type Handler, sendJson } from './reply.js';
import type { Metrics } from './metrics.js';

export type HealthRoutes = Record<string, Handler>;

interface HealthOptions {
  /** Whether requests are to be sent here: not while stopping, nor while the database cannot be reached. */
  isReady: () => Promise<boolean>;
  metrics: Metrics;
}

/** `/health/live`: the process answers. `/health/ready`: it can serve. */
export const healthRoutes = ({ isReady, metrics }: HealthOptions): HealthRoutes => ({
  '/health/live': async (_, response) => sendJson(response, 200, { status: 'live' }),
  '/health/ready': async (_, response) => {
    const ready = await isReady();
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' });
  },
  '/metrics': async (_, response) => {
    response.writeHead(200, { 'content-type': metrics.registry.contentType });
    response.end(await metrics.registry.metrics());
  },
});
