import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { id, type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { AUTH, mint } from '../support/tokens.js';

const ALLOWED = 'https://app.example.com';
const { name } = testDatabase();
let local: RunningApp;
let guarded: RunningApp;
let authorization: string;

beforeAll(async () => {
  local = await startTestApp(name);
  guarded = await startTestApp(name, { auth: AUTH, allowedOrigins: [ALLOWED] });
  authorization = `Bearer ${await mint({ sub: id() })}`;
});
afterAll(async () => {
  await local.stop();
  await guarded.stop();
});

type Headers = Record<string, string>;

/** Not `fetch`, which keeps headers such as `Host` and `Origin` to itself. */
function send(url: string, headers: Headers = {}, method = 'POST', path = '/graphql') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: any }>((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: text === '' ? null : JSON.parse(text),
      });
    });
    sent.once('error', reject);
    sent.end(method === 'POST' ? JSON.stringify({ query: '{ viewer { id } }' }) : undefined);
  });
}

/** How an upgrade is answered: 101, or the status it is refused with. */
async function upgrade(url: string, headers: Headers, path = '/graphql'): Promise<number> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, 'graphql-transport-ws', { headers });
  const status = await new Promise<number>((resolve) => {
    socket.once('upgrade', () => resolve(101));
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.once('error', () => {});
  });
  socket.terminate();
  return status;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const QUERY = `/graphql?query=${encodeURIComponent('{ viewer { id } }')}`;
const hostOf = (url: string): string => new URL(url).host;

describe.each([
  ['in local mode', () => ({ url: local.url, more: {} as Headers })],
  ['with tokens', () => ({ url: guarded.url, more: { authorization } as Headers })],
])('%s', (_, place) => {
  test('answers a page of its own origin, and whoever says no origin', async () => {
    const { url, more } = place();
    const own: Headers[] = [{}, { origin: `http://${hostOf(url)}` }, { 'sec-fetch-site': 'same-origin' }];
    for (const headers of own) {
      expect((await send(url, { ...JSON_TYPE, ...more, ...headers })).status).toBe(200);
      expect(await upgrade(url, headers)).toBe(101);
    }
  });

  test.each<[string, Headers]>([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a file or a sandbox', { origin: 'null' }],
    ['another site, by what browsers say of a request without an origin', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses a page of %s with 403, over HTTP and at the upgrade to a WebSocket', async (_, headers) => {
    const { url, more } = place();
    const answer = await send(url, { ...JSON_TYPE, ...more, ...headers });
    expect([answer.status, answer.body.errors[0].extensions, answer.body.data]).toEqual([
      403,
      { code: 'FORBIDDEN' },
      undefined,
    ]);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(await upgrade(url, headers)).toBe(403);
    const preflight = await send(url, { ...headers, 'access-control-request-method': 'POST' }, 'OPTIONS');
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  });

  test('tells browsers to take nothing it answers for a page, a script or a frame', async () => {
    const { url, more } = place();
    for (const path of ['/graphql', '/health/live', '/nothing']) {
      const { headers } = await send(url, { ...JSON_TYPE, ...more }, 'POST', path);
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'; frame-ancestors 'none'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
  });

  test.each<[string, Headers, number]>([
    ['nothing to tell it from a link', {}, 400],
    ['what an image sends', { accept: 'image/avif,image/webp,*/*' }, 400],
    ['the media type of GraphQL', { accept: 'application/graphql-response+json' }, 200],
    ['a header that a page must ask leave for', { 'apollo-require-preflight': '1' }, 200],
  ])('answers a GET with %s rightly', async (_, headers, local_) => {
    const { url, more } = place();
    // A token is not sent by a browser on its own account.
    const expected = 'authorization' in more ? 200 : local_;
    expect((await send(url, { ...more, ...headers }, 'GET', QUERY)).status).toBe(expected);
  });
});

test('answers to loopback names only in local mode, so that no page can rebind its name to it', async () => {
  const port = new URL(local.url).port;
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'LOCALHOST']) {
    expect((await send(local.url, { ...JSON_TYPE, host })).status).toBe(200);
    expect(await upgrade(local.url, { host })).toBe(101);
  }
  for (const host of [`evil.example:${port}`, 'localhost.evil.example', `127.0.0.1.evil.example:${port}`]) {
    for (const path of ['/graphql', '/health/live', '/metrics']) {
      const { status, body } = await send(local.url, { ...JSON_TYPE, host }, 'POST', path);
      expect([host, path, status]).toEqual([host, path, 403]);
      expect(body.error).toBe(
        `Expected \`Host\` to be localhost, 127.0.0.1 or [::1], got ${JSON.stringify(host)}. To be reached by ` +
          'another name, set AUTH_JWT_SECRET or AUTH_JWKS_URL; every request then needs a token.',
      );
    }
    expect(await upgrade(local.url, { host })).toBe(403);
  }
});

test('answers to any name with tokens, behind a proxy for instance', async () => {
  const headers = { ...JSON_TYPE, authorization, host: 'api.example.com' };
  expect((await send(guarded.url, headers)).status).toBe(200);
  expect((await send(guarded.url, { ...headers, origin: 'https://api.example.com' })).status).toBe(200);
});

test('lets pages of an allowed origin in, and tells their browsers so', async () => {
  const preflight = await send(
    guarded.url,
    { origin: ALLOWED, 'access-control-request-method': 'POST' },
    'OPTIONS',
  );
  expect([preflight.status, preflight.headers]).toMatchObject([
    204,
    {
      'access-control-allow-origin': ALLOWED,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, apollo-require-preflight',
      vary: 'Origin',
    },
  ]);
  const asked = { ...JSON_TYPE, authorization, origin: ALLOWED, 'sec-fetch-site': 'cross-site' };
  const answer = await send(guarded.url, asked);
  expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, ALLOWED]);
  expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  expect(await upgrade(guarded.url, { origin: ALLOWED })).toBe(101);
});

test('refuses a mutation by GET, whoever sends it', async () => {
  const query = `/graphql?query=${encodeURIComponent('mutation { closeVoting(input: {executionId: "x"}) { userErrors { code } } }')}`;
  const answer = await send(guarded.url, { authorization }, 'GET', query);
  expect([answer.status, answer.headers['allow'], answer.body.data]).toEqual([405, 'POST', undefined]);
});
