import { expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { id, useApp } from '../support/app.js';
import { createClient } from '../support/client.js';
import { AUTH, mint, SECRET, secondsFromNow } from '../support/tokens.js';
import { useRawSockets } from '../transport/rawSocket.js';

const VIEWER = '{ viewer { id grants scopes agentName expiresAt } }';
const running = useApp({ auth: { ...AUTH, issuer: 'https://issuer.example', audience: 'swarm' } });
const openSocket = useRawSockets();
const user = id();
const right = { sub: user, iss: 'https://issuer.example', aud: 'swarm' };

const post = (authorization?: string) =>
  fetch(`${running.app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    body: JSON.stringify({ query: VIEWER }),
  });

async function refusalOverHttp(authorization?: string): Promise<string> {
  const response = await post(authorization);
  const { data, errors } = (await response.json()) as any;
  expect([response.status, response.headers.get('www-authenticate'), data]).toEqual([
    401,
    'Bearer',
    undefined,
  ]);
  expect(errors).toEqual([{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }]);
  return errors[0].message;
}

async function refusalOverSocket(authorization?: string): Promise<string> {
  const socket = new WebSocket(`${running.app.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const closed = new Promise<[number, string]>((resolve) =>
    socket.on('close', (code, reason) => resolve([code, String(reason)])),
  );
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(
    JSON.stringify({
      type: 'connection_init',
      ...(authorization !== undefined && { payload: { authorization } }),
    }),
  );
  const [code, reason] = await closed;
  expect(code).toBe(4401);
  return reason;
}

const unsigned = (header: object, claims: object): string =>
  `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

const bearer = async (token: string | Promise<string>): Promise<string> => `Bearer ${await token}`;

const NOT_OURS = 'Expected a token signed for this server, got one that is not.';

const REFUSED: [name: string, authorization: () => Promise<string> | string | undefined, refusal: string][] =
  [
    [
      'another scheme',
      () => 'Basic dXNlcjpwYXNz',
      'Expected `authorization` to be `Bearer` and a token, got something else.',
    ],
    ['no JWT', () => bearer('nonsense'), NOT_OURS],
    ['another secret', () => bearer(mint(right, { secret: `${SECRET}!` })), NOT_OURS],
    ['another HMAC', () => bearer(mint(right, { alg: 'HS512' })), NOT_OURS],
    [
      'algorithm none',
      () => bearer(unsigned({ alg: 'none' }, { ...right, exp: secondsFromNow(60) })),
      NOT_OURS,
    ],
    [
      'a changed payload',
      async () => {
        const [header, , signature] = (await mint(right)).split('.');
        const payload = Buffer.from(JSON.stringify({ ...right, exp: secondsFromNow(9_999) })).toString(
          'base64url',
        );
        return `Bearer ${header}.${payload}.${signature}`;
      },
      NOT_OURS,
    ],
    [
      'a token that expired a minute ago',
      () => bearer(mint({ ...right, exp: secondsFromNow(-60) })),
      'Expected a token that is valid now, got one that has expired.',
    ],
    [
      'a token that is valid in a minute',
      () => bearer(mint({ ...right, nbf: secondsFromNow(60) })),
      'Expected a token that is valid now, got one that is not valid yet.',
    ],
    [
      'a token without end',
      () => bearer(mint({ ...right, exp: undefined })),
      'Expected a token with `exp`, got one without.',
    ],
    [
      'a token whose end is a text',
      () => bearer(mint({ ...right, exp: '2030-01-01T00:00:00Z' as never })),
      'Expected the token’s `exp` to be a time in seconds, got something else.',
    ],
    [
      'a token without a user',
      () => bearer(mint({ ...right, sub: undefined as never })),
      'Expected a token with `sub`, got one without.',
    ],
    [
      'a user of no characters',
      () => bearer(mint({ ...right, sub: '' })),
      'Expected the token’s `sub` to be text of 1 to 255 characters.',
    ],
    [
      'a user of 256 characters',
      () => bearer(mint({ ...right, sub: 'x'.repeat(256) })),
      'Expected the token’s `sub` to be text of 1 to 255 characters.',
    ],
    [
      'a user of half a character',
      () => bearer(mint({ ...right, sub: '\ud800' })),
      'Expected the token’s `sub` to be text of 1 to 255 characters.',
    ],
    [
      'a user whose number may have been another',
      () => bearer(mint({ ...right, sub: (2 ** 53) as never })),
      'Expected the token’s `sub` to be text of 1 to 255 characters.',
    ],
    [
      'another issuer',
      () => bearer(mint({ ...right, iss: 'https://other.example' })),
      'Expected a token whose `iss` is this server’s, got another.',
    ],
    [
      'no issuer',
      () => bearer(mint({ ...right, iss: undefined })),
      'Expected a token with `iss`, got one without.',
    ],
    [
      'another audience',
      () => bearer(mint({ ...right, aud: 'other' })),
      'Expected a token whose `aud` is this server’s, got another.',
    ],
    [
      'an agent of no agent’s name',
      () => bearer(mint({ ...right, agent: 'swarm' })),
      'Expected the token’s `agent` to be the name of an agent.',
    ],
  ];

test.each(REFUSED)(
  'refuses %s over HTTP and WebSocket, with the same reason',
  async (_, authorization, refusal) => {
    expect(await refusalOverHttp(await authorization())).toBe(refusal);
    expect(await refusalOverSocket(await authorization())).toBe(refusal);
    expect(Buffer.byteLength(refusal)).toBeLessThanOrEqual(123);
  },
);

test.each([
  ['an issuer, an audience and a user that are right', {}],
  ['an audience among others', { aud: ['other', 'swarm'] }],
  ['a start half a minute ahead, as clocks differ', { nbf: secondsFromNow(25) }],
  ['scopes it does not know', { scope: 'read fly write' }],
])('takes a token with %s over HTTP and WebSocket', async (_, claims) => {
  const exp = secondsFromNow(600);
  const client = createClient(running.app.url, await mint({ ...right, exp, ...claims }));
  const viewer = {
    id: user,
    grants: ['READ', 'WRITE'],
    scopes: ['read', 'write'],
    agentName: null,
    expiresAt: new Date(exp * 1_000).toISOString(),
  };
  const { data } = await client.sendOverSocket(VIEWER);
  await client.close();
  expect([await client.data(VIEWER), data]).toEqual([{ viewer }, { viewer }]);
});

test('says where a token goes when there is none', async () => {
  expect(await refusalOverHttp()).toBe('Expected a token as `authorization: Bearer …`, got none.');
  expect(await refusalOverSocket()).toBe(
    'Expected a token as `connectionParams.authorization: Bearer …`, got none.',
  );
});

test('says who a token is, what it may do and for which agent', async () => {
  const token = await mint({ ...right, sub: user.toUpperCase(), scope: 'admin read', agent: 'bull' });
  const { viewer } = await createClient(running.app.url, token).data(VIEWER);
  expect(viewer).toMatchObject({
    id: user,
    agentName: 'bull',
    scopes: ['read', 'admin'],
    grants: ['READ', 'ADMIN'],
  });
});

test('takes a token over HTTP that ended half a minute ago, as clocks differ, and not over a socket', async () => {
  const token = await mint({ ...right, exp: secondsFromNow(-5) });
  expect((await post(`Bearer ${token}`)).status).toBe(200);
  expect(await refusalOverSocket(`Bearer ${token}`)).toBe(
    'The token has expired; connect again with a new one.',
  );
});

test.each(['token', 'access_token', 'authorization', 'Authorization'])(
  'refuses a token in the URL as `%s`, where it would be logged',
  async (name) => {
    const token = await mint(right);
    const query = `query=${encodeURIComponent(VIEWER)}&${name}=${token}`;
    const response = await fetch(`${running.app.url}/graphql?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as any;
    expect(errors[0].message).toBe(
      `Expected no token in a URL, got \`${name}\`: send it as \`authorization: Bearer …\`.`,
    );
    const socket = new WebSocket(
      `${running.app.url.replace(/^http/, 'ws')}/graphql?${name}=${token}`,
      'graphql-transport-ws',
    );
    const status = await new Promise((resolve) => {
      socket.once('unexpected-response', (_request, upgrade) => resolve(upgrade.statusCode));
      socket.once('error', () => {});
    });
    socket.terminate();
    expect(status).toBe(400);
  },
);

test('closes a socket at its token’s end, not before, and tells it nothing after', async () => {
  const exp = secondsFromNow(2);
  const socket = await openSocket(running.app.url, await mint({ ...right, exp }));
  const { code, reason } = await socket.closed;
  const lateMs = Date.now() - exp * 1_000;
  expect([code, reason]).toEqual([4403, 'The token has expired; connect again with a new one.']);
  expect(lateMs).toBeGreaterThanOrEqual(0);
});
