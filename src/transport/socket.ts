import { CloseCode, type Server as Protocol } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Logger } from '../log.js';

const PING_MS = 20_000;
/** The WebSocket protocol's "try again later": graphql-ws clients reconnect after it. */
const CLOSE_TRY_AGAIN = 1013;
/** Who holds so many times the limit unsent, by asking and not reading the answers, is not listened to until it reads. */
const DEAF_FACTOR = 4;

export interface UnsentLimits {
  /** Of one socket; above it its streams stop pulling. One more frame for each of its operations may come on top. */
  maxUnsentBytes: number;
  /** So long a socket may be above it in one go; then it is closed with 1013. */
  unsentSeconds: number;
}

export interface SocketOptions {
  socket: WebSocket;
  /** graphql-transport-ws, told of what comes in. */
  protocol: Protocol;
  limits: UnsentLimits;
  log: Logger;
}

export interface ServedSocket {
  /** Ends its operations at once. Who does not finish the closing handshake is cut off by `ws` after 30 s. */
  close(code: number, reason: string): void;
}

/** Joins one WebSocket to the protocol: frames in and out, keep-alive, too slow readers, faults and the end. */
export function serveSocket({ socket, protocol, limits, log }: SocketOptions): ServedSocket {
  let closed: ReturnType<Protocol['opened']> | null = null;
  /** At the first sign of the end, not when the connection is gone: streams would run on, unheard. */
  const endOperations = (code?: number, reason?: string): void => {
    const tell = closed;
    closed = null;
    tell?.(code, reason).catch((error: unknown) => log.error({ err: error }, 'ending a socket failed'));
  };
  const close = (code: number, reason: string): void => {
    socket.close(code, reason);
    endOperations(code, reason);
    outlet.release();
  };
  const outlet = createOutlet(socket, limits, () => {
    log.warn({ unsentBytes: socket.bufferedAmount }, 'closing a socket that does not read what it asked for');
    close(CLOSE_TRY_AGAIN, tooSlow(limits));
  });
  const keepAlive = keepAsking(socket, () => outlet.isFull);

  socket.once('close', (code, reason) => {
    clearInterval(keepAlive);
    endOperations(code, String(reason));
    outlet.release();
    log.debug({ code }, 'a socket closed');
  });
  // Invalid and too large frames: `ws` closes with the code that says so. Never the frame itself.
  socket.on('error', ({ message }) => log.warn({ reason: message }, 'a socket sent what cannot be read'));

  closed = protocol.opened(
    {
      protocol: socket.protocol,
      send(text) {
        if (socket.readyState === socket.OPEN) return outlet.send(text);
        endOperations();
      },
      close: (code = CloseCode.InternalServerError, reason = '') => close(code, reason),
      onMessage(handle) {
        socket.on('message', (data: Buffer) => {
          // What comes in while it is being closed would start operations that nothing ends.
          if (socket.readyState !== socket.OPEN) return;
          handle(data.toString()).catch((error: unknown) => {
            log.error({ err: error }, 'handling a message of a socket failed');
            close(CloseCode.InternalServerError, 'Internal server error');
          });
        });
      },
    },
    undefined,
  );
  return { close };
}

/** At most 123 bytes, so that it fits into a close frame. */
const tooSlow = ({ maxUnsentBytes, unsentSeconds }: UnsentLimits): string =>
  `Too slow: over ${maxUnsentBytes} bytes unread for ${unsentSeconds} s. Reconnect and go on by afterSeq.`;

/** Sends at once, and lets the sender wait while the socket holds too much unsent. */
function createOutlet(
  socket: WebSocket,
  { maxUnsentBytes, unsentSeconds }: UnsentLimits,
  onTooSlow: () => void,
) {
  let waiting: (() => void)[] = [];
  /** Runs while the socket is above the limit. */
  let timer: NodeJS.Timeout | undefined;
  const release = (): void => {
    clearTimeout(timer);
    timer = undefined;
    // Also to hear the answer when it is being closed.
    socket.resume();
    const released = waiting;
    waiting = [];
    for (const goOn of released) goOn();
  };
  // A failed write needs nothing here: the connection is gone then, and `close` follows.
  const onWritten = (): void => {
    if (timer !== undefined && socket.bufferedAmount <= maxUnsentBytes) release();
  };
  return {
    get isFull() {
      return timer !== undefined;
    },
    release,
    send(text: string): Promise<void> {
      socket.send(text, onWritten);
      const unsentBytes = socket.bufferedAmount;
      if (unsentBytes <= maxUnsentBytes) return Promise.resolve();
      timer ??= setTimeout(onTooSlow, unsentSeconds * 1_000);
      if (unsentBytes > maxUnsentBytes * DEAF_FACTOR) socket.pause();
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}

/** Pings, and cuts off who has not answered by the next one. */
function keepAsking(socket: WebSocket, isFull: () => boolean): NodeJS.Timeout {
  let isAlive = true;
  const hear = () => (isAlive = true);
  socket.on('pong', hear);
  socket.on('message', hear);
  return setInterval(() => {
    // Its answer waits behind all that is unsent; it has a deadline of its own.
    if (isFull()) return hear();
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, PING_MS);
}
