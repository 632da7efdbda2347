import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { createClient } from '../support/client.js';
import { until } from '../support/until.js';
import { flow, messageInput, START, startInput } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';
import { type Frame, useRawSockets } from '../transport/rawSocket.js';
import { withConversations } from '../transport/servers.js';

/** Executions whose conversation can be neither read nor written. */
const poisoned = new Set<string>();
const SECRET = 'mongodb://secret@host';
const running = useApp({
  auth: AUTH,
  wrapPorts: withConversations((real) => ({
    async find(userId, ref, ...rest) {
      if ('executionId' in ref) failIfPoisoned(ref.executionId);
      return real.find(userId, ref, ...rest);
    },
    async append(userId, executionId, ...rest) {
      failIfPoisoned(executionId);
      return real.append(userId, executionId, ...rest);
    },
    async messagesAfter(userId, executionId, ...rest) {
      failIfPoisoned(executionId);
      return real.messagesAfter(userId, executionId, ...rest);
    },
  })),
});
const openSocket = useRawSockets();

const VIEWER = '{ viewer { id } }';
const STREAM =
  'subscription S($executionId: ID!, $afterSeq: Int) { messageAdded(executionId: $executionId, afterSeq: $afterSeq) { seq } }';

test('answers a query with its result, then completes it', async () => {
  const { user, socket } = await enter();
  socket.subscribe('query', VIEWER);
  expect(await socket.framesOf('query', 2)).toEqual([
    { id: 'query', type: 'next', payload: { data: { viewer: { id: user } } } },
    { id: 'query', type: 'complete' },
  ]);
  expect(socket.frames[0]).toEqual({ type: 'connection_ack' });
});

test('answers a mutation with its result, then completes it', async () => {
  const { socket } = await enter();
  const input = startInput();
  socket.subscribe('mutation', START, { variables: { input }, operationName: 'Start' });
  const conversation = {
    id: expect.any(String),
    executionId: input.executionId,
    status: 'IN_PROGRESS',
    lastSeq: 0,
  };
  const startConversation = { duplicate: false, userErrors: [], conversation };
  expect(await socket.framesOf('mutation', 2)).toEqual([
    { id: 'mutation', type: 'next', payload: { data: { startConversation } } },
    { id: 'mutation', type: 'complete' },
  ]);
});

test('completes the stream of a conversation that is completed', async () => {
  const { socket, start, say, vote } = await enter();
  const { executionId } = await start({ totalAgents: 1 });
  await say(executionId);
  socket.subscribe('stream', STREAM, { variables: { executionId } });
  await socket.framesOf('stream', 1);
  await vote(executionId, 'solo', { action: 'BUY', confidence: 80 });
  expect(await socket.framesOf('stream', 4)).toEqual([
    ...[1, 2, 3].map((seq) => event('stream', seq)),
    { id: 'stream', type: 'complete' },
  ]);
});

test('tells an operation that the client completed nothing more, and leaves the socket open', async () => {
  const { socket, start, say } = await enter();
  const { executionId } = await start();
  for (const name of ['left', 'kept']) socket.subscribe(name, STREAM, { variables: { executionId } });
  await say(executionId);
  for (const name of ['left', 'kept']) await socket.framesOf(name, 1);
  socket.send({ type: 'complete', id: 'left' });
  await answered(socket);
  await say(executionId);
  expect(await socket.framesOf('kept', 2)).toEqual([event('kept', 1), event('kept', 2)]);
  await answered(socket);
  expect(await socket.framesOf('left', 0)).toEqual([event('left', 1)]);
});

test('ignores the completion of an operation that is not there', async () => {
  const { socket } = await enter();
  socket.subscribe('over', VIEWER);
  await socket.framesOf('over', 2);
  for (const name of ['never', 'over', '__proto__']) socket.send({ type: 'complete', id: name });
  await answered(socket);
  expect(socket.frames.map(({ type }) => type)).toEqual(['connection_ack', 'next', 'complete', 'pong']);
});

test.each([
  ['is running', 1],
  ['was only just asked for', 0],
])('closes with 4409 who uses the id of a subscription that %s', async (_, events) => {
  const { socket, start, say } = await enter();
  const { executionId } = await start();
  await say(executionId);
  socket.subscribe('same', STREAM, { variables: { executionId } });
  await socket.framesOf('same', events);
  socket.subscribe('same', VIEWER);
  expect(await socket.closed).toEqual({ code: 4409, reason: 'Subscriber for same already exists' });
});

test('takes an id again once its operation is complete, however it ended', async () => {
  const { socket, start, say, vote } = await enter();
  const [ended, open] = [await start({ totalAgents: 1 }), await start()];
  await vote(ended.executionId, 'solo', { action: 'BUY', confidence: 80 });
  await say(open.executionId);

  socket.subscribe('same', VIEWER);
  await socket.framesOf('same', 2);
  socket.subscribe('same', '{ viewer');
  await socket.framesOf('same', 3);
  socket.subscribe('same', STREAM, { variables: { executionId: ended.executionId, afterSeq: 1 } });
  await socket.framesOf('same', 5);
  socket.subscribe('same', STREAM, { variables: { executionId: open.executionId } });
  await socket.framesOf('same', 6);
  socket.send({ type: 'complete', id: 'same' });
  await answered(socket);
  socket.subscribe('same', STREAM, { variables: { executionId: open.executionId } });
  await socket.framesOf('same', 7);
  await say(open.executionId);

  const types = (await socket.framesOf('same', 8)).map(({ type }) => type);
  expect(types).toEqual(['next', 'complete', 'error', 'next', 'complete', 'next', 'next', 'next']);
});

test('ends an operation with a syntax error, and leaves the socket open', async () => {
  const { user, socket } = await enter();
  socket.subscribe('bad', '{ viewer');
  const error = {
    message: 'Syntax Error: Expected Name, found <EOF>.',
    locations: [{ line: 1, column: 9 }],
    extensions: { code: 'GRAPHQL_PARSE_FAILED' },
  };
  expect(await socket.framesOf('bad', 1)).toEqual([{ id: 'bad', type: 'error', payload: [error] }]);
  socket.subscribe('good', VIEWER);
  expect((await socket.framesOf('good', 2))[0]?.payload).toEqual({ data: { viewer: { id: user } } });
});

test.each<[kind: string, query: string, ended: (error: object) => object[]]>([
  [
    'query',
    'query Q($executionId: ID!) { bad: conversation(executionId: $executionId) { id } }',
    (error) => [{ type: 'next', payload: { data: { bad: null }, errors: [error] } }, { type: 'complete' }],
  ],
  [
    'mutation',
    'mutation M($input: AddMessageInput!) { bad: addMessage(input: $input) { message { seq } } }',
    (error) => [{ type: 'next', payload: { data: { bad: null }, errors: [error] } }, { type: 'complete' }],
  ],
  [
    'subscription',
    'subscription S($executionId: ID!) { bad: messageAdded(executionId: $executionId) { seq } }',
    (error) => [{ type: 'error', payload: [error] }],
  ],
])('ends a %s whose resolver throws, masked, and no other on the socket', async (_, query, ended) => {
  const { socket, start, say } = await enter();
  const [bad, good] = [await start(), await start()];
  socket.subscribe('good', STREAM, { variables: { executionId: good.executionId } });
  await say(good.executionId);
  await socket.framesOf('good', 1);

  poisoned.add(bad.executionId);
  const { executionId } = bad;
  const variables = query.startsWith('mutation') ? { input: messageInput(executionId) } : { executionId };
  socket.subscribe('bad', query, { variables });
  const error = {
    message: expect.stringMatching(/^Something went wrong on our side; name the request [\w-]{36} when/),
    locations: [{ line: 1, column: query.indexOf('bad') + 1 }],
    path: ['bad'],
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
  const frames = ended(error).map((frame) => ({ id: 'bad', ...frame }));
  expect(await socket.framesOf('bad', frames.length)).toEqual(frames);

  await say(good.executionId);
  expect(await socket.framesOf('good', 2)).toEqual([event('good', 1), event('good', 2)]);
  expect(JSON.stringify(socket.frames)).not.toContain('secret');
});

test('takes 100 subscriptions on a socket and refuses the next, while the others go on', async () => {
  const { socket, start, say } = await enter();
  const { executionId } = await start();
  await say(executionId);
  const names = Array.from({ length: 100 }, (_, n) => `stream ${n}`);
  for (const name of names) socket.subscribe(name, STREAM, { variables: { executionId } });
  for (const name of names) await socket.framesOf(name, 1);

  socket.subscribe('one more', STREAM, { variables: { executionId } });
  const message =
    'Expected at most 100 subscriptions at once on a socket (SOCKET_MAX_SUBSCRIPTIONS), got one more.';
  const refusal = {
    id: 'one more',
    type: 'error',
    payload: [{ message, extensions: { code: 'RATE_LIMITED' } }],
  };
  expect(await socket.framesOf('one more', 1)).toEqual([refusal]);
  socket.subscribe('query', VIEWER);
  await socket.framesOf('query', 2);

  await say(executionId);
  for (const name of names) {
    expect(await socket.framesOf(name, 2)).toEqual([event(name, 1), event(name, 2)]);
  }
  socket.send({ type: 'complete', id: 'stream 0' });
  await answered(socket);
  socket.subscribe('one more', STREAM, { variables: { executionId, afterSeq: 1 } });
  expect(await socket.framesOf('one more', 2)).toEqual([refusal, event('one more', 2)]);
});

const failIfPoisoned = (executionId: string): void => {
  if (poisoned.has(executionId)) throw new Error(SECRET);
};

/** A socket of a new user, and the steps that this user takes over HTTP. */
async function enter() {
  const { url } = running.app;
  const user = id();
  const token = await mint({ sub: user });
  const steps = flow({ ...createClient(url, token), url, stop: async () => {} });
  return { user, ...steps, socket: await openSocket(url, token) };
}

const event = (name: string, seq: number): Frame => ({
  id: name,
  type: 'next',
  payload: { data: { messageAdded: { seq } } },
});

/** Resolves when the server has taken all that was sent so far: it takes one message after the other. */
async function answered({ frames, send }: Awaited<ReturnType<typeof openSocket>>): Promise<void> {
  const pongs = () => frames.filter(({ type }) => type === 'pong').length;
  const before = pongs();
  send({ type: 'ping' });
  await until('a ping is answered', () => pongs() > before);
}
