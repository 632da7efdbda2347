import type { Socket } from 'node:net';
import { CloseCode, type Server as Protocol } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Limits } from '../limits.js';
import type { Logger } from '../log.js';
import { endWithToken, hasExpired, type Peer } from './admission.js';
import { createGate } from './gate.js';
import type { Holdings } from './holdings.js';
import { createInbox } from './inbox.js';
import { createIntake } from './intake.js';
import { keepAsking } from './keepAlive.js';
import { createOutlet } from './outlet.js';
import { CLOSE_TRY_AGAIN, readFrame } from './socketFrame.js';
import type { Turns } from './turns.js';

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
  const operations = createEnding(log);
  const close = (code: number, reason: string): void => {
    socket.close(code, fitting(reason));
    operations.end(code, reason);
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
    operations.end(code, String(reason));
    inbox.leave();
    outlet.release();
    log.debug({ code }, 'a socket closed');
  });
  // Invalid and too large frames: `ws` closes with the code that says so. Never the frame itself.
  socket.on('error', ({ message }) => {
    log.warn({ reason: message }, 'a socket sent what cannot be read');
    operations.end();
    inbox.leave();
  });

  operations.tellBy(
    protocol.opened(
      {
        protocol: socket.protocol,
        send(text) {
          // Its timer may come late on a busy machine; nothing is told after the end of a token.
          if (peer.viewer !== null && hasExpired(peer.viewer)) return endWithToken(peer);
          if (socket.readyState === socket.OPEN) return outlet.send(text);
          operations.end();
        },
        close: (code = CloseCode.InternalServerError, reason = '') => close(code, reason),
        onMessage: (handle) => hear(options, inbox, handle, close),
      },
      peer,
    ),
  );
  return { close };
}

type TellClosed = ReturnType<Protocol<Peer>['opened']>;

/** The end of a socket's operations: at its first sign, not when the connection is gone; streams would run on, unheard. */
function createEnding(log: Logger) {
  let tell: TellClosed | null = null;
  return {
    tellBy(given: TellClosed): void {
      tell = given;
    },
    /** The first time only. */
    end(code?: number, reason?: string): void {
      const told = tell;
      tell = null;
      told?.(code, reason).catch((error: unknown) => log.error({ err: error }, 'ending a socket failed'));
    },
  };
}

/** Hands the messages of a socket on to the protocol, each in its turn. */
function hear(
  { socket, limits, log }: SocketOptions,
  inbox: ReturnType<typeof createInbox>,
  handle: (message: string) => Promise<void>,
  close: ServedSocket['close'],
): void {
  /** Whatever it throws it rejects with: thrown in its turn it would end the process. */
  const take = async (data: Buffer, isBinary: boolean): Promise<void> => {
    const read = readFrame(data, isBinary, limits);
    if ('code' in read) close(read.code, read.reason);
    else await handle(read.message);
  };
  socket.on('message', (data: Buffer, isBinary) => {
    // What comes in while it is being closed would start operations that nothing ends.
    if (socket.readyState !== socket.OPEN) return;
    inbox.push(data.length, () => {
      if (socket.readyState !== socket.OPEN) return;
      take(data, isBinary).catch((error: unknown) => {
        log.error({ err: error }, 'handling a message of a socket failed');
        close(CloseCode.InternalServerError, 'Internal server error');
      });
    });
  });
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
