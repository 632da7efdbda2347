import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps idle connections for `seconds`: between two requests, and before the first, as balancers open them ahead. By
 * itself Node answers the latter with 408 when the time for headers is over, which a balancer hands on to its next
 * caller.
 */
export function keepIdleConnections(server: Server, seconds: number): void {
  /** Those on which nothing was asked yet. */
  const fresh = new Set<Socket>();
  const answering = new WeakMap<Socket, ServerResponse>();
  server.keepAliveTimeout = seconds * 1_000;
  server.on('connection', (socket) => {
    fresh.add(socket);
    socket.setTimeout(seconds * 1_000);
    socket.once('close', () => fresh.delete(socket));
  });
  // Node does not take these for idle, and would wait for them when it stops.
  const closeOthers = server.closeIdleConnections.bind(server);
  server.closeIdleConnections = () => {
    closeOthers();
    for (const socket of fresh) if (socket.bytesRead === 0) socket.destroy();
  };
  const begin = (socket: Socket): void => {
    if (fresh.delete(socket)) socket.setTimeout(0);
  };
  server.on('request', ({ socket }, response) => {
    begin(socket);
    answering.set(socket, response);
  });
  server.on('upgrade', ({ socket }) => begin(socket));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    // It has its own time, from above.
    if (isLate && (socket as Socket).bytesRead === 0) return;
    const response = answering.get(socket as Socket);
    const isHalfAnswered = response?.headersSent === true && !response.writableFinished;
    if (!socket.writable || isHalfAnswered) return void socket.destroy();
    socket.end(`HTTP/1.1 ${STATUS.get(error.code ?? '') ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`);
  });
}

/** As Node says it where nobody listens. */
const STATUS = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', '413 Payload Too Large'],
]);
