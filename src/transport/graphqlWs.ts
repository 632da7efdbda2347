import type { IncomingMessage, Server } from 'node:http';
import { type ConnectionInitMessage, makeServer, type Server as Protocol } from 'graphql-ws';
import type { WebSocket, WebSocketServer } from 'ws';
import { subscribeWhole } from '../graphql/eventStream.js';
import { createAdmission, type Peer } from './admission.js';
import { createInFlight, type InFlight } from './inFlight.js';
import { coded } from './operationErrors.js';
import type { Service } from './service.js';
import { type ServedSocket, serveSocket } from './socket.js';
import { createSocketOperations } from './socketOperations.js';
import { type NoteRefused, socketRefusals } from './socketRefusals.js';
import { takeUpgrades } from './upgrades.js';

export interface GraphqlWs {
  /** Takes nothing new, waits for the operations in flight (subscriptions excepted), closes every socket with 1001. */
  stop(deadlineMs: number): Promise<void>;
}

/** Queries, mutations and subscriptions over graphql-transport-ws, on the same port and path as HTTP. */
export function serveGraphqlWs(server: Server, service: Service): GraphqlWs {
  const { limits, rules, log, metrics } = service;
  const noteRefused = socketRefusals(log, metrics);
  const sockets = takeUpgrades({ server, limits, rules, onRefused: () => noteRefused('upgrade') });
  const inFlight = createInFlight();
  const protocol = createProtocol(service, inFlight, noteRefused);
  const open = new Map<WebSocket, ServedSocket>();
  sockets.on('connection', (socket, { socket: stream, headers: { authorization } }: IncomingMessage) => {
    metrics.sockets.inc();
    open.set(socket, serveSocket({ ...service, socket, stream, authorization, protocol }));
    socket.once('close', () => {
      metrics.sockets.dec();
      open.delete(socket);
    });
  });
  sockets.on('error', (error) => log.error({ err: error }, 'the server of sockets failed'));
  return {
    async stop(deadlineMs) {
      await inFlight.finish(deadlineMs);
      // Answers on their way out go first: by the next turn they are with their sockets, whose frames keep their order.
      await new Promise((resolve) => setImmediate(resolve));
      await closeAll(sockets, open);
    },
  };
}

/** graphql-transport-ws for all sockets: who is let in, what is executed, and what is told of it. */
function createProtocol(service: Service, inFlight: InFlight, onRefused: NoteRefused): Protocol<Peer> {
  const { identify, rules, limits, metrics } = service;
  const perUser = rules.isLocal ? null : limits.socketsPerUser;
  const admission = createAdmission({ identify, perUser, onRefused });
  const operations = createSocketOperations(service);
  const connections = new Set<{ subscriptions: object }>();
  metrics.countSubscriptions(() =>
    [...connections].reduce((sum, { subscriptions }) => sum + Object.keys(subscriptions).length, 0),
  );
  return makeServer<ConnectionInitMessage['payload'], Peer>({
    connectionInitWaitTimeout: limits.initSeconds * 1_000,
    onConnect(context) {
      if (inFlight.isStopping) return false;
      connections.add(context);
      return admission.admit(context.extra, context.connectionParams);
    },
    onClose(context) {
      connections.delete(context);
      admission.leave(context.extra);
    },
    async onSubscribe({ extra: peer }, id, payload) {
      const { viewer } = peer;
      if (inFlight.isStopping || viewer === null) return [coded('The server is stopping.', 'UNAVAILABLE')];
      return operations.begin({ peer, viewer, id, payload });
    },
    execute: (args) => inFlight.add(operations.answer(args)),
    subscribe: subscribeWhole,
    onNext(_, __, payload, ___, result) {
      metrics.events.inc();
      return operations.tellResult(payload, result);
    },
    onError: (_, __, payload, errors) => operations.tellErrors(payload, errors),
    onComplete: ({ extra }, id) => void extra.streams.delete(id),
  });
}

const CLOSE_GOING_AWAY = 1001;
const CLOSE_GRACE_MS = 500;

/** A client that does not answer the close, or does not read at all, is not waited for. */
async function closeAll(sockets: WebSocketServer, open: ReadonlyMap<WebSocket, ServedSocket>): Promise<void> {
  for (const { close } of open.values()) close(CLOSE_GOING_AWAY, 'The server is stopping.');
  const cut = setTimeout(() => {
    for (const socket of open.keys()) socket.terminate();
  }, CLOSE_GRACE_MS);
  await new Promise((resolve) => sockets.close(resolve));
  clearTimeout(cut);
}
