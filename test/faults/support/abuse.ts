import { randomBytes } from 'node:crypto';
import { type Socket, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { onCleanup } from './cleanup.js';

/** Something a client may do to a server to keep others from it; ends when it is aborted. */
export interface Abuse {
  name: string;
  run(target: Target, over: AbortSignal): Promise<void>;
}

export interface Target {
  url: string;
  /** Of the abuser. */
  authorization: string;
}

const CLIENTS = 8;
const SOCKETS = 20;
/** Sent in one go before the answers are looked at. */
const BURST = 50;

const many = (n: number, text: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => text(i)).join(' ');

const nested = (levels: number): string =>
  levels === 0 ? 'id' : `messages(first: 1) { edges { node { conversation { ${nested(levels - 1)} } } } }`;

const QUERIES = {
  aliases: `{ ${many(4_000, (i) => `a${i}: viewer { id }`)} }`,
  'deep documents': `{ conversation(id: "0123456789abcdef01234567") { ${nested(400)} } }`,
  'doubling fragments': `{ viewer { ...F0 } } ${many(40, (i) => `fragment F${i} on Viewer { ...F${i + 1} ...F${i + 1} }`)} fragment F40 on Viewer { id }`,
  'invalid queries of 100 kB': `{ ${many(12_500, (i) => `viewr${i % 10}`)} }`,
};

export const ABUSES: readonly Abuse[] = [
  ...Object.entries(QUERIES).flatMap(([name, query]): Abuse[] => [
    { name: `${name} over HTTP`, run: (target, over) => floodHttp(target, query, over) },
    {
      name: `${name} over sockets`,
      run: (target, over) =>
        floodSockets(target, over, (socket, n) =>
          socket.send(JSON.stringify({ type: 'subscribe', id: String(n), payload: { query } })),
        ),
    },
  ]),
  { name: 'pings', run: (target, over) => floodSockets(target, over, (socket) => socket.ping()) },
  {
    name: 'pings of the protocol',
    run: (target, over) => floodSockets(target, over, (socket) => socket.send('{"type":"ping"}')),
  },
];

async function floodHttp({ url, authorization }: Target, query: string, over: AbortSignal): Promise<void> {
  const body = JSON.stringify({ query });
  const headers = { 'content-type': 'application/json', authorization };
  const client = async (): Promise<void> => {
    while (!over.aborted) {
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body, signal: over }).catch(
        () => null,
      );
      await response?.arrayBuffer().catch(() => null);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

/** Sends without looking, and comes again when it is thrown out. */
async function floodSockets(
  { url, authorization }: Target,
  over: AbortSignal,
  send: (socket: WebSocket, n: number) => void,
): Promise<void> {
  const client = async (): Promise<void> => {
    while (!over.aborted) {
      const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => {});
      socket.once('open', () => {
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
      });
      const acknowledged = new Promise((resolve) => socket.once('message', resolve));
      await Promise.race([acknowledged, closed]);
      for (let n = 0; socket.readyState === socket.OPEN && !over.aborted; n++) {
        send(socket, n);
        if (n % BURST === 0) await sleep(1);
      }
      socket.terminate();
      await closed;
    }
  };
  await Promise.all(Array.from({ length: SOCKETS }, client));
}

/** A connection that begins one message after the other part of it, and never ends one. */
export interface Hoarder {
  /** Resolves when the server ended it. */
  closed: Promise<void>;
  readonly isClosed: boolean;
}

const PART_BYTES = 4_000;

/** By hand: no client would do so. It answers no close and no ping. */
export async function hoard(url: string, authorization: string | null): Promise<Hoarder> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port) });
  onCleanup(() => void socket.destroy());
  let isClosed = false;
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true;
      resolve();
    });
  });
  socket.on('error', () => {});
  // The server ends its side with a close frame; the socket itself it lets go of later.
  socket.on('data', (data) => {
    if (data[0] === 0x88) socket.destroy();
  });
  socket.write(
    `GET /graphql HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
  );
  if (authorization !== null) {
    const init = JSON.stringify({ type: 'connection_init', payload: { authorization } });
    socket.write(frame(0x81, Buffer.from(init)));
  }
  void (async () => {
    for (let n = 0; !isClosed; n++) {
      socket.write(frame(n === 0 ? 0x01 : 0x00, Buffer.alloc(PART_BYTES, 'x')));
      await sleep(n < 60 ? 5 : 250);
    }
  })();
  return {
    closed,
    get isClosed() {
      return isClosed;
    },
  };
}

/** One frame of a client: masked, by zeros. */
function frame(head: number, payload: Buffer): Buffer {
  const length = payload.length;
  const header =
    length < 126
      ? Buffer.from([head, 0x80 | length, 0, 0, 0, 0])
      : Buffer.from([head, 0x80 | 126, length >> 8, length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([header, payload]);
}
