import { request } from 'node:http';
import { expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { id, useApp } from '../support/app.js';
import { AUTH, mint } from '../support/tokens.js';

const running = useApp({ auth: AUTH, allowedOrigins: ['https://pages.example.com'] });

type Headers = Record<string, string>;
type Answer = { status: number; message: string | undefined };

/** A question as a proxy passes it on. */
async function post(headers: Headers): Promise<Answer> {
  const authorization = `Bearer ${await mint({ sub: id() })}`;
  return new Promise((resolve, reject) => {
    const all = { authorization, 'content-type': 'application/json', ...headers };
    const sent = request(`${running.app.url}/graphql`, { method: 'POST', headers: all }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, message: JSON.parse(text).errors?.[0].message });
    });
    sent.once('error', reject);
    sent.end('{"query":"{ viewer { id } }"}');
  });
}

/** An upgrade as a proxy passes it on: 101, or the status and the text it is refused with. */
async function upgrade(headers: Headers): Promise<Answer> {
  const address = `${running.app.url.replace(/^http/, 'ws')}/graphql`;
  const socket = new WebSocket(address, 'graphql-transport-ws', { headers });
  const answer = await new Promise<Answer>((resolve) => {
    socket.once('upgrade', () => resolve({ status: 101, message: undefined }));
    socket.once('unexpected-response', async (_, response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, message: text });
    });
    socket.once('error', () => {});
  });
  socket.terminate();
  return answer;
}

test.each<[name: string, origin: string, host: string]>([
  ['passes the name on', 'https://app.example.com', 'app.example.com'],
  ['adds the port of https', 'https://app.example.com', 'app.example.com:443'],
  ['adds the port of http', 'http://app.example.com', 'app.example.com:80'],
  ['passes a port of its own on', 'https://app.example.com:8443', 'app.example.com:8443'],
  ['writes the name in capitals', 'https://app.example.com', 'App.Example.COM:443'],
  ['is reached at an address', 'https://[2001:db8::1]', '[2001:db8::1]:443'],
  ['passes no name on, and the origin is allowed', 'https://pages.example.com', '127.0.0.1:4000'],
])('lets pages of its own in behind a proxy that %s', async (_, origin, host) => {
  expect(await post({ origin, host })).toEqual({ status: 200, message: undefined });
  expect((await upgrade({ origin, host })).status).toBe(101);
});

test.each<[name: string, headers: Headers & { origin: string; host: string }]>([
  ['another name', { origin: 'https://app.example.com', host: '127.0.0.1:4000' }],
  [
    'its name only as X-Forwarded-Host, which anyone could send',
    { origin: 'https://app.example.com', host: '127.0.0.1:4000', 'x-forwarded-host': 'app.example.com' },
  ],
  ['its name without its port', { origin: 'https://app.example.com:8443', host: 'app.example.com' }],
  ['the port of the other scheme', { origin: 'https://app.example.com', host: 'app.example.com:80' }],
])('behind a proxy that passes on %s it says which setting lets its pages in', async (_, headers) => {
  const refusals = [await post(headers), await upgrade(headers)];
  for (const { status, message } of refusals) {
    expect([status, message]).toEqual([
      403,
      `Expected \`Origin\` to be this server’s, by \`Host\` "${headers.host}", or one of ALLOWED_ORIGINS, got "${headers.origin}". To let its pages in, set ALLOWED_ORIGINS=${headers.origin} or, behind a proxy, pass \`Host\` on.`,
    ]);
  }
});

test.each(['null', 'file://', 'https://a.example/path', 'https://app.example.com@evil.example', 'https://'])(
  'offers no setting for %s, which is the origin of no page of the web',
  async (origin) => {
    for (const { status, message } of [await post({ origin }), await upgrade({ origin })]) {
      expect(status).toBe(403);
      expect(message).not.toContain('ALLOWED_ORIGINS');
    }
  },
);
