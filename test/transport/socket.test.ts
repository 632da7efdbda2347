import { expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { id, useApp } from '../support/app.js';
import { ADD, flow, messageInput, START, startInput } from '../support/scenario.js';
import { useRawSockets } from './rawSocket.js';

const running = useApp();
const openSocket = useRawSockets();
const STREAM = 'subscription S($executionId: ID!) { messageAdded(executionId: $executionId) { seq } }';

test.each([
  ['a syntax error', '{ viewer', {}, 'GRAPHQL_PARSE_FAILED'],
  ['an empty document', '', {}, 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', '{ nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'an unknown operation name',
    'query A { viewer { id } } query B { viewer { id } }',
    { operationName: 'C' },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'no name where there are two operations',
    'query A { viewer { id } } query B { viewer { id } }',
    {},
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a document of fragments', 'fragment F on Viewer { id }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ['a missing variable', STREAM, {}, 'BAD_USER_INPUT'],
  ['a variable of the wrong type', STREAM, { variables: { executionId: { a: 1 } } }, 'BAD_USER_INPUT'],
  ['a query with a missing variable', 'query Q($id: ID!) { decision(id: $id) { id } }', {}, 'BAD_USER_INPUT'],
  ['a value of the wrong type', '{ conversations(first: "x") { edges { cursor } } }', {}, 'BAD_USER_INPUT'],
  ['a malformed id', STREAM, { variables: { executionId: 'x' } }, 'BAD_USER_INPUT'],
  ['a stream that is not there', STREAM, { variables: { executionId: id() } }, 'NOT_FOUND'],
])('ends only its own operation by %s', async (_, query, more, code) => {
  const { app } = running;
  const { start, say } = flow(app);
  const { executionId } = await start();
  const socket = await openSocket(app.url);
  socket.subscribe('good', STREAM, { variables: { executionId } });
  await say(executionId);
  await socket.framesOf('good', 1);

  socket.subscribe('bad', query, more);
  const [frame] = await socket.framesOf('bad', 1);
  const errors = frame?.type === 'error' ? frame.payload : frame?.payload.errors;
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) expect(error.extensions).toEqual({ code });

  await say(executionId);
  expect((await socket.framesOf('good', 2)).map(({ payload }) => payload.data.messageAdded.seq)).toEqual([
    1, 2,
  ]);
  socket.subscribe('bad', '{ viewer { id } }');
  await socket.framesOf('bad', 2);
});

test('answers queries and mutations over a socket as over HTTP', async () => {
  const { app } = running;
  const input = startInput();
  const { data } = await app.sendOverSocket(START, { input });
  expect(data.startConversation).toMatchObject({
    duplicate: false,
    userErrors: [],
    conversation: { executionId: input.executionId, status: 'IN_PROGRESS', lastSeq: 0 },
  });
  const added = await app.sendOverSocket(ADD, { input: messageInput(input.executionId) });
  expect(added.data.addMessage).toMatchObject({ message: { seq: 1 }, conversation: { lastSeq: 1 } });
  const query =
    'query Q($id: ID) { conversation(executionId: $id) { id lastSeq messages { edges { node { seq } } } } }';
  const variables = { id: input.executionId };
  const overHttp = await app.send(query, variables);
  const overSocket = await app.sendOverSocket(query, variables);
  expect([overHttp.errors, overSocket.errors]).toEqual([undefined, undefined]);
  expect(overSocket.data).toEqual(overHttp.data);
});

test('answers many operations on one socket, each under its own id', async () => {
  const socket = await openSocket(running.app.url);
  const ids = Array.from({ length: 50 }, (_, n) => `operation ${n}`);
  for (const [n, name] of ids.entries()) {
    socket.subscribe(name, `{ a${n}: viewer { id } }`);
  }
  for (const [n, name] of ids.entries()) {
    const frames = await socket.framesOf(name, 2);
    expect(frames.map(({ type }) => type)).toEqual(['next', 'complete']);
    expect(Object.keys(frames[0]?.payload.data)).toEqual([`a${n}`]);
  }
});

test('closes a socket that uses one id twice at once with 4409', async () => {
  const { executionId } = await flow(running.app).start();
  const socket = await openSocket(running.app.url);
  for (const _ of [1, 2]) socket.subscribe('same', STREAM, { variables: { executionId } });
  expect((await socket.closed).code).toBe(4409);
});

test('closes a socket that sends what is no message of the protocol with 4400', async () => {
  const socket = await openSocket(running.app.url);
  socket.socket.send('no message');
  expect((await socket.closed).code).toBe(4400);
});

test('closes a socket that sends bytes that are no message with 4400', async () => {
  const socket = await openSocket(running.app.url);
  socket.socket.send(Buffer.from([0, 255, 1]));
  expect((await socket.closed).code).toBe(4400);
});

test('closes a socket that does not speak graphql-transport-ws with 4406', async () => {
  const socket = new WebSocket(`${running.app.url.replace(/^http/, 'ws')}/graphql`);
  const code = await new Promise((resolve) => socket.once('close', resolve));
  expect(code).toBe(4406);
});
