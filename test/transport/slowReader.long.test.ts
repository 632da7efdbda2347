import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type WebSocket from 'ws';
import type { Limits } from '../../src/limits.js';
import { throughout, until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { useRawSockets } from './rawSocket.js';
import { createKeptLog, type Server, useServers } from './servers.js';

const startServer = useServers();
const openSocket = useRawSockets();
const STREAM = /* GraphQL */ `
  subscription Said($executionId: ID!, $afterSeq: Int) {
    messageAdded(executionId: $executionId, afterSeq: $afterSeq) { seq content { text } }
  }
`;
const TEXT = 'The trend is up. '.repeat(1_800);
const MESSAGES = 20;
/** So many streams of the same messages: 24 MB in all, far more than the system's own buffers take. */
const STREAMS = Array.from({ length: 40 }, (_, n) => `stream ${n}`);
const UNSENT_SECONDS = 1;

let printed: ReturnType<typeof jest.spyOn>;
beforeEach(() => {
  printed = jest.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  const calls = [...printed.mock.calls];
  printed.mockRestore();
  expect(calls).toEqual([]);
});

/** A server that soon has enough of a slow reader, with one conversation of 20 large messages. */
async function startWithMuch(limits: Partial<Limits> = {}) {
  const { log, lines } = createKeptLog();
  const server = await startServer({
    log,
    limits: { unsentBytes: 64 * 1024, unsentSeconds: UNSENT_SECONDS, messageBurst: 10_000, ...limits },
  });
  const { start, say } = flow({ ...server, stop: async () => {} });
  const { executionId } = await start();
  const sayMore = async (n: number) => {
    for (let said = 0; said < n; said++) await say(executionId, { content: { text: TEXT } });
  };
  await sayMore(MESSAGES);
  const isGivenUp = () => lines.some((line) => line.includes('does not read'));
  return { server, executionId, lines, sayMore, isGivenUp };
}

/** A socket with all streams, each from the start, that reads nothing until it is resumed. */
async function openPaused(server: Server, executionId: string) {
  const opened = await openSocket(server.url);
  opened.socket.pause();
  for (const name of STREAMS) {
    opened.subscribe(name, STREAM, { variables: { executionId, afterSeq: 0 } });
  }
  const seqsOf = (name: string): number[] =>
    opened.frames
      .filter(({ id, type }) => id === name && type === 'next')
      .map(({ payload }) => payload.data.messageAdded.seq);
  return { ...opened, seqsOf };
}

const metric = async ({ url }: Server, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
};

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

test('closes who does not read with 1013, who then goes on by afterSeq, misses nothing and sees nothing twice', async () => {
  const { server, executionId, sayMore, isGivenUp } = await startWithMuch();
  const slow = await openPaused(server, executionId);
  const startedAt = performance.now();
  const other = server.subscribe(STREAM, { executionId, afterSeq: MESSAGES });
  await sayMore(3);
  // Who reads is not held up by who does not.
  expect((await other.take(3)).map(({ messageAdded }) => messageAdded.seq)).toEqual(upTo(23, 21));

  await until('it is given up', isGivenUp);
  const waitedMs = performance.now() - startedAt;
  expect(waitedMs).toBeGreaterThan(UNSENT_SECONDS * 1_000 - 50);
  // Its streams have stopped pulling, and end before the connection does: only the other one is left.
  expect(await metric(server, 'graphql_socket_operations')).toBe(1);
  expect(await metric(server, 'graphql_sockets')).toBe(2);
  expect(await metric(server, 'graphql_subscription_events_total')).toBeLessThan(
    0.75 * STREAMS.length * MESSAGES,
  );

  slow.socket.resume();
  const { code, reason } = await slow.closed;
  expect({ code, reason }).toEqual({
    code: 1013,
    reason: 'Too slow: over 65536 bytes unread for 1 s. Reconnect and go on by afterSeq.',
  });
  const again = await openSocket(server.url);
  for (const name of STREAMS) {
    const seen = slow.seqsOf(name);
    expect(seen).toEqual(upTo(seen.length));
    const variables = { executionId, afterSeq: seen.length };
    again.subscribe(name, STREAM, { variables });
  }
  for (const name of STREAMS) {
    const seen = slow.seqsOf(name).length;
    const rest = await again.framesOf(name, 23 - seen);
    expect(rest.map(({ payload }) => payload.data.messageAdded.seq)).toEqual(upTo(23, seen + 1));
  }
  other.stop();
});

/** Reads so much a second, never more at once than the system hands over in one piece. */
function readSteadily(socket: WebSocket, bytesPerSecond: number): () => void {
  const startedAt = performance.now();
  let bytes = 0;
  socket.on('message', (data: Buffer) => {
    bytes += data.length;
    socket.pause();
  });
  const timer = setInterval(() => {
    if (bytes <= ((performance.now() - startedAt) / 1_000) * bytesPerSecond) socket.resume();
  }, 2);
  return () => clearInterval(timer);
}

test('does not close who reads slowly but steadily, and gives it everything once', async () => {
  const { server, executionId, isGivenUp } = await startWithMuch();
  const slow = await openPaused(server, executionId);
  const startedAt = performance.now();
  const stop = readSteadily(slow.socket, 6_000_000);
  for (const name of STREAMS) await slow.framesOf(name, MESSAGES);
  stop();
  // Else it would not have been slow.
  expect(performance.now() - startedAt).toBeGreaterThan(2 * UNSENT_SECONDS * 1_000);
  for (const name of STREAMS) expect(slow.seqsOf(name)).toEqual(upTo(MESSAGES));
  expect([slow.socket.readyState, isGivenUp()]).toEqual([slow.socket.OPEN, false]);
});

test('does not close who reads nothing for longer, while it holds no more than it may', async () => {
  const { server, executionId } = await startWithMuch({ unsentBytes: 64 * 1024 * 1024 });
  const slow = await openPaused(server, executionId);
  await throughout(
    2.5 * UNSENT_SECONDS * 1_000,
    'its streams are open',
    async () => (await metric(server, 'graphql_sockets')) === 1,
  );
  expect(await metric(server, 'graphql_subscription_events_total')).toBe(STREAMS.length * MESSAGES);
  expect(await metric(server, 'graphql_socket_operations')).toBe(STREAMS.length);
  slow.socket.resume();
  for (const name of STREAMS) await slow.framesOf(name, MESSAGES);
  for (const name of STREAMS) expect(slow.seqsOf(name)).toEqual(upTo(MESSAGES));
  expect(slow.socket.readyState).toBe(slow.socket.OPEN);
});

test('answers no more questions of who reads no answers, until it does', async () => {
  const { server, executionId } = await startWithMuch({ unsentSeconds: 60 });
  const asking = await openSocket(server.url);
  asking.socket.pause();
  const query =
    'query Q($id: ID) { conversation(executionId: $id) { messages(first: 20) { edges { node { content { text } } } } } }';
  const answered = () =>
    metric(server, 'graphql_operation_duration_seconds_count\\{transport="ws",outcome="ok"\\}');
  // Each answer is 0.6 MB.
  let asked = 0;
  const isAnswered = async () => {
    asking.subscribe(`question ${asked++}`, query, { variables: { id: executionId } });
    return until('it is answered', async () => (await answered()) === asked, 1_000).then(
      () => true,
      () => false,
    );
  };
  while (asked < 40 && (await isAnswered()));
  // What the system's own buffers take, and four times what a socket may hold.
  expect(asked).toBeLessThan(30);
  asking.socket.resume();
  for (const n of upTo(asked - 1, 0)) await asking.framesOf(`question ${n}`, 2);
  expect(await answered()).toBe(asked);
});

test('goes on, and prints nothing, when 20 sockets are reset while much is sent to them', async () => {
  const { server, executionId, lines, sayMore } = await startWithMuch({ unsentSeconds: 60 });
  const other = server.subscribe(STREAM, { executionId, afterSeq: MESSAGES });
  const sockets = await Promise.all(STREAMS.slice(0, 20).map(() => openPaused(server, executionId)));
  for (const { socket } of sockets) socket.resume();
  await until('all are reading', () => sockets.every(({ frames }) => frames.length > 3), 60_000);
  for (const { socket } of sockets) reset(socket);
  await until('all are gone', async () => (await metric(server, 'graphql_sockets')) === 1, 30_000);
  expect(await metric(server, 'graphql_socket_operations')).toBe(1);
  await sayMore(1);
  expect((await other.next()).messageAdded.seq).toBe(MESSAGES + 1);
  other.stop();
  expect(lines.join('')).not.toContain(TEXT.slice(0, 16));
}, 120_000);

/** As a client whose machine goes away at once: no close frame, no FIN. */
const reset = (socket: WebSocket): void =>
  (socket as unknown as { _socket: { resetAndDestroy(): void } })._socket.resetAndDestroy();
