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
import type { Context, OperationKind, Refused } from '../graphql/context.js';
import type { Viewer } from '../domain/viewer.js';
import { toPublicError } from '../graphql/errors.js';
import { subscribeWhole } from '../graphql/eventStream.js';
import type { InputRefusals } from '../graphql/inputs/operation.js';
import type { Limits } from '../limits.js';
import type { Logger } from '../log.js';
import { createAdmission, type Peer } from './admission.js';
import { failureLog } from './failures.js';
import { coded, guarded, tooManyStreams, unexpected, unwrapped } from './operationErrors.js';
import { gentleSocket } from './gentleSocket.js';
import type { Holdings } from './holdings.js';
import { isGraphql, pathOf } from './paths.js';
import type { Identify } from './identity.js';
import type { Metrics } from './metrics.js';
import { createOperationLog } from './operationLog.js';
import { checkHost, checkOrigin, checkUrl, type OriginRules } from './origins.js';
import type { Prepare, Prepared } from './preparation.js';
import type { RateLimit } from './rateLimit.js';
import { type ServedSocket, serveSocket } from './socket.js';
import { REFUSED } from './socketFrame.js';
import { socketRefusals } from './socketRefusals.js';
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

/** An operation from its request to its end. */
interface Running {
  requestId: string;
  startedMs: number;
  peer: Peer;
  viewer: Viewer;
  /** Null while it is not known. */
  prepared: Prepared | null;
  refusals: readonly Refused[];
}

export interface GraphqlWs {
  /** Takes nothing new, waits for the operations in flight (subscriptions excepted), closes every socket with 1001. */
  stop(deadlineMs: number): Promise<void>;
}

/** Queries, mutations and subscriptions over graphql-transport-ws, on the same port and path as HTTP. */
export function serveGraphqlWs(options: GraphqlWsOptions): GraphqlWs {
  const { server, schema, prepare, identify, rateLimit, rules, contextOf, limits, log, metrics } = options;
  const sockets = new WebSocketServer({
    server,
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
      if (!isGraphql(pathOf(req))) return done(false, 404, 'Expected an upgrade at /graphql.');
      const refusal = checkUpgrade(req, rules);
      if (refusal === null) return done(true);
      noteRefused('upgrade');
      done(false, refusal.status, refusal.message);
    },
  });
  const noteRefused = socketRefusals(log, metrics);
  const perUser = rules.isLocal ? null : limits.socketsPerUser;
  const admission = createAdmission({ identify, perUser, onRefused: noteRefused });
  const inFlight = new Set<Promise<unknown>>();
  const connections = new Set<{ subscriptions: object }>();
  metrics.countSubscriptions(() =>
    [...connections].reduce((sum, { subscriptions }) => sum + Object.keys(subscriptions).length, 0),
  );
  let isStopping = false;

  const logFailure = failureLog(log);
  const logOperation = createOperationLog(log, metrics);
  const mask = (errors: readonly GraphQLError[], requestId: string = randomUUID()) => {
    const masking = { requestId, log: logFailure };
    return errors.map((error) => toPublicError(error, masking));
  };
  /** By what graphql-ws hands on of an operation: its payload and its arguments. */
  const running = new WeakMap<object, Running>();
  const end = (of: object, told: readonly GraphQLFormattedError[]): void => {
    const known = running.get(of);
    if (known === undefined) return;
    const { requestId, prepared, startedMs, refusals } = known;
    const durationMs = performance.now() - startedMs;
    logOperation({ transport: 'ws', requestId, prepared, durationMs, errors: told, refusals });
  };

  const answer = async (args: ExecutionArgs) => {
    const known = running.get(args);
    if (known === undefined) throw new Error('An operation of nobody.');
    const { peer, viewer } = known;
    return peer.gate(async () => {
      // Its time begins when it is answered, not while it waits.
      const contextValue = contextOf('question', viewer, known.prepared?.inputRefusals);
      known.refusals = contextValue.refusals;
      return execute({ ...args, contextValue });
    });
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
      const known: Running = {
        requestId: randomUUID(),
        startedMs: performance.now(),
        peer,
        viewer,
        prepared: null,
        refusals: [],
      };
      running.set(payload, known);
      const limited = await rateLimit(viewer.userId);
      if (limited !== null) return [coded(limited.message, 'RATE_LIMITED')];
      const refused = extensions?.[REFUSED];
      if (typeof refused === 'string') return [coded(refused, 'BAD_USER_INPUT')];
      try {
        const prepared = prepare({ query, operationName, variables }, viewer);
        if (Array.isArray(prepared)) return prepared;
        known.prepared = prepared;
        const { document, operation, variables: variableValues } = prepared;
        const isStream = operation.operation === 'subscription';
        if (isStream && streams.size >= limits.subscriptions) return [tooManyStreams(limits)];
        const contextValue = isStream ? contextOf('stream', viewer) : null;
        const args = { schema, document, operationName, variableValues, contextValue };
        running.set(args, known);
        if (isStream) streams.add(id);
        return args;
      } catch (error) {
        return [unexpected(error)];
      }
    },
    execute(args) {
      const result = guarded(() => answer(args));
      inFlight.add(result);
      void result.finally(() => inFlight.delete(result));
      return result;
    },
    subscribe: subscribeWhole,
    onNext(_, __, payload, ___, { data = null, errors }) {
      metrics.events.inc();
      const told = errors && mask(errors, running.get(payload)?.requestId);
      // A subscription tells only what went wrong: its events are many.
      if (told !== undefined || running.get(payload)?.prepared?.operation.operation !== 'subscription')
        end(payload, told ?? []);
      return told && { data, errors: told };
    },
    onError(_, __, payload, errors) {
      const told = mask(errors.map(unwrapped), running.get(payload)?.requestId);
      end(payload, told);
      return told;
    },
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
      // A client that does not answer the close, or does not read at all, is not waited for.
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
