import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import {
  type ExecutionArgs,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { type ConnectionInitMessage, handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Context, OperationKind } from '../graphql/context.js';
import type { Viewer } from '../domain/viewer.js';
import { toPublicError } from '../graphql/errors.js';
import { subscribeWhole } from '../graphql/eventStream.js';
import type { InputRefusals } from '../graphql/inputs/operation.js';
import type { Limits } from '../limits.js';
import type { Logger } from '../log.js';
import { createAdmission, type Peer } from './admission.js';
import { failureLog } from './failures.js';
import { gentleSocket } from './gentleSocket.js';
import type { Holdings } from './holdings.js';
import type { Identify } from './identity.js';
import type { Metrics } from './metrics.js';
import { type LoggedOperation, logOperation } from './operationLog.js';
import { checkHost, checkOrigin, checkUrl, type OriginRules } from './origins.js';
import type { Prepare } from './preparation.js';
import type { RateLimit } from './rateLimit.js';
import { type ServedSocket, serveSocket } from './socket.js';
import { REFUSED } from './socketFrame.js';
import { readBytes } from './tooLarge.js';
import type { Turns } from './turns.js';

export interface GraphqlWsOptions {
  server: Server;
  schema: GraphQLSchema;
  prepare: Prepare;
  identify: Identify;
  rateLimit: RateLimit;
  rules: OriginRules;
  contextOf: (kind: OperationKind, viewer: Viewer, inputRefusals?: InputRefusals) => Context;
  limits: Limits;
  turns: Turns;
  holdings: Holdings;
  log: Logger;
  metrics: Metrics;
}

/** TCP may bring a message in parts of this size on the average, each of which costs memory of its own. */
const MIN_PART_BYTES = 512;

export interface GraphqlWs {
  /** Takes nothing new, waits for the operations in flight (subscriptions excepted), closes every socket with 1001. */
  stop(deadlineMs: number): Promise<void>;
}

/** Queries, mutations and subscriptions over graphql-transport-ws, on the same port and path as HTTP. */
export function serveGraphqlWs(options: GraphqlWsOptions): GraphqlWs {
  const { server, schema, prepare, identify, rateLimit, rules, contextOf, limits, log, metrics } = options;
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    WebSocket: gentleSocket(limits),
    // More than is taken, so that what is too large ends its own operation.
    maxPayload: readBytes(limits),
    maxFragments: limits.fragments,
    maxBufferedChunks: Math.ceil(readBytes(limits) / MIN_PART_BYTES),
    // That text is UTF-8 is checked where its operation can be told.
    skipUTF8Validation: true,
    perMessageDeflate: false,
    handleProtocols,
    verifyClient({ req }, done) {
      const refusal = checkUpgrade(req, rules);
      if (refusal === null) return done(true);
      done(false, refusal.status, refusal.message);
    },
  });
  const admission = createAdmission(identify, rules.isLocal ? null : limits.socketsPerUser);
  const inFlight = new Set<Promise<unknown>>();
  const connections = new Set<{ subscriptions: object }>();
  metrics.countSubscriptions(() =>
    [...connections].reduce((sum, { subscriptions }) => sum + Object.keys(subscriptions).length, 0),
  );
  let isStopping = false;

  const logFailure = failureLog(log);
  const mask = (errors: readonly GraphQLError[], requestId: string = randomUUID()) => {
    const masking = { requestId, log: logFailure };
    return errors.map((error) => toPublicError(error, masking));
  };
  const started = new WeakMap<
    object,
    Pick<LoggedOperation, 'requestId' | 'operation'> & {
      startedMs: number;
      peer: Peer;
      viewer: Viewer;
      inputRefusals?: InputRefusals;
    }
  >();
  const logEnd = (args: object, errors: readonly GraphQLFormattedError[]): void => {
    const { startedMs = 0, ...known } = started.get(args) ?? { requestId: 'unknown', operation: null };
    const durationMs = performance.now() - startedMs;
    const codes = errors.map(({ extensions }) => String(extensions?.['code']));
    logOperation(log, { transport: 'ws', durationMs, codes, ...known });
  };

  const answer = async (args: ExecutionArgs) => {
    const known = started.get(args);
    if (known === undefined) throw new Error('An operation of nobody.');
    const { peer, viewer, inputRefusals } = known;
    return peer.gate(async () =>
      execute({ ...args, contextValue: contextOf('question', viewer, inputRefusals) }),
    );
  };

  const protocol = makeServer<ConnectionInitMessage['payload'], Peer>({
    connectionInitWaitTimeout: limits.initSeconds * 1_000,
    onConnect(context) {
      if (isStopping) return false;
      connections.add(context);
      return admission.admit(context.extra, context.connectionParams);
    },
    onClose(context) {
      connections.delete(context);
      admission.leave(context.extra);
    },
    async onSubscribe({ extra: peer }, id, payload) {
      const { viewer, streams } = peer;
      const { query, operationName = null, variables = null, extensions } = payload;
      if (isStopping || viewer === null) return [coded('The server is stopping.', 'UNAVAILABLE')];
      const limited = await rateLimit(viewer.userId);
      if (limited !== null) return [coded(limited.message, 'RATE_LIMITED')];
      const refused = extensions?.[REFUSED];
      if (typeof refused === 'string') return [coded(refused, 'BAD_USER_INPUT')];
      const known = { requestId: randomUUID(), startedMs: performance.now(), peer, viewer };
      try {
        const prepared = prepare({ query, operationName, variables }, viewer);
        if (Array.isArray(prepared)) {
          started.set(prepared, { ...known, operation: null });
          logEnd(prepared, mask(prepared, known.requestId));
          return prepared;
        }
        const { document, operation, variables: variableValues, inputRefusals } = prepared;
        const isStream = operation.operation === 'subscription';
        if (isStream && streams.size >= limits.subscriptions) return [tooMany(limits)];
        // A question's time begins when it is answered, not while it waits.
        const contextValue = isStream ? contextOf('stream', viewer) : null;
        const args = { schema, document, operationName, variableValues, contextValue };
        started.set(args, { ...known, operation, inputRefusals });
        if (isStream) streams.add(id);
        return args;
      } catch (error) {
        return [unexpected(error)];
      }
    },
    execute(args) {
      const endTimer = metrics.operations.startTimer({ transport: 'ws' });
      const result = guarded(() => answer(args));
      const done = result.then(({ errors }) => endTimer({ outcome: errors ? 'error' : 'ok' }));
      inFlight.add(done);
      void done.finally(() => inFlight.delete(done));
      return result;
    },
    subscribe: subscribeWhole,
    onNext(_, __, ___, args, { data = null, errors }) {
      metrics.events.inc();
      const told = errors && mask(errors, started.get(args)?.requestId);
      // Of a subscription only what went wrong: its events are many.
      if (told !== undefined || started.get(args)?.operation?.operation !== 'subscription')
        logEnd(args, told ?? []);
      return told && { data, errors: told };
    },
    onError: (_, __, ___, errors) => mask(errors.map(unwrapped)),
    onComplete: ({ extra }, id) => void extra.streams.delete(id),
  });
  const open = new Map<WebSocket, ServedSocket>();
  sockets.on('connection', (socket, { socket: stream, headers: { authorization } }: IncomingMessage) => {
    metrics.sockets.inc();
    open.set(socket, serveSocket({ ...options, socket, stream, authorization, protocol }));
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

const checkUpgrade = (request: IncomingMessage, rules: OriginRules) =>
  checkHost(request, rules) ?? checkUrl(request) ?? checkOrigin(request, rules);

const coded = (message: string, code: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

const tooMany = ({ subscriptions }: Limits): GraphQLError =>
  coded(
    `Expected at most ${subscriptions} subscriptions at once on a socket (SOCKET_MAX_SUBSCRIPTIONS), got one more.`,
    'RATE_LIMITED',
  );

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
