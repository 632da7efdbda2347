import { afterEach, expect } from '@jest/globals';
import WebSocket, { type ClientOptions } from 'ws';
import { id, type RunningApp } from '../support/app.js';
import { until } from '../support/until.js';
import { mint } from '../support/tokens.js';
import type { Frame } from '../transport/rawSocket.js';

export const PROTOCOL = 'graphql-transport-ws';

interface Opening extends ClientOptions {
  url?: string;
  protocols?: string[];
}

/** What a client says first. */
export const initOf = async (user: string) => ({
  type: 'connection_init',
  payload: { authorization: `Bearer ${await mint({ sub: user })}` },
});

/** Call once per test file: sockets that say what a test tells them to, cut off after it. */
export function useProtocolSockets(running: { readonly app: RunningApp }) {
  let opened: WebSocket[] = [];
  afterEach(() => {
    for (const socket of opened) socket.terminate();
    opened = [];
  });

  /** A socket that does not say who it is. */
  async function connect({ url = running.app.url, protocols = [PROTOCOL], ...options }: Opening = {}) {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, protocols, options);
    opened.push(socket);
    const frames: Frame[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data))));
    const closed = new Promise<[code: number, reason: string]>((resolve) => {
      socket.once('close', (code, reason) => resolve([code, String(reason)]));
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return {
      socket,
      frames,
      closed,
      answers: () => frames.filter(({ type }) => type !== 'connection_ack'),
      send: (message: unknown) =>
        socket.send(
          typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message),
        ),
      sendParts(parts: (string | Buffer)[]) {
        for (const [n, part] of parts.entries()) socket.send(part, { fin: n === parts.length - 1 });
      },
    };
  }

  /** A socket that is let in. */
  async function enter({ user = id(), ...opening }: Opening & { user?: string } = {}) {
    const connected = await connect(opening);
    connected.send(await initOf(user));
    await until('it is let in', () => connected.frames.length > 0);
    expect(connected.frames).toEqual([{ type: 'connection_ack' }]);
    return connected;
  }

  return { connect, enter };
}
