import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { createClient } from '../support/client.js';
import { type SubPath, startSubPath } from '../support/subPath.js';

const VIEWER = '{ viewer { id } }';
const LOCAL = { viewer: { id: '00000000000000000000face' } };
const { name } = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'pages-'));
let app: RunningApp;
let proxy: SubPath;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  for (const page of ['index', 'room', 'agents', 'playground'])
    writeFileSync(join(folder, `${page}.html`), `<title>${page}</title>`);
  app = await startTestApp(name, { pagesFolder: folder });
  proxy = await startSubPath(app.url);
});
afterAll(async () => {
  await proxy.stop();
  await app.stop();
  rmSync(folder, { recursive: true });
});

const places: [name: string, urlOf: () => string][] = [
  ['at the root', () => app.url],
  ['below a path', () => proxy.url],
];

test.each(places)('answers at /graphql/ as at /graphql, %s', async (_, urlOf) => {
  for (const path of ['/graphql', '/graphql/']) {
    const address = `${urlOf()}${path}`;
    const posted = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: VIEWER }),
    });
    const got = await fetch(`${address}?query=${VIEWER}`, { headers: { accept: 'application/json' } });
    expect([await posted.json(), await got.json()]).toEqual([{ data: LOCAL }, { data: LOCAL }]);
    const socket = new WebSocket(address.replace(/^http/, 'ws'), 'graphql-transport-ws');
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.terminate();
  }
});

test('streams and answers below a path as at the root', async () => {
  const client = createClient(proxy.url);
  expect([await client.data(VIEWER), (await client.sendOverSocket(VIEWER)).data]).toEqual([LOCAL, LOCAL]);
  await client.close();
});

test.each(['/', '/graphql/x', '/graphqlx', '/health/live'])('takes no socket at %s', async (path) => {
  const socket = new WebSocket(`${app.url.replace(/^http/, 'ws')}${path}`, 'graphql-transport-ws');
  const status = await new Promise((resolve) => {
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.once('error', () => {});
  });
  socket.terminate();
  expect(status).toBe(404);
});

test.each(places)('leads from an address with a slash at its end to the page, %s', async (_, urlOf) => {
  const url = urlOf();
  for (const [asked, page, at] of [
    ['/playground/?query={a}', 'playground', '/playground?query={a}'],
    ['/room/0123456789abcdef01234567/', 'room', '/room/0123456789abcdef01234567'],
    ['/agents/0123456789abcdef01234567/', 'agents', '/agents/0123456789abcdef01234567'],
  ]) {
    const response = await fetch(`${url}${asked}`);
    expect([await response.text(), response.url]).toEqual([`<title>${page}</title>`, `${url}${at}`]);
  }
});

test('works below a path that a proxy takes away without its slash', async () => {
  const carelessUrl = `${app.url}/`;
  for (const [path, page] of [
    ['/', 'index'],
    ['/playground', 'playground'],
    ['/room/0123456789abcdef01234567', 'room'],
  ]) {
    expect(await (await fetch(`${carelessUrl}${path}`)).text()).toBe(`<title>${page}</title>`);
  }
  const client = createClient(carelessUrl);
  expect([await client.data(VIEWER), (await client.sendOverSocket(VIEWER)).data]).toEqual([LOCAL, LOCAL]);
  await client.close();
});

test('answers an operator who asks with a slash at the end', async () => {
  for (const path of ['/health/live/', '/health/ready/', '/metrics/']) {
    expect((await fetch(`${app.url}${path}`)).status).toBe(200);
  }
});

test.each(places)('leads a browser from the API to the playground, %s', async (_, urlOf) => {
  const url = urlOf();
  for (const path of ['/graphql', '/graphql/']) {
    const headers = { accept: 'text/html,*/*;q=0.8' };
    const response = await fetch(`${url}${path}?query=${VIEWER}&token=abc`, { headers });
    expect(await response.text()).toBe('<title>playground</title>');
    expect(response.url).toBe(`${url}/playground?${new URLSearchParams({ query: VIEWER })}`);
  }
});
