import { expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { id, useApp } from '../support/app.js';
import { until } from '../support/until.js';
import { AUTH, mint } from '../support/tokens.js';
import { useProtocolSockets } from './protocolSocket.js';

const running = useApp({ auth: AUTH });
const { connect } = useProtocolSockets(running);
const user = id();
const VIEWER = { type: 'subscribe', id: '1', payload: { query: '{ viewer { id } }' } };

/** Who a socket is taken for by what it says; what it is closed with, where it is not let in. */
async function said(params: object | undefined, headers: Record<string, string> = {}) {
  const { socket, send, frames, answers, closed } = await connect({ headers });
  send({ type: 'connection_init', ...(params && { payload: params }) });
  const isClosed = () => socket.readyState === socket.CLOSED;
  await until('it is answered', () => frames.length > 0 || isClosed());
  if (frames.length === 0) return closed;
  send(VIEWER);
  await until('it is told', () => answers().length > 0);
  return answers()[0]?.payload.data.viewer.id as string;
}

const mine = async () => `Bearer ${await mint({ sub: user })}`;

test.each<[name: string, params: (token: string) => object | undefined, headers?: (token: string) => object]>(
  [
    ['authorization', (authorization) => ({ authorization })],
    ['Authorization', (Authorization) => ({ Authorization })],
    ['AUTHORIZATION', (AUTHORIZATION) => ({ AUTHORIZATION })],
    ['headers.authorization', (authorization) => ({ headers: { authorization } })],
    ['headers.Authorization', (Authorization) => ({ headers: { Authorization } })],
    ['Headers.Authorization, beside others', (Authorization) => ({ Headers: { 'x-a': '1', Authorization } })],
    ['several that are the same', (token) => ({ authorization: token, headers: { Authorization: token } })],
    ['a bearer in lower case', (token) => ({ authorization: token.replace('Bearer', 'bearer') })],
    ['the header of the upgrade', () => undefined, (authorization) => ({ authorization })],
    [
      'the header of the upgrade, beside params of other things',
      () => ({ a: 1 }),
      (authorization) => ({ authorization }),
    ],
    [
      'the header of the upgrade, beside an empty one',
      () => ({ authorization: '' }),
      (authorization) => ({ authorization }),
    ],
    [
      'params, before the header of the upgrade',
      (authorization) => ({ authorization }),
      () => ({ authorization: 'Basic eDp5' }),
    ],
  ],
)('takes a token of a socket from %s', async (_, params, headers = () => ({})) => {
  const token = await mine();
  expect(await said(params(token), headers(token) as Record<string, string>)).toBe(user);
});

test.each(['authToken', 'token', 'accessToken', 'access_token', 'jwt', 'x-auth-token', 'bearer', 'auth'])(
  'refuses a token as `%s`, and names the place where it goes',
  async (name) => {
    const reason = `Expected a token as \`connectionParams.authorization: Bearer …\`, got \`${name}\`.`;
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
    expect(await said({ [name]: await mine() })).toEqual([4401, reason]);
  },
);

test('refuses two tokens that differ', async () => {
  const other = `Bearer ${await mint({ sub: id() })}`;
  expect(await said({ authorization: await mine(), headers: { Authorization: other } })).toEqual([
    4401,
    'Expected one token as `connectionParams.authorization`, got several that differ.',
  ]);
});

test('tells a client with usual settings at once, and for good, that its token is not taken', async () => {
  let sockets = 0;
  const client = createClient({
    url: `${running.app.url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: 'Bearer nonsense' },
    on: { connecting: () => void sockets++ },
  });
  const ended = await new Promise<any>((resolve) => {
    client.subscribe({ query: '{ viewer { id } }' }, { next() {}, error: resolve, complete() {} });
  });
  await client.dispose();
  expect([ended.code, ended.reason, sockets]).toEqual([
    4401,
    'Expected a token signed for this server, got one that is not.',
    1,
  ]);
});
