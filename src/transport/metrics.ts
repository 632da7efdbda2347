import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** What an operator watches, for Prometheus at `/metrics`. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    operations: new Histogram({
      name: 'graphql_operation_duration_seconds',
      help: 'How long queries and mutations take, by transport and outcome: ok, refused as data, or with errors.',
      labelNames: ['transport', 'outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
    refusals: new Counter({
      name: 'graphql_refusals_total',
      help: 'Operations that were refused or failed, by root field and code, as data and as errors.',
      labelNames: ['operation', 'code'],
      registers: [registry],
    }),
    socketsRefused: new Counter({
      name: 'graphql_sockets_refused_total',
      help: 'WebSockets that were not let in, by reason.',
      labelNames: ['reason'],
      registers: [registry],
    }),
    sockets: new Gauge({ name: 'graphql_sockets', help: 'Open WebSockets.', registers: [registry] }),
    /** Asked when the metrics are read. */
    countSubscriptions(count: () => number): void {
      new Gauge({
        name: 'graphql_socket_operations',
        help: 'Running operations of all sockets, subscriptions above all.',
        registers: [registry],
        collect() {
          this.set(count());
        },
      });
    },
    events: new Counter({
      name: 'graphql_subscription_events_total',
      help: 'Results sent over sockets.',
      registers: [registry],
    }),
  };
}
