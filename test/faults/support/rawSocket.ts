import WebSocket from 'ws';
import { onCleanup } from './cleanup.js';

/** A frame of graphql-transport-ws. */
export interface Frame {
  type: string;
  id?: string;
  payload?: any;
}

/** A socket with nothing between the harness and its frames: light, and it never reconnects. */
export interface RawSocket {
  /** Resolves with the code it was closed with; 1006 for none. */
  readonly closed: Promise<number>;
  send(frame: Frame): void;
  /** For what is no frame. */
  sendText(text: string): void;
  subscribe(id: string, query: string, more?: Record<string, unknown>): void;
  /** In good order. */
  close(): void;
  /** As a client whose machine goes away at once: no close frame, no FIN. */
  reset(): void;
}

/** Resolves when the server has greeted; fails when the connection does. Each later frame goes to `onFrame`. */
export async function openRawSocket(url: string, onFrame: (frame: Frame) => void): Promise<RawSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
    handshakeTimeout: 20_000,
  });
  const closed = new Promise<number>((resolve) => void socket.once('close', resolve));
  const send = (frame: Frame): void => socket.send(JSON.stringify(frame));
  onCleanup(() => socket.terminate());
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`Closed with ${code} before it was greeted.`)));
    socket.once('open', () => send({ type: 'connection_init' }));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      if (frame.type === 'connection_ack') resolve();
      else onFrame(frame);
    });
  });
  // What breaks from now on is told by `closed`.
  socket.on('error', () => {});
  return {
    closed,
    send,
    sendText: (text) => socket.send(text),
    subscribe: (id, query, more = {}) => send({ type: 'subscribe', id, payload: { query, ...more } }),
    close: () => socket.close(1000),
    reset: () => (socket as unknown as { _socket: { resetAndDestroy(): void } })._socket.resetAndDestroy(),
  };
}
