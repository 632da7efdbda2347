import type { Socket } from 'node:net';
import { CloseCode, type Server as Protocol } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Limits } from '../limits.js';
import type { Logger } from '../log.js';
import { endWithToken, hasExpired, type Peer } from './admission.js';
import { createGate } from './gate.js';
import type { Holdings } from './holdings.js';
import { createInbox } from './inbox.js';
import { createIntake, type Intake } from './intake.js';
import { CLOSE_TRY_AGAIN, readFrame } from './socketFrame.js';
import type { Turns } from './turns.js';

/** How many times the limit a client may leave unread; above that it is not listened to until it reads. */
const DEAF_FACTOR = 4;

/** How many queries and mutations of one socket are answered at the same time. */
const AT_ONCE = 8;

interface SocketOptions {
  socket: WebSocket;
  /** What it is on. */
  stream: Socket;
  /** The header of its upgrade. */
  authorization: string | undefined;
  /** graphql-transport-ws, told of what comes in. */
  protocol: Protocol<Peer>;
  limits: Limits;
  turns: Turns;
  holdings: Holdings;
  log: Logger;
}

export interface ServedSocket {
  /** Ends its operations at once. A client that does not finish the closing handshake is cut off by `ws` after 30 s. */
  close(code: number, reason: string): void;
}

/** Joins one WebSocket to the protocol: frames in and out, keep-alive, too slow readers, faults and the end. */
export function serveSocket(options: SocketOptions): ServedSocket {
  const { socket, authorization, protocol, limits, log } = options;
  let closed: ReturnType<Protocol<Peer>['opened']> | null = null;
  /** At the first sign of the end, not when the connection is gone: streams would run on, unheard. */
  const endOperations = (code?: number, reason?: string): void => {
    const tell = closed;
    closed = null;
    tell?.(code, reason).catch((error: unknown) => log.error({ err: error }, 'ending a socket failed'));
  };
  const close = (code: number, reason: string): void => {
    socket.close(code, fitting(reason));
    endOperations(code, reason);
    outlet.release();
    intake.open();
  };
  const peer: Peer = { viewer: null, authorization, streams: new Set(), gate: createGate(AT_ONCE), close };
  const intake = createIntake(socket);
  const inbox = createInbox(options, peer, intake);
  const outlet = createOutlet(socket, intake, limits, () => {
    log.warn({ unsentBytes: socket.bufferedAmount }, 'closing a socket that does not read what it asked for');
    close(CLOSE_TRY_AGAIN, tooSlow(limits));
  });
  const keepAlive = keepAsking(socket, limits.pingSeconds * 1_000, intake, () => outlet.isFull);

  socket.once('close', (code, reason) => {
    clearInterval(keepAlive);
    endOperations(code, String(reason));
    inbox.leave();
    outlet.release();
    log.debug({ code }, 'a socket closed');
  });
  // Invalid and too large frames: `ws` closes with the code that says so. Never the frame itself.
  socket.on('error', ({ message }) => {
    log.warn({ reason: message }, 'a socket sent what cannot be read');
    endOperations();
    inbox.leave();
  });

  /** Whatever it throws it rejects with: thrown in its turn it would end the process. */
  const takeFrame = async (
    data: Buffer,
    isBinary: boolean,
    handle: (message: string) => Promise<void>,
  ): Promise<void> => {
    const read = readFrame(data, isBinary, limits);
    if ('code' in read) close(read.code, read.reason);
    else await handle(read.message);
  };

  closed = protocol.opened(
    {
      protocol: socket.protocol,
      send(text) {
        // Its timer may come late on a busy machine; nothing is told after the end of a token.
        if (peer.viewer !== null && hasExpired(peer.viewer)) return endWithToken(peer);
        if (socket.readyState === socket.OPEN) return outlet.send(text);
        endOperations();
      },
      close: (code = CloseCode.InternalServerError, reason = '') => close(code, reason),
      onMessage(handle) {
        socket.on('message', (data: Buffer, isBinary) => {
          // What comes in while it is being closed would start operations that nothing ends.
          if (socket.readyState !== socket.OPEN) return;
          inbox.push(data.length, () => {
            if (socket.readyState !== socket.OPEN) return;
            takeFrame(data, isBinary, handle).catch((error: unknown) => {
              log.error({ err: error }, 'handling a message of a socket failed');
              close(CloseCode.InternalServerError, 'Internal server error');
            });
          });
        });
      },
    },
    peer,
  );
  return { close };
}

const MAX_REASON_BYTES = 123;

/** What a close frame has room for: a reason may echo the id of an operation, which has any length. */
function fitting(reason: string): string {
  const bytes = Buffer.from(reason);
  // Cut in a character it would be no UTF-8.
  return bytes.length <= MAX_REASON_BYTES
    ? reason
    : bytes
        .subarray(0, MAX_REASON_BYTES - 3)
        .toString()
        .replace(/\uFFFD$/, '');
}

const tooSlow = ({ unsentBytes, unsentSeconds }: Limits): string =>
  `Too slow: over ${unsentBytes} bytes unread for ${unsentSeconds} s. Reconnect and go on by afterSeq.`;

/** Sends at once, and lets the sender wait while the socket holds too much unsent. */
function createOutlet(socket: WebSocket, intake: Intake, limits: Limits, onTooSlow: () => void) {
  let waiting: (() => void)[] = [];
  /** Runs while the socket is above the limit. */
  let timer: NodeJS.Timeout | undefined;
  const release = (): void => {
    clearTimeout(timer);
    timer = undefined;
    intake.letGo('unread answers');
    const released = waiting;
    waiting = [];
    for (const goOn of released) goOn();
  };
  // A failed write needs nothing here: the connection is gone then, and `close` follows.
  const onWritten = (): void => {
    if (timer !== undefined && socket.bufferedAmount <= limits.unsentBytes) release();
  };
  return {
    get isFull() {
      return timer !== undefined;
    },
    release,
    send(text: string): Promise<void> {
      socket.send(text, onWritten);
      const unsent = socket.bufferedAmount;
      if (unsent <= limits.unsentBytes) return Promise.resolve();
      timer ??= setTimeout(onTooSlow, limits.unsentSeconds * 1_000);
      if (unsent > limits.unsentBytes * DEAF_FACTOR) intake.hold('unread answers');
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}

/** Pings, and cuts off a client that has not answered by the next ping. */
function keepAsking(
  socket: WebSocket,
  everyMs: number,
  intake: Intake,
  isFull: () => boolean,
): NodeJS.Timeout {
  let isAlive = true;
  const hear = () => (isAlive = true);
  socket.on('pong', hear);
  socket.on('message', hear);
  return setInterval(() => {
    // Its answer waits behind all that is unsent; it has a deadline of its own.
    if (isFull()) return hear();
    if (!isAlive) return socket.terminate();
    // A client that is not read cannot be heard to answer either.
    isAlive = intake.isHeld;
    socket.ping();
  }, everyMs);
}
