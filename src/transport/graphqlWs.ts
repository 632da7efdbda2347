import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import {
  type DocumentNode,
  type ExecutionArgs,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  subscribe,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { LRUCache } from 'lru-cache';
import { WebSocketServer } from 'ws';
import type { Context } from '../graphql/context.js';
import { toPublicError } from '../graphql/errors.js';
import type { Logger } from '../log.js';
import type { Metrics } from './metrics.js';

const MAX_FRAME_BYTES = 256 * 1024;
const PING_MS = 20_000;

export interface GraphqlWsOptions {
  server: Server;
  schema: GraphQLSchema;
  contextOf: () => Context;
  log: Logger;
  metrics: Metrics;
}

export interface GraphqlWs {
  /** Takes nothing new, waits for the operations in flight (subscriptions excepted), closes every socket with 1001. */
  stop(deadlineMs: number): Promise<void>;
}

/** Queries, mutations and subscriptions over graphql-transport-ws, on the same port and path as HTTP. */
export function serveGraphqlWs({ server, schema, contextOf, log, metrics }: GraphqlWsOptions): GraphqlWs {
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  const prepare = createPreparation(schema);
  const inFlight = new Set<Promise<unknown>>();
  const connections = new Set<{ subscriptions: object }>();
  metrics.countSubscriptions(() =>
    [...connections].reduce((sum, { subscriptions }) => sum + Object.keys(subscriptions).length, 0),
  );
  let isStopping = false;

  const mask = (errors: readonly GraphQLError[]) => {
    const masking = {
      requestId: randomUUID(),
      log: (error: unknown, requestId: string) => log.error({ err: error, requestId }, 'operation failed'),
    };
    return errors.map((error) => toPublicError(error, masking));
  };

  const served = useServer(
    {
      onConnect(context) {
        connections.add(context);
        return !isStopping;
      },
      onDisconnect: (context) => void connections.delete(context),
      onSubscribe(_, __, payload) {
        if (isStopping)
          return [new GraphQLError('The server is stopping.', { extensions: { code: 'UNAVAILABLE' } })];
        const prepared = prepare(payload);
        return Array.isArray(prepared)
          ? prepared
          : { ...(prepared as ExecutionArgs), contextValue: contextOf() };
      },
      execute(args) {
        const endTimer = metrics.operations.startTimer({ transport: 'ws' });
        const result = Promise.resolve(execute(args));
        const done = result.then(
          ({ errors }) => endTimer({ outcome: errors ? 'error' : 'ok' }),
          () => endTimer({ outcome: 'error' }),
        );
        inFlight.add(done);
        void done.finally(() => inFlight.delete(done));
        return result;
      },
      subscribe,
      onNext(_, __, ___, ____, result) {
        metrics.events.inc();
        if (result.errors === undefined) return undefined;
        const { data = null } = result;
        return { data, errors: mask(result.errors) };
      },
      onError: (_, __, ___, errors) => mask(errors as readonly GraphQLError[]),
    },
    sockets,
    PING_MS,
  );
  sockets.on('connection', (socket) => {
    metrics.sockets.inc();
    socket.on('close', () => metrics.sockets.dec());
  });

  return {
    async stop(deadlineMs) {
      isStopping = true;
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise((resolve) => {
        timer = setTimeout(resolve, deadlineMs);
      });
      await Promise.race([Promise.allSettled(inFlight), deadline]);
      clearTimeout(timer);
      // Answers on their way out go first: a socket's frames are sent in order.
      for (const socket of sockets.clients) socket.close(CLOSE_GOING_AWAY, 'The server is stopping.');
      // Who does not answer the close, or does not read at all, is not waited for.
      const cut = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, CLOSE_GRACE_MS);
      await served.dispose();
      clearTimeout(cut);
    },
  };
}

const CLOSE_GOING_AWAY = 1001;
const CLOSE_GRACE_MS = 500;

/**
 * Parses and validates, once for each text. graphql-ws parses unguarded and closes the whole socket on a syntax
 * error; here it ends its own operation.
 */
function createPreparation(schema: GraphQLSchema) {
  const documents = new LRUCache<string, DocumentNode>({ max: 500 });
  const documentOf = (query: string): DocumentNode | GraphQLError[] => {
    const known = documents.get(query);
    if (known !== undefined) return known;
    const document = parseOrError(query);
    if (Array.isArray(document)) return document;
    const errors = validate(schema, document);
    if (errors.length > 0) {
      return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    }
    documents.set(query, document);
    return document;
  };

  return (payload: SubscribePayload): ExecutionArgs | GraphQLError[] => {
    const document = documentOf(payload.query);
    if (Array.isArray(document)) return document;
    const operationName = payload.operationName ?? null;
    if (getOperationAST(document, operationName) == null) {
      const text = `Expected an operation of the document, got ${JSON.stringify(operationName)}.`;
      return [new GraphQLError(text, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })];
    }
    return { schema, document, operationName, variableValues: payload.variables ?? null };
  };
}

function parseOrError(query: string): DocumentNode | GraphQLError[] {
  try {
    return parse(query);
  } catch (error) {
    return [withCode(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
  }
}

const withCode = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: { code },
  });
