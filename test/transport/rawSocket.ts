import { afterEach } from '@jest/globals';
import WebSocket from 'ws';
import { until } from '../support/until.js';

export interface Frame {
  type: string;
  id?: string;
  payload?: any;
}

/** In a few words: frames may hold megabytes, and are many. */
const told = (frames: readonly Frame[]): string =>
  `${frames.length} in all, the last ${JSON.stringify(frames.at(-1))?.slice(0, 300)}`;

/** A socket with nothing between the test and the frames; closed after the test. */
export function useRawSockets() {
  let opened: WebSocket[] = [];
  afterEach(() => {
    for (const socket of opened) socket.terminate();
    opened = [];
  });
  return async (url: string, token?: string) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    opened.push(socket);
    const frames: Frame[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data))));
    const closed = new Promise<{ code: number; reason: string }>((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const send = (frame: Frame) => socket.send(JSON.stringify(frame));
    const payload = token === undefined ? {} : { payload: { authorization: `Bearer ${token}` } };
    send({ type: 'connection_init', ...payload });
    await until('the connection is acknowledged', () => frames.some(({ type }) => type === 'connection_ack'));
    return {
      socket,
      frames,
      closed,
      send,
      subscribe: (id: string, query: unknown, more: Record<string, unknown> = {}) =>
        send({ type: 'subscribe', id, payload: { query, ...more } }),
      /** The frames of one operation, once there are so many. */
      async framesOf(id: string, n: number): Promise<Frame[]> {
        const own = () => frames.filter((frame) => frame.id === id);
        await until(`${n} frames of "${id}" (${told(frames)})`, () => own().length >= n);
        return own();
      },
    };
  };
}
