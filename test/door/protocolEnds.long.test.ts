import { describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { USUAL_LIMITS } from '../../src/limits.js';
import { id, useApp } from '../support/app.js';
import { until } from '../support/until.js';
import { AUTH, mint } from '../support/tokens.js';
import { useServers } from '../transport/servers.js';
import { initOf, PROTOCOL, useProtocolSockets } from './protocolSocket.js';

const MOST_SOCKETS = 20;
const RATE = { messageBurst: 20, messagesPerSecond: 100 };
const running = useApp({ auth: AUTH, limits: { socketsPerUser: MOST_SOCKETS, ...RATE } });
const startServer = useServers();
const { connect, enter } = useProtocolSockets(running);

const FRAME_BYTES = USUAL_LIMITS.frameBytes;
const TOO_LARGE = 'Expected a message of at most 2,097,152 bytes (SOCKET_MAX_FRAME_BYTES), got 2,097,153';
const SUBSCRIBE = { type: 'subscribe', id: '1', payload: { query: '{ viewer { id } }' } };

const INVALID: [name: string, message: unknown][] = [
  ['what is not JSON', 'ping'],
  ['nothing', ''],
  ['a text', '"ping"'],
  ['null', null],
  ['a list', [{ type: 'ping' }]],
  ['no `type`', { id: '1' }],
  ['a `type` that is no text', { type: 1 }],
  ['an unknown `type`', { type: 'start', id: '1', payload: SUBSCRIBE.payload }],
  ['what only a server says', { type: 'next', id: '1', payload: { data: {} } }],
  ['what only a server says, an error', { type: 'error', id: '1', payload: [] }],
  ['an acknowledgement', { type: 'connection_ack' }],
  [
    'a subscribe with a key twice and an empty `id`',
    '{"type":"subscribe","id":"","payload":{"query":"a","query":"b"}}',
  ],
  ['the name of what every object has as its `type`', { type: 'constructor' }],
  ['an init whose payload is no object', { type: 'connection_init', payload: 'token' }],
  ['a ping whose payload is no object', { type: 'ping', payload: [1] }],
  ['a pong whose payload is no object', { type: 'pong', payload: 1 }],
  ['a subscribe without `id`', { ...SUBSCRIBE, id: undefined }],
  ['a subscribe with an empty `id`', { ...SUBSCRIBE, id: '' }],
  ['a subscribe whose `id` is no text', { ...SUBSCRIBE, id: 1 }],
  ['a complete without `id`', { type: 'complete' }],
  ['a complete with an empty `id`', { type: 'complete', id: '' }],
  ['a ping in a binary frame', Buffer.from('{"type":"ping"}')],
];

const MESSAGES: [name: string, send: (socket: WebSocket) => void][] = [
  ['pings', (socket) => socket.send('{"type":"ping"}')],
  ['pongs', (socket) => socket.send('{"type":"pong"}')],
  ['pings of WebSocket', (socket) => socket.ping()],
  ['pongs of WebSocket', (socket) => socket.pong()],
];

describe.each([
  ['before', connect],
  ['after', enter],
])('%s the acknowledgement', (_, open) => {
  test.each(INVALID)('closes with 4400 who sends %s', async (_, message) => {
    const { send, closed } = await open();
    send(message);
    expect(await closed).toEqual([4400, 'Invalid message received']);
  });

  test('answers each ping with a pong that carries its payload, and a pong with nothing', async () => {
    const { send, answers } = await open();
    const payload = { sentAt: 1, by: ['client'] };
    for (const message of [{ type: 'pong' }, { type: 'ping', payload }, { type: 'pong', payload }])
      send(message);
    send({ type: 'ping' });
    await until('both pings are answered', () => answers().length >= 2);
    expect(answers()).toEqual([{ type: 'pong', payload }, { type: 'pong' }]);
  });

  test('answers a ping of WebSocket with a pong that carries its data', async () => {
    const { socket } = await open();
    const heard: string[] = [];
    socket.on('pong', (data) => heard.push(String(data)));
    socket.ping('beat');
    await until('it is answered', () => heard.length > 0);
    expect(heard).toEqual(['beat']);
  });

  test.each<[name: string, parts: string[]]>([
    ['a message of 2 MiB', [pingOf(FRAME_BYTES)]],
    ['a message of 2 MiB in two parts', cut(pingOf(FRAME_BYTES), FRAME_BYTES / 2)],
    ['a message in 64 parts', cut(pingOf(64), 1)],
  ])('takes %s', async (_, parts) => {
    const { sendParts, answers } = await open();
    sendParts(parts);
    await until('it is answered', () => answers().length > 0);
    expect(answers()).toEqual([{ ...JSON.parse(parts.join('')), type: 'pong' }]);
  });

  // Clients come back after 1013, and after few other codes.
  test.each<[name: string, parts: (string | Buffer)[], reason: string]>([
    ['a byte over 2 MiB', [pingOf(FRAME_BYTES + 1)], TOO_LARGE],
    ['a byte over 2 MiB in two parts', cut(pingOf(FRAME_BYTES + 1), FRAME_BYTES / 2 + 1), TOO_LARGE],
    ['a byte over 2 MiB in a binary frame', [Buffer.alloc(FRAME_BYTES + 1)], TOO_LARGE],
    [
      'far more than that',
      [Buffer.alloc(USUAL_LIMITS.unfinishedBytes + 1)],
      'Expected a message of at most 2,097,152 bytes (SOCKET_MAX_FRAME_BYTES), got more than 8,388,608.',
    ],
    [
      'a message in 65 parts',
      cut(pingOf(65), 1),
      'Expected a message in at most 64 parts (SOCKET_MAX_FRAGMENTS), got more.',
    ],
  ])('closes with 1013 who sends %s, and says why', async (_, parts, reason) => {
    const { sendParts, closed } = await open();
    sendParts(parts);
    const [code, told] = await closed;
    expect([code, told.startsWith(reason)]).toEqual([1013, true]);
  });

  test.each(MESSAGES)(
    'slows who sends more than 20 messages at once down to 100 a second: %s',
    async (_, sendOne) => {
      const { socket, send, answers } = await open();
      const startedMs = performance.now();
      // In lots, each answered before the next: `ws` itself cuts off who has over 60 of its pings unanswered.
      for (let lot = 0; lot < 4; lot++) {
        for (let sent = 1; sent < 20; sent++) sendOne(socket);
        send({ type: 'ping', payload: { lot } });
        const isTaken = () => answers().some(({ payload }) => payload?.lot === lot);
        await until('the lot is taken', () => isTaken() || socket.readyState !== WebSocket.OPEN);
      }
      expect(socket.readyState).toBe(WebSocket.OPEN);
      // The last lot has to wait for what was more than 20 before it.
      expect(performance.now() - startedMs).toBeGreaterThan(390);
    },
  );
});

test.each([undefined, 'graphql-ws', 'GraphQL-Transport-WS', 'graphql-transport-ws.v2, json'])(
  'closes with 4406 who speaks no graphql-transport-ws: %s',
  async (protocols) => {
    // As a header: asked for by its own option, a protocol that is not taken ends the socket on the client's side.
    const headers = protocols === undefined ? {} : { 'Sec-WebSocket-Protocol': protocols };
    const { closed } = await connect({ protocols: [], headers });
    expect(await closed).toEqual([4406, 'Subprotocol not acceptable']);
  },
);

test('takes graphql-transport-ws among others, and compresses nothing', async () => {
  const { socket } = await connect({ protocols: ['graphql-ws', PROTOCOL], perMessageDeflate: true });
  expect([socket.protocol, socket.extensions]).toEqual([PROTOCOL, '']);
});

test('closes with 4401 who subscribes before the acknowledgement', async () => {
  const { send, closed, answers } = await connect();
  send(SUBSCRIBE);
  expect([await closed, answers()]).toEqual([[4401, 'Unauthorized'], []]);
});

test.each<[name: string, authorization: () => unknown, reason: string]>([
  ['no token', () => undefined, 'Expected a token as `connectionParams.authorization: Bearer …`, got none.'],
  ['no text', () => 1, 'Expected `authorization` to be `Bearer` and a token, got something else.'],
  [
    'a token of another secret',
    async () => `Bearer ${await mint({ sub: id() }, { secret: 'another secret, long enough for HS256' })}`,
    'Expected a token signed for this server, got one that is not.',
  ],
])('closes with 4401 who says who it is by %s', async (_, authorization, reason) => {
  const { send, closed, frames } = await connect();
  send({ type: 'connection_init', payload: { authorization: await authorization() } });
  expect([await closed, frames]).toEqual([[4401, reason], []]);
});

test.each([
  ['twice at once', connect],
  ['again after the acknowledgement', enter],
])('closes with 4429 who says who it is %s', async (_, open) => {
  const { send, closed } = await open();
  const init = await initOf(id());
  for (const message of [init, init]) send(message);
  expect(await closed).toEqual([4429, 'Too many initialisation requests']);
});

test('closes with 4408 who does not say who it is in time, whatever else it says', async () => {
  const { url } = await startServer({ auth: AUTH, limits: { initSeconds: 1 } });
  const { socket } = await enter({ url });
  const startedMs = performance.now();
  const [silent, other] = [await connect({ url }), await connect({ url })];
  other.send({ type: 'ping' });
  const end = [4408, 'Connection initialisation timeout'];
  expect([await silent.closed, await other.closed]).toEqual([end, end]);
  expect(performance.now() - startedMs).toBeGreaterThan(990);
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('cuts off who does not answer a ping, and nobody who does', async () => {
  const { url } = await startServer({ auth: AUTH, limits: { pingSeconds: 1 } });
  const [deaf, hearing] = [await enter({ url, autoPong: false }), await enter({ url })];
  let pings = 0;
  hearing.socket.on('ping', () => pings++);
  expect(await deaf.closed).toEqual([1006, '']);
  await until('the other is asked once more', () => pings >= 3);
  expect(hearing.socket.readyState).toBe(WebSocket.OPEN);
});

test.each<[string, (socket: WebSocket) => void]>([
  ['closes', (socket) => socket.close()],
  ['breaks off', (socket) => socket.terminate()],
])(
  'closes with 4429 the 21st socket of a user, and no other user’s, until one of them %s',
  async (_, end) => {
    const user = id();
    const [first] = await Promise.all(Array.from({ length: MOST_SOCKETS }, () => enter({ user })));
    const beyond = await connect();
    beyond.send(await initOf(user));
    const reason = 'Expected at most 20 sockets of one user (SOCKETS_PER_USER), got one more.';
    expect([await beyond.closed, beyond.frames]).toEqual([[4429, reason], []]);
    await enter({ user: id() });

    end(first?.socket as WebSocket);
    await until('another one is let in', async () => {
      const { socket, frames, send } = await connect();
      send(await initOf(user));
      await until('it is', () => frames.length > 0 || socket.readyState === WebSocket.CLOSED);
      return frames.length > 0;
    });
  },
);

/** A ping message of exactly so many bytes. */
function pingOf(bytes: number): string {
  const empty = '{"type":"ping","payload":{"text":""}}';
  return empty.replace('""', `"${'x'.repeat(bytes - empty.length)}"`);
}

/** All in one length, and what is left. */
function cut(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, n) =>
    text.slice(n * length, (n + 1) * length),
  );
}
