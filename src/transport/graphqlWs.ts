import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { execute, GraphQLError, type GraphQLSchema } from 'graphql';
import { handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Context, OperationKind } from '../graphql/context.js';
import { toPublicError } from '../graphql/errors.js';
import { subscribeWhole } from '../graphql/eventStream.js';
import type { Logger } from '../log.js';
import { failureLog } from './failures.js';
import type { Metrics } from './metrics.js';
import { createPreparation } from './preparation.js';
import { type ServedSocket, serveSocket, type UnsentLimits } from './socket.js';

const MAX_FRAME_BYTES = 256 * 1024;

export interface GraphqlWsOptions {
  server: Server;
  schema: GraphQLSchema;
  contextOf: (kind: OperationKind) => Context;
  limits: UnsentLimits;
  log: Logger;
  metrics: Metrics;
}

export interface GraphqlWs {
  /** Takes nothing new, waits for the operations in flight (subscriptions excepted), closes every socket with 1001. */
  stop(deadlineMs: number): Promise<void>;
}

/** Queries, mutations and subscriptions over graphql-transport-ws, on the same port and path as HTTP. */
export function serveGraphqlWs({
  server,
  schema,
  contextOf,
  limits,
  log,
  metrics,
}: GraphqlWsOptions): GraphqlWs {
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols,
  });
  const prepare = createPreparation(schema, contextOf);
  const inFlight = new Set<Promise<unknown>>();
  const connections = new Set<{ subscriptions: object }>();
  metrics.countSubscriptions(() =>
    [...connections].reduce((sum, { subscriptions }) => sum + Object.keys(subscriptions).length, 0),
  );
  let isStopping = false;

  const logFailure = failureLog(log);
  const mask = (errors: readonly GraphQLError[]) => {
    const masking = { requestId: randomUUID(), log: logFailure };
    return errors.map((error) => toPublicError(error, masking));
  };

  const protocol = makeServer({
    onConnect(context) {
      connections.add(context);
      return !isStopping;
    },
    onClose: (context) => void connections.delete(context),
    onSubscribe(_, __, payload) {
      if (isStopping)
        return [new GraphQLError('The server is stopping.', { extensions: { code: 'UNAVAILABLE' } })];
      try {
        return prepare(payload);
      } catch (error) {
        return [unexpected(error)];
      }
    },
    execute(args) {
      const endTimer = metrics.operations.startTimer({ transport: 'ws' });
      const result = guarded(() => execute(args));
      const done = result.then(({ errors }) => endTimer({ outcome: errors ? 'error' : 'ok' }));
      inFlight.add(done);
      void done.finally(() => inFlight.delete(done));
      return result;
    },
    subscribe: subscribeWhole,
    onNext(_, __, ___, ____, result) {
      metrics.events.inc();
      if (result.errors === undefined) return undefined;
      const { data = null } = result;
      return { data, errors: mask(result.errors) };
    },
    onError: (_, __, ___, errors) => mask(errors.map(unwrapped)),
  });
  const open = new Map<WebSocket, ServedSocket>();
  sockets.on('connection', (socket) => {
    metrics.sockets.inc();
    open.set(socket, serveSocket({ socket, protocol, limits, log }));
    socket.once('close', () => {
      metrics.sockets.dec();
      open.delete(socket);
    });
  });
  sockets.on('error', (error) => log.error({ err: error }, 'the server of sockets failed'));

  return {
    async stop(deadlineMs) {
      isStopping = true;
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise((resolve) => {
        timer = setTimeout(resolve, deadlineMs);
      });
      await Promise.race([Promise.allSettled(inFlight), deadline]);
      clearTimeout(timer);
      // Answers on their way out go first: by the next turn they are with their sockets, whose frames keep their order.
      await new Promise((resolve) => setImmediate(resolve));
      for (const { close } of open.values()) close(CLOSE_GOING_AWAY, 'The server is stopping.');
      // Who does not answer the close, or does not read at all, is not waited for.
      const cut = setTimeout(() => {
        for (const socket of open.keys()) socket.terminate();
      }, CLOSE_GRACE_MS);
      await new Promise((resolve) => sockets.close(resolve));
      clearTimeout(cut);
    },
  };
}

const CLOSE_GOING_AWAY = 1001;
const CLOSE_GRACE_MS = 500;

/** What throws ends its own operation: thrown at graphql-ws it would end the socket. */
async function guarded<T>(operate: () => T | Promise<T>): Promise<T | { errors: GraphQLError[] }> {
  try {
    return await operate();
  } catch (error) {
    return { errors: [unexpected(error)] };
  }
}

/** What a stream failed with; graphql-ws puts it into an error of its own. */
const unwrapped = (error: GraphQLError): GraphQLError =>
  error.originalError instanceof GraphQLError ? error.originalError : error;

/** Masked on its way out. */
const unexpected = (error: unknown): GraphQLError =>
  new GraphQLError('Unexpected.', {
    originalError: error instanceof Error ? error : new Error(String(error)),
  });
