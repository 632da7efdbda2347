import { describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { id, useApp } from '../support/app.js';
import { until } from '../support/launcher-processes.js';
import { AUTH, mint } from '../support/tokens.js';
import { useServers } from '../transport/servers.js';
import { initOf, PROTOCOL, useProtocolSockets } from './protocolSocket.js';

const running = useApp({ auth: AUTH });
const startServer = useServers();
const { connect, enter } = useProtocolSockets(running);

const FRAME_BYTES = 256 * 1024;
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
  ['a subscribe without payload', { ...SUBSCRIBE, payload: undefined }],
  ['a subscribe whose payload is no object', { ...SUBSCRIBE, payload: '{ viewer { id } }' }],
  ['a subscribe without query', { ...SUBSCRIBE, payload: {} }],
  ['a subscribe whose query is no text', { ...SUBSCRIBE, payload: { query: { a: 1 } } }],
  ['a subscribe whose variables are a list', { ...SUBSCRIBE, payload: { query: '{ a }', variables: [1] } }],
  ['a subscribe whose name is a number', { ...SUBSCRIBE, payload: { query: '{ a }', operationName: 1 } }],
  ['a subscribe whose extensions are text', { ...SUBSCRIBE, payload: { query: '{ a }', extensions: 'a' } }],
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
    ['a message of 256 KiB', [pingOf(FRAME_BYTES)]],
    ['a message of 256 KiB in two parts', cut(pingOf(FRAME_BYTES), FRAME_BYTES / 2)],
    ['a message in 64 parts', cut(pingOf(64), 1)],
  ])('takes %s', async (_, parts) => {
    const { sendParts, answers } = await open();
    sendParts(parts);
    await until('it is answered', () => answers().length > 0);
    expect(answers()).toEqual([{ ...JSON.parse(parts.join('')), type: 'pong' }]);
  });

  test.each<[code: number, name: string, parts: (string | Buffer)[]]>([
    [1009, 'a byte over 256 KiB', [pingOf(FRAME_BYTES + 1)]],
    [1009, 'a byte over 256 KiB in two parts', cut(pingOf(FRAME_BYTES + 1), FRAME_BYTES / 2 + 1)],
    [1009, 'a byte over 256 KiB in a binary frame', [Buffer.alloc(FRAME_BYTES + 1)]],
    [1008, 'a message in 65 parts', cut(pingOf(65), 1)],
  ])('closes with %i who sends %s', async (code, _, parts) => {
    const { sendParts, closed } = await open();
    sendParts(parts);
    expect(await closed).toEqual([code, '']);
  });

  test.each(MESSAGES)('takes 200 messages at once, then closes with 1008: %s', async (_, sendOne) => {
    const { socket, send, answers, closed } = await open();
    const isOpen = () => socket.readyState === WebSocket.OPEN;
    // In lots, each answered before the next: `ws` itself cuts off who has over 60 of its pings unanswered.
    const sendLot = async (lot: number, size: number) => {
      for (let sent = 1; sent < size; sent++) sendOne(socket);
      send({ type: 'ping', payload: { lot } });
      const isTaken = () => answers().some(({ payload }) => payload?.lot === lot);
      await until('the lot is taken', () => isTaken() || !isOpen());
    };
    // One of the 200 may have been the init.
    for (const [lot, size] of [49, 50, 50, 50].entries()) await sendLot(lot, size);
    expect(isOpen()).toBe(true);
    for (let lot = 4; isOpen(); lot++) await sendLot(lot, 50);
    expect(await closed).toEqual([1008, 'Too fast: over 50 messages a second after a burst of 200.']);
  });
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
  'closes with 1013 the 21st socket of a user, and no other user’s, until one of them %s',
  async (_, end) => {
    const user = id();
    const [first] = await Promise.all(Array.from({ length: 20 }, () => enter({ user })));
    const beyond = await connect();
    beyond.send(await initOf(user));
    const reason = 'Expected at most 20 sockets of one user (SOCKETS_PER_USER), got one more.';
    expect([await beyond.closed, beyond.frames]).toEqual([[1013, reason], []]);
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
