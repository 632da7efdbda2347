import { expect, test } from '@jest/globals';
import { until } from '../support/until.js';
import { ADD, flow, messageInput } from '../support/scenario.js';
import { useRawSockets } from './rawSocket.js';
import { type Server, useServers, withConversations } from './servers.js';

const startServer = useServers();
const openSocket = useRawSockets();
const STREAM = 'subscription S($executionId: ID!) { messageAdded(executionId: $executionId) { seq } }';

/** A server on which a message is stored only when the test says so. */
async function startHeldUp() {
  const held = { waiting: 0, letGo: () => {} };
  const gate = new Promise<void>((resolve) => (held.letGo = resolve));
  const server = await startServer({
    wrapPorts: withConversations((real) => ({
      async append(...args) {
        held.waiting++;
        await gate;
        return real.append(...args);
      },
    })),
  });
  const { executionId } = await flow({ ...server, stop: async () => {} }).start();
  return { server, held, executionId };
}

async function stopTime({ app }: Server): Promise<number> {
  const startedAt = performance.now();
  await app.stop();
  return performance.now() - startedAt;
}

test('answers what is in flight over HTTP and sockets, then closes sockets with 1001', async () => {
  const { server, held, executionId } = await startHeldUp();
  const socket = await openSocket(server.url);
  socket.subscribe('stream', STREAM, { variables: { executionId } });
  const variables = { input: messageInput(executionId) };
  socket.subscribe('slow', ADD, { variables });
  const overHttp = server.send(ADD, variables);
  await until('both are under way', () => held.waiting === 2);

  const stopped = stopTime(server);
  await until('nothing new is taken', () =>
    fetch(`${server.url}/health/live`).then(
      () => false,
      () => true,
    ),
  );
  held.letGo();
  const { status, data } = await overHttp;
  expect({ status, errors: data.addMessage.userErrors }).toEqual({ status: 200, errors: [] });
  const [answer] = await socket.framesOf('slow', 1);
  expect(answer?.payload.data.addMessage.userErrors).toEqual([]);
  expect([data.addMessage.message.seq, answer?.payload.data.addMessage.message.seq].sort()).toEqual([1, 2]);
  expect((await socket.closed).code).toBe(1001);
  expect(await stopped).toBeLessThan(5_000);
  await expect(openSocket(server.url)).rejects.toThrow('ECONNREFUSED');
});

test('takes no operation on a socket that is still open while it stops', async () => {
  const { server, held, executionId } = await startHeldUp();
  const socket = await openSocket(server.url);
  socket.subscribe('slow', ADD, { variables: { input: messageInput(executionId) } });
  await until('it is under way', () => held.waiting === 1);
  const stopped = stopTime(server);
  socket.subscribe('new', '{ viewer { id } }');
  const [refused] = await socket.framesOf('new', 1);
  expect(refused).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'UNAVAILABLE' } }] });
  held.letGo();
  expect((await socket.framesOf('slow', 1))[0]?.type).toBe('next');
  expect(await stopped).toBeLessThan(5_000);
});

test('stops within 5 s though what is in flight never ends, and says UNAVAILABLE over HTTP and sockets', async () => {
  const { server, held, executionId } = await startHeldUp();
  const socket = await openSocket(server.url);
  const variables = { input: messageInput(executionId) };
  socket.subscribe('stuck', ADD, { variables });
  const overHttp = server.send(ADD, variables);
  await until('both are under way', () => held.waiting === 2);
  expect(await stopTime(server)).toBeLessThan(5_000);
  const [overSocket] = await socket.framesOf('stuck', 1);
  for (const { errors } of [await overHttp, overSocket?.payload]) {
    expect(errors[0].extensions).toEqual({ code: 'UNAVAILABLE' });
  }
  expect((await socket.closed).code).toBe(1001);
  held.letGo();
});

test('stops within 5 s though a client does not read its socket any more', async () => {
  const { server } = await startHeldUp();
  const { socket } = await openSocket(server.url);
  socket.pause();
  expect(await stopTime(server)).toBeLessThan(5_000);
});

test('stops in time when nothing is in flight, also with idle connections and streams open', async () => {
  const { server, executionId } = await startHeldUp();
  const socket = await openSocket(server.url);
  socket.subscribe('stream', STREAM, { variables: { executionId } });
  await server.data('{ viewer { id } }');
  expect(await stopTime(server)).toBeLessThan(5_000);
  expect((await socket.closed).code).toBe(1001);
});
