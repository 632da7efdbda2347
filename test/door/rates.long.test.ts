import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { createClient } from '../support/client.js';
import { until } from '../support/until.js';
import { ADD, messageInput, START, startInput } from '../support/scenario.js';
import { AUTH, mint, secondsFromNow } from '../support/tokens.js';
import { useRawSockets } from '../transport/rawSocket.js';

const PER_SECOND = 2;
/** Of ten seconds. */
const MOST = 10 * PER_SECOND;
const limits = { operationsPerSecond: PER_SECOND, headersSeconds: 1, requestSeconds: 2 };
const hasty = useApp({ auth: AUTH, limits });
const usual = useApp({ auth: AUTH });
const openSocket = useRawSockets();
const QUERY = '{ viewer { id } }';
const TOO_MANY =
  /^Expected at most 20 operations of one user in 10 s \(OPERATIONS_PER_SECOND × 10\), got \d+; try again in ([1-9]|10) s\.$/;

test('refuses the operations of one user beyond its rate, over both transports together, and nobody else’s', async () => {
  const one = createClient(hasty.app.url, await mint({ sub: id() }));
  const other = createClient(hasty.app.url, await mint({ sub: id() }));
  for (let n = 0; n < MOST / 2; n++) {
    expect((await one.send(QUERY)).status).toBe(200);
    expect((await one.sendOverSocket(QUERY)).errors).toBeUndefined();
  }
  const { status, headers, data, errors } = await one.send(QUERY);
  expect([status, data, errors?.[0]?.extensions]).toEqual([429, undefined, { code: 'RATE_LIMITED' }]);
  expect(errors?.[0]?.message).toMatch(TOO_MANY);
  expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(10);
  const refused = await one.sendOverSocket(QUERY);
  expect([refused.data, refused.errors?.[0]?.extensions]).toEqual([undefined, { code: 'RATE_LIMITED' }]);
  expect(refused.errors?.[0]?.message).toMatch(TOO_MANY);
  await expect(one.subscribe('subscription { conversationChanged { id } }').refused()).resolves.toMatchObject(
    [{ extensions: { code: 'RATE_LIMITED' } }],
  );
  expect((await other.send(QUERY)).status).toBe(200);
  expect((await other.sendOverSocket(QUERY)).errors).toBeUndefined();
  await one.close();
  await other.close();
});

test.each([
  ['head', 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-', 1_000],
  [
    'body',
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"query"',
    2_000,
  ],
])('gives up a request whose %s is not there in time', async (_, begun, limitMs) => {
  const { hostname, port } = new URL(hasty.app.url);
  const authorization = `Authorization: Bearer ${await mint({ sub: id() })}\r\n`;
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => {});
  let answered = '';
  socket.on('data', (data) => (answered += data));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const startedMs = performance.now();
  socket.write(begun.replace('Host: localhost\r\n', `Host: localhost\r\n${authorization}`));
  await closed;
  expect(answered).toMatch(/^HTTP\/1\.1 408 /);
  expect(performance.now() - startedMs).toBeGreaterThan(limitMs - 50);
});

test('tells a stream nothing after the end of its token, though more is said', async () => {
  const sub = id();
  const lasting = createClient(usual.app.url, await mint({ sub }));
  const input = startInput();
  await lasting.data(START, { input });
  const exp = secondsFromNow(2);
  const socket = await openSocket(usual.app.url, await mint({ sub, exp }));
  const told: number[] = [];
  socket.socket.on('message', (data) => {
    const { type, payload } = JSON.parse(String(data));
    if (type === 'next') told.push(payload.data.messageAdded.seq);
  });
  const stream = 'subscription S($executionId: ID!) { messageAdded(executionId: $executionId) { seq } }';
  socket.subscribe('live', stream, { variables: { executionId: input.executionId } });
  // What is said after the end, not what is heard then: a word from before it may still be on its way.
  const saidAfter: number[] = [];
  await until('more was said after the end, for half a second', async () => {
    const isOver = Date.now() >= exp * 1_000;
    const { addMessage } = await lasting.data(ADD, { input: messageInput(input.executionId) });
    if (isOver) saidAfter.push(addMessage.message.seq);
    return saidAfter.length > 0 && Date.now() > exp * 1_000 + 500;
  });
  expect((await socket.closed).code).toBe(4403);
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((seq) => saidAfter.includes(seq))).toEqual([]);
});
