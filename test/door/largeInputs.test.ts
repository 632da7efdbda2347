import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { createClient } from '../support/client.js';
import { AUTH, mint } from '../support/tokens.js';
import { until } from '../support/until.js';
import { useRawSockets } from '../transport/rawSocket.js';

const UNFINISHED_BYTES = 4 * 65_536;
const running = useApp({ auth: AUTH });
const frugal = useApp({ auth: AUTH, limits: { unfinishedBytes: UNFINISHED_BYTES } });
const openSocket = useRawSockets();

const LOG = /* GraphQL */ `
  mutation Log($input: LogDecisionInput!) {
    logDecision(input: $input) {
      decisionLog { context { marketConditions portfolioState riskMetrics } }
      userErrors { message }
    }
  }
`;

/** A text whose JSON has as many bytes as one part of a decision may have. */
const CJK = '市'.repeat((65_536 - 2) / 3);
const ASCII = 'x'.repeat(65_536 - 2);

const escaped = (text: string, what: RegExp): string =>
  text.replace(what, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const inputOf = (text: string, parts = 3) => ({
  userNodeId: id(),
  type: 'TRADE',
  action: 'HOLD',
  confidence: 50,
  context: Object.fromEntries(
    ['marketConditions', 'portfolioState', 'riskMetrics'].slice(0, parts).map((part) => [part, text]),
  ),
});

describe.each([
  ['CJK as it is', CJK, (json: string) => json],
  ['CJK as Python’s json.dumps has it', CJK, (json: string) => escaped(json, /市/g)],
  ['ASCII, each byte as six', ASCII, (json: string) => escaped(json, /(?<=x)x/g)],
])('takes three parts of 64 KiB each, %s,', (_, text, written) => {
  test.each(['HTTP', 'WebSocket'])('over %s', async (door) => {
    const token = await mint({ sub: id() });
    const { context, ...input } = inputOf(text);
    const payload = written(JSON.stringify({ query: LOG, variables: { input: { ...input, context } } }));
    const answer = await (door === 'HTTP' ? overHttp(token, payload) : overSocket(token, payload));
    expect(answer.data.logDecision).toEqual({ decisionLog: { context }, userErrors: [] });
  });
});

async function overHttp(token: string, body: string): Promise<any> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(`${running.app.url}/graphql`, { method: 'POST', headers, body });
  return response.json();
}

async function overSocket(token: string, payload: string): Promise<any> {
  const socket = await openSocket(running.app.url, token);
  socket.socket.send(`{"id":"large","type":"subscribe","payload":${payload}}`);
  return (await socket.framesOf('large', 1))[0]?.payload;
}

const opened: { destroy(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.destroy();
});

/** Sends the beginning of one message, never its end; as no client would. */
async function startMessage(url: string, authorization: string, bytes: number, before: Buffer[] = []) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  opened.push(socket);
  const got: Buffer[] = [];
  socket.on('data', (data) => got.push(data));
  socket.on('error', () => {});
  let isClosed = false;
  socket.on('close', () => (isClosed = true));
  socket.write(
    `GET /graphql HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
  );
  socket.write(frameOf(JSON.stringify({ type: 'connection_init', payload: { authorization } })));
  await until('it is let in', () => String(Buffer.concat(got)).includes('connection_ack'));
  for (const frame of before) socket.write(frame);
  socket.write(frameOf('x'.repeat(1_000_000)).subarray(0, bytes));
  return {
    get isClosed() {
      return isClosed;
    },
    get told() {
      return String(Buffer.concat(got));
    },
  };
}

/** A text frame of a client: masked, by zeros. */
function frameOf(text: string): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(Buffer.byteLength(text)));
  return Buffer.concat([Buffer.from([0x81, 0xff]), length, Buffer.alloc(4), Buffer.from(text)]);
}

test('closes, of a user’s sockets that begin much and end nothing, the one that holds most, and says why', async () => {
  const { url } = frugal.app;
  const authorization = `Bearer ${await mint({ sub: id() })}`;
  const other = createClient(url, await mint({ sub: id() }));
  const small = await startMessage(url, authorization, 1_000);
  const large = await startMessage(url, authorization, 0.6 * UNFINISHED_BYTES);
  const next = await startMessage(url, authorization, 0.5 * UNFINISHED_BYTES);
  await until('the largest is closed', () => large.isClosed);
  expect(large.told).toContain(
    'Expected at most 262,144 unfinished bytes of one user at once (USER_MAX_UNFINISHED_BYTES); try again.',
  );
  expect([small.isClosed, next.isClosed]).toEqual([false, false]);
  expect((await other.sendOverSocket('{ viewer { id } }')).errors).toBeUndefined();
  await other.close();
});

test('cuts off who was told to go, answers no close, and begins much all the same', async () => {
  const authorization = `Bearer ${await mint({ sub: id() })}`;
  const nonsense = frameOf('no message');
  const told = await startMessage(frugal.app.url, authorization, 2 * UNFINISHED_BYTES, [nonsense]);
  await until('it is cut off', () => told.isClosed);
  expect(told.told).toContain('Invalid message received');
});

test('refuses with 429, and keeps nothing of, a body that makes a user’s unfinished ones too many', async () => {
  const { url } = frugal.app;
  const token = await mint({ sub: id() });
  const body = JSON.stringify({
    query: LOG,
    variables: { input: inputOf('x'.repeat(2 * UNFINISHED_BYTES), 1) },
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  const { errors } = (await response.json()) as any;
  expect([response.status, response.headers.get('retry-after'), errors[0].extensions.code]).toEqual([
    429,
    '1',
    'RATE_LIMITED',
  ]);
});
