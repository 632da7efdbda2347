import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { ADD, messageInput, START, startInput } from '../support/scenario.js';
import { createClient } from '../support/client.js';
import { AUTH, mint } from '../support/tokens.js';
import { useRawSockets } from '../transport/rawSocket.js';

const running = useApp({ auth: AUTH, limits: { subscriptions: 3 } });
const openSocket = useRawSockets();
const STREAM = 'subscription S($executionId: ID!) { messageAdded(executionId: $executionId) { seq } }';

async function openWithConversation() {
  const token = await mint({ sub: id() });
  const client = createClient(running.app.url, token);
  const input = startInput();
  await client.data(START, { input });
  const variables = { executionId: input.executionId };
  const say = () => client.data(ADD, { input: messageInput(input.executionId) });
  return { socket: await openSocket(running.app.url, token), variables, say };
}

test('counts subscriptions that are sent at once one by one, and queries not at all', async () => {
  const { socket, variables, say } = await openWithConversation();
  for (let n = 1; n <= 5; n++) socket.subscribe(`query ${n}`, '{ viewer { id } }');
  for (let n = 1; n <= 4; n++) socket.subscribe(`stream ${n}`, STREAM, { variables });
  const [refused] = await socket.framesOf('stream 4', 1);
  const message =
    'Expected at most 3 subscriptions at once on a socket (SOCKET_MAX_SUBSCRIPTIONS), got one more.';
  expect(refused).toEqual({
    type: 'error',
    id: 'stream 4',
    payload: [{ message, extensions: { code: 'RATE_LIMITED' } }],
  });
  for (let n = 1; n <= 5; n++) await socket.framesOf(`query ${n}`, 2);
  await say();
  for (let n = 1; n <= 3; n++) expect((await socket.framesOf(`stream ${n}`, 1))[0]?.type).toBe('next');
});

test('takes another subscription once one is complete', async () => {
  const { socket, variables, say } = await openWithConversation();
  for (let n = 1; n <= 3; n++) socket.subscribe(`stream ${n}`, STREAM, { variables });
  await say();
  for (let n = 1; n <= 3; n++) await socket.framesOf(`stream ${n}`, 1);
  socket.send({ type: 'complete', id: 'stream 2' });
  socket.subscribe('query', '{ viewer { id } }');
  await socket.framesOf('query', 2);
  socket.subscribe('stream 4', STREAM, { variables: { ...variables, afterSeq: 0 } });
  await say();
  expect((await socket.framesOf('stream 4', 1))[0]?.type).toBe('next');
});

test('closes with 4409 for an id in use, however long it is and whatever is wrong with the request', async () => {
  for (const [name, again] of [
    ['x'.repeat(500), { query: '{ viewer { id } }' }],
    ['short', '{"query":"{ a }","query":"{ b }"}'],
  ] as const) {
    const { socket, variables, say } = await openWithConversation();
    socket.subscribe(name, STREAM, { variables });
    await say();
    await socket.framesOf(name, 1);
    const payload = typeof again === 'string' ? again : JSON.stringify(again);
    socket.socket.send(`{"type":"subscribe","id":"${name}","payload":${payload}}`);
    const { code, reason } = await socket.closed;
    expect([code, reason]).toEqual([4409, `Subscriber for ${name} already exists`.slice(0, 120)]);
  }
});

test('ends an operation whose JSON says two things at once with an error, and nothing else', async () => {
  const { socket, variables, say } = await openWithConversation();
  socket.subscribe('good', STREAM, { variables });
  socket.socket.send('{"type":"subscribe","id":"bad","payload":{"query":"{ a }","query":"{ b }"}}');
  const [frame] = await socket.framesOf('bad', 1);
  const message = 'Expected each key once, got "query" twice at `query`.';
  expect(frame).toEqual({
    type: 'error',
    id: 'bad',
    payload: [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
  });
  await say();
  expect(await socket.framesOf('good', 1)).toHaveLength(1);
});
