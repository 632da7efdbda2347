import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import WebSocket from 'ws';
import { id, type RunningApp, useApp } from '../support/app.js';
import { createClient } from '../support/client.js';
import { flow } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';

/** What was answered to one operation. */
export interface Told {
  data?: any;
  errors?: { message: string; extensions: { code: string } }[];
}

export type DoorName = 'HTTP' | 'WebSocket';
export const DOORS: DoorName[] = ['HTTP', 'WebSocket'];

/** The marked string of a payload, in whose place any text of JSON can be put. */
export const MARK = '?';

/** One operation as the text of its JSON, with `raw` where the variables have the mark. */
export const payload = (query: string, variables: unknown = {}, raw = '""'): string =>
  JSON.stringify({ query, variables }).replace(JSON.stringify(MARK), () => raw);

/** The codes of all that an operation was refused for. */
export const codesOf = ({ data, errors = [] }: Told): string[] => [
  ...errors.map(({ extensions }) => extensions.code),
  ...Object.values<any>(data ?? {}).flatMap((part) => part?.userErrors?.map(({ code }: any) => code) ?? []),
];

export interface HttpAnswer {
  status: number;
  body: any;
}

type Headers = Record<string, string>;

/** Not `fetch`, which mends URLs and headers. */
function exchange(url: string, path: string, headers: Headers, body?: string | Buffer): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(url, { method, path, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, body: text === '' ? null : JSON.parse(text) });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/**
 * Both ways into one app with tokens, open for texts as they are, and a conversation with one message. After each
 * test the process and both doors are as they were before.
 */
export function useDoors() {
  const running = useApp({ auth: AUTH, limits: { operationsPerSecond: 10_000, messagesPerSecond: 10_000 } });
  const user = id();
  let token: string;
  let app: RunningApp;
  let open: { executionId: string; userNodeId: string };
  beforeAll(async () => {
    token = await mint({ sub: user });
    app = { ...running.app, ...createClient(running.app.url, token) };
    const { start, say } = flow(app);
    open = await start();
    await say(open.executionId);
  });

  const http = (body: string | Buffer | undefined, headers: Headers = {}, path = '/graphql') => {
    const usual = {
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    return exchange(app.url, path, { ...usual, ...headers }, body);
  };

  let socket: WebSocket;
  beforeAll(async () => {
    socket = new WebSocket(`${app.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    await once(socket, 'message');
  });
  afterAll(() => socket.terminate());
  afterEach(async () => {
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
    for (const door of DOORS) {
      expect(await ask[door](payload('{ viewer { id } }'))).toEqual({ data: { viewer: { id: user } } });
    }
  });
  let asked = 0;

  const ask: Record<DoorName, (text: string) => Promise<Told>> = {
    async HTTP(text) {
      const { status, body } = await http(text);
      expect({ status, text }).toEqual({ status: body.data === undefined ? 400 : 200, text });
      return body;
    },
    async WebSocket(text) {
      expect(socket.readyState).toBe(socket.OPEN);
      const id = `operation ${asked++}`;
      const answered = new Promise<Told>((resolve, reject) => {
        const fail = (code: number) => reject(new Error(`Closed with ${code} after ${text.slice(0, 200)}`));
        const hear = (data: unknown) => {
          const frame = JSON.parse(String(data));
          if (frame.id !== id) return;
          socket.off('message', hear).off('close', fail);
          resolve(frame.type === 'next' ? frame.payload : { errors: frame.payload });
        };
        socket.on('message', hear).on('close', fail);
      });
      socket.send(`{"type":"subscribe","id":"${id}","payload":${text}}`);
      return answered;
    },
  };

  return {
    ask,
    http,
    get app() {
      return app;
    },
    get open() {
      return open;
    },
    get token() {
      return token;
    },
    /** Does something, and sees that nothing of the conversation or its node has changed by it. */
    async storingNothing<T>(attempt: () => Promise<T>): Promise<T> {
      const stored = () => app.data(STORED, { e: open.executionId, n: open.userNodeId });
      const before = await stored();
      const answer = await attempt();
      expect(await stored()).toEqual(before);
      return answer;
    },
  };
}

const STORED = /* GraphQL */ `
  query Stored($e: ID!, $n: ID!) {
    conversation(executionId: $e) { status lastSeq updatedAt outcome { action } }
    decisions(userNodeId: $n) { edges { node { seq revision } } }
  }
`;
