import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { Unavailable } from '../../src/domain/unavailable.js';
import { id } from '../support/app.js';
import { until } from '../support/until.js';
import { flow, messageInput } from '../support/scenario.js';
import { createKeptLog, useServers, withConversations } from './servers.js';

const startServer = useServers();
const QUERY = 'query Q($executionId: ID!) { conversation(executionId: $executionId) { id } viewer { id } }';
const STREAM = 'subscription S($executionId: ID!) { messageAdded(executionId: $executionId) { seq } }';
const SECRET = 'mongodb://secret@host';
const MASKED = /^Something went wrong on our side; name the request ([0-9a-f-]{36}) when you report it\.$/;

/** Whatever is asked of the conversations fails with this. */
const failing = (createError: () => Error) => {
  const fail = async (): Promise<never> => {
    throw createError();
  };
  return withConversations(() => ({ find: fail, findMany: fail, messagesAfter: fail, append: fail }));
};

test('masks what is unexpected over HTTP, and logs it under the id it names', async () => {
  const { log, lines } = createKeptLog();
  const server = await startServer({ log, wrapPorts: failing(() => new Error(SECRET)) });
  const { status, headers, data, errors } = await server.send(QUERY, { executionId: id() });
  expect({ status, data }).toEqual({
    status: 200,
    data: { conversation: null, viewer: { id: '00000000000000000000face' } },
  });
  expect(errors).toHaveLength(1);
  expect(errors?.[0]).toMatchObject({
    path: ['conversation'],
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
  expect(JSON.stringify(errors)).not.toMatch(/secret|stack|\.ts|node_modules/);
  const requestId = MASKED.exec(errors?.[0]?.message ?? '')?.[1];
  expect(requestId).toBe(headers.get('x-request-id'));
  const logged = lines.map((line) => JSON.parse(line)).find((line) => line.requestId === requestId);
  expect(logged.err.message).toBe(SECRET);
  expect(logged.err.stack).toContain('failures.long.test');
});

test('masks what is unexpected over a socket, for a query and a stream alike', async () => {
  const { log, lines } = createKeptLog();
  const server = await startServer({ log, wrapPorts: failing(() => new Error(SECRET)) });
  const { errors } = await server.sendOverSocket(QUERY, { executionId: id() });
  const refused = await server.subscribe(STREAM, { executionId: id() }).refused();
  for (const [error] of [errors ?? [], refused]) {
    expect(error?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
    const requestId = MASKED.exec(error?.message ?? '')?.[1];
    const logged = lines
      .map((line) => JSON.parse(line))
      .filter((line) => line.requestId === requestId && line.err !== undefined);
    expect(logged.map((line) => line.err.message)).toEqual([SECRET]);
  }
  expect(JSON.stringify([errors, refused])).not.toMatch(/secret|stack/);
});

test('says UNAVAILABLE when the database cannot be reached, over HTTP with 503 and when to try again', async () => {
  const { log, lines } = createKeptLog();
  const cause = new Error(SECRET);
  const server = await startServer({ log, wrapPorts: failing(() => new Unavailable({ cause })) });
  const { status, headers, errors } = await server.send(QUERY, { executionId: id() });
  expect([status, headers.get('retry-after')]).toEqual([503, '1']);
  expect(errors?.map(({ message, extensions }) => ({ message, extensions }))).toEqual([
    {
      message: 'The database cannot be reached just now; try again in a moment.',
      extensions: { code: 'UNAVAILABLE' },
    },
  ]);
  expect(lines.join('')).toContain(SECRET);
});

test('says UNAVAILABLE when the database cannot be reached, over a socket', async () => {
  const server = await startServer({ wrapPorts: failing(() => new Unavailable()) });
  const { errors } = await server.sendOverSocket(QUERY, { executionId: id() });
  const refused = await server.subscribe(STREAM, { executionId: id() }).refused();
  for (const [error] of [errors ?? [], refused]) expect(error?.extensions).toEqual({ code: 'UNAVAILABLE' });
});

test('goes on with a stream whose readings fail for a while', async () => {
  const state = { isAway: false, failed: 0 };
  const server = await startServer({
    pollMs: 50,
    wrapPorts: withConversations((real) => ({
      async messagesAfter(...args) {
        if (!state.isAway) return real.messagesAfter(...args);
        state.failed++;
        throw new Unavailable();
      },
    })),
  });
  const { start, say } = flow({ ...server, stop: async () => {} });
  const { executionId } = await start();
  await say(executionId);
  const stream = server.subscribe(STREAM, { executionId });
  expect(await stream.next()).toEqual({ messageAdded: { seq: 1 } });
  state.isAway = true;
  await say(executionId);
  await stream.silence(150);
  expect(state.failed).toBeGreaterThan(0);
  state.isAway = false;
  expect(await stream.next()).toEqual({ messageAdded: { seq: 2 } });
  stream.stop();
});

test('can be asked again for a stream that was refused while the database could not be reached', async () => {
  const state = { isAway: true };
  const server = await startServer({
    wrapPorts: withConversations((real) => ({
      messagesAfter: (...args) =>
        state.isAway ? Promise.reject(new Unavailable()) : real.messagesAfter(...args),
    })),
  });
  const { start, say } = flow({ ...server, stop: async () => {} });
  const { executionId } = await start();
  await say(executionId);
  const [error] = await server.subscribe(STREAM, { executionId }).refused();
  expect(error?.extensions).toEqual({ code: 'UNAVAILABLE' });
  state.isAway = false;
  expect(await server.subscribe(STREAM, { executionId }).next()).toEqual({ messageAdded: { seq: 1 } });
});

const WITH_CONVERSATION =
  'subscription S($executionId: ID!) { messageAdded(executionId: $executionId, afterSeq: 0) { seq conversation { lastSeq } } }';

/** A server whose conversations cannot be read again, by lists of them, as long as `failure` is set. */
async function startForgetful() {
  const state: { failure: Error | null; failed: number } = { failure: null, failed: 0 };
  const server = await startServer({
    pollMs: 50,
    wrapPorts: withConversations((real) => ({
      async findMany(...args) {
        if (state.failure === null) return real.findMany(...args);
        state.failed++;
        throw state.failure;
      },
    })),
  });
  const { start, say } = flow({ ...server, stop: async () => {} });
  const { executionId } = await start();
  for (const _ of [1, 2]) await say(executionId);
  return { state, stream: () => server.subscribe(WITH_CONVERSATION, { executionId }) };
}

test('loses no event whose fields cannot be read for a while', async () => {
  const { state, stream } = await startForgetful();
  state.failure = new Unavailable();
  const events = stream();
  await until('it is tried again', () => state.failed > 1);
  expect(events.pending).toEqual([]);
  state.failure = null;
  expect((await events.take(2)).map(({ messageAdded }) => messageAdded.seq)).toEqual([1, 2]);
  events.stop();
});

test('ends a stream with an error when an event of it cannot be read at all', async () => {
  const { state, stream } = await startForgetful();
  state.failure = new Error(SECRET);
  const [error] = await stream().refused();
  expect(error?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
});

test('ends a stream with an error, not with silence, when it cannot be read on for good', async () => {
  const state = { isBroken: false };
  const server = await startServer({
    pollMs: 50,
    wrapPorts: withConversations((real) => ({
      messagesAfter: (...args) =>
        state.isBroken ? Promise.reject(new TypeError(SECRET)) : real.messagesAfter(...args),
    })),
  });
  const { start, say } = flow({ ...server, stop: async () => {} });
  const { executionId } = await start();
  await say(executionId);
  const stream = server.subscribe(STREAM, { executionId });
  expect(await stream.next()).toEqual({ messageAdded: { seq: 1 } });
  state.isBroken = true;
  const [error] = await stream.refused();
  expect(error?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
  expect(JSON.stringify(error)).not.toContain(SECRET);
});

test('answers an operation of many calls within 3 s, however slow each of them is', async () => {
  const server = await startServer({
    wrapPorts: withConversations((real) => ({
      async append(...args) {
        await new Promise((resolve) => setTimeout(resolve, 800));
        return real.append(...args);
      },
    })),
  });
  const { executionId } = await flow({ ...server, stop: async () => {} }).start();
  const said = [1, 2, 3, 4, 5].map((n) => `m${n}: addMessage(input: $input) { message { seq } }`);
  const many = `mutation M($input: AddMessageInput!) { ${said.join(' ')} }`;
  const startedAt = performance.now();
  const { status, errors } = await server.send(many, { input: messageInput(executionId) });
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect({ status, codes: errors?.map(({ path, extensions }) => [path?.[0], extensions.code]) }).toEqual({
    status: 503,
    codes: [
      ['m4', 'UNAVAILABLE'],
      ['m5', 'UNAVAILABLE'],
    ],
  });
});

test('takes an upload that its client breaks off for no fault of the server', async () => {
  const { log, lines } = createKeptLog();
  const server = await startServer({ log });
  const { hostname, port, host } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const head = `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 1000`;
  // The one before is answered once the server has read on.
  socket.write(`${head.replace('1000', '2')}\r\n\r\n{}${head}\r\n\r\n{`);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.destroy();
  await server.app.stop();
  expect(lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 40)).toEqual([]);
});
