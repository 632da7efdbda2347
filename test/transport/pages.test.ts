import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningApp, startTestApp, testDatabase } from '../support/app.js';

const { name } = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'pages-'));
let app: RunningApp;

const PAGES = ['index', 'room', 'nodes', 'agents', 'playground'];
const SCRIPT = 'console.log("a script");'.repeat(20);

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  for (const page of PAGES) writeFileSync(join(folder, `${page}.html`), `<title>${page}</title>`);
  writeFileSync(join(folder, 'assets', 'a-1b2c.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'a-1b2c.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, 'assets', 'a-1b2c.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(folder, '.made-of'), 'secret');
  app = await startTestApp(name, { pagesFolder: folder });
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${path}`, { headers, redirect: 'manual' });

/** As it is written, where `fetch` would tidy the path up first. */
const statusOf = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(app.url);
    request({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

test.each([
  ['/', 'index'],
  ['/?status=VOTING', 'index'],
  ['/room/0123456789abcdef01234567', 'room'],
  ['/agents', 'nodes'],
  ['/agents/0123456789abcdef01234567', 'agents'],
  ['/playground?query={viewer{id}}', 'playground'],
])('serves %s, asked for anew each time and under a strict policy', async (path, page) => {
  const response = await get(path);
  expect(await response.text()).toBe(`<title>${page}</title>`);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-cache');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy.includes("'unsafe-inline'")).toBe(page === 'playground');
  expect(policy.includes('trusted-types')).toBe(page !== 'playground');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const etag = response.headers.get('etag') ?? '';
  const again = await get(path, { 'if-none-match': etag, 'cache-control': 'max-age=0' });
  expect(again.status).toBe(304);
});

test.each([
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['identity', null],
])('serves an asset to who accepts %s as %s, to be kept for good', async (accepted, encoding) => {
  const response = await get('/assets/a-1b2c.js', { 'accept-encoding': accepted });
  expect(response.headers.get('content-encoding')).toBe(encoding);
  expect(await response.text()).toBe(SCRIPT);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(response.headers.get('vary')).toBe('Accept-Encoding');
});

test('serves nothing but pages and assets', async () => {
  const paths = [
    '/assets/nothing.js',
    '/assets/',
    '/assets/../index.html',
    '/assets/..%2f.made-of',
    '/assets/..%2findex.html',
    '/.made-of',
    '/index.html',
    '/room/',
    '/room/a/b',
  ];
  const statuses = await Promise.all(paths.map(async (path) => [path, await statusOf(path)]));
  expect(statuses).toEqual(paths.map((path) => [path, 404]));
});

test('a page is read, never written to', async () => {
  const response = await fetch(app.url, { method: 'POST', body: 'x' });
  expect([response.status, response.headers.get('allow'), await response.json()]).toEqual([
    405,
    'GET, HEAD',
    { error: 'Expected GET or HEAD of a page, got POST.' },
  ]);
});

test('a browser that opens the address of the API is led to the playground, with what it asked and no token', async () => {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
  const response = await get('/graphql?query={viewer{id}}&variables={"n":1}&token=abc', { accept });
  const asked = new URLSearchParams({ query: '{viewer{id}}', variables: '{"n":1}' });
  expect([response.status, response.headers.get('location')]).toEqual([303, `playground?${asked}`]);
  const program = await get('/graphql?query={viewer{id}}', { accept: 'application/json' });
  expect(await program.json()).toEqual({ data: { viewer: { id: '00000000000000000000face' } } });
});

test('outlives pages that are removed or built anew while it runs', async () => {
  const one = await startTestApp(name, { pagesFolder: folder });
  try {
    writeFileSync(join(folder, 'room.html'), '<title>a longer title than before</title>');
    expect(await (await fetch(`${one.url}/room/x`)).text()).toBe('<title>a longer title than before</title>');
    rmSync(join(folder, 'room.html'));
    expect((await fetch(`${one.url}/room/x`)).status).toBe(404);
    expect(await one.data('{ viewer { id } }')).toEqual({ viewer: { id: '00000000000000000000face' } });
  } finally {
    writeFileSync(join(folder, 'room.html'), '<title>room</title>');
    await one.stop();
  }
});

test('without a playground the others are served, and the API refuses what no program asks', async () => {
  const one = await startTestApp(name, { pagesFolder: folder, hasPlayground: false });
  try {
    const statusAt = async (path: string) =>
      (await fetch(`${one.url}${path}`, { headers: { accept: 'text/html' } })).status;
    expect(await Promise.all(['/', '/playground', '/graphql?query={viewer{id}}'].map(statusAt))).toEqual([
      200, 404, 400,
    ]);
  } finally {
    await one.stop();
  }
});
