import { connect } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { until } from '../support/until.js';
import { useServers } from './servers.js';

const startServer = useServers();
const opened: { destroy(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.destroy();
});

const BODY = '{"query":"{ viewer { id } }"}';
const POST = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

function open(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  opened.push(socket);
  const startedMs = performance.now();
  let got = '';
  let closedMs: number | null = null;
  socket.on('data', (data) => (got += String(data)));
  socket.on('error', () => {});
  socket.on('close', () => (closedMs = performance.now() - startedMs));
  const answers = () => got.match(/HTTP\/1\.1 200 /g)?.length ?? 0;
  return {
    ask: async (nth: number) => {
      socket.write(POST);
      await until(`answer ${nth} is there`, () => answers() >= nth || closedMs !== null);
      return answers();
    },
    write: (text: string) => socket.write(text),
    get got() {
      return got;
    },
    get closedMs() {
      return closedMs;
    },
  };
}

test('keeps a connection between requests, and one opened ahead, longer than the longest usual balancer', async () => {
  const { url } = await startServer();
  const { headers } = await fetch(`${url}/health/live`);
  expect(headers.get('keep-alive')).toBe('timeout=620');
});

test('keeps a connection opened ahead past the time for headers, and answers on it, then and again', async () => {
  const { url } = await startServer({
    limits: { headersSeconds: 1, requestSeconds: 1, keepAliveSeconds: 60 },
  });
  const [ahead, late] = [open(url), open(url)];
  late.write('POST /graphql HTTP/1.1\r\nHo');
  await until('who began to ask is refused', () => late.closedMs !== null);
  expect(late.got).toMatch(/^HTTP\/1\.1 408 /);
  expect([ahead.got, ahead.closedMs]).toEqual(['', null]);
  expect(await ahead.ask(1)).toBe(1);
  expect(await ahead.ask(2)).toBe(2);
});

test('closes idle connections when their time is over, without a word', async () => {
  const { url } = await startServer({ limits: { keepAliveSeconds: 1 } });
  const [silent, idle] = [open(url), open(url)];
  await idle.ask(1);
  await until('both are closed', () => silent.closedMs !== null && idle.closedMs !== null);
  expect(silent.got).toBe('');
  expect(idle.got.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  expect(silent.closedMs).toBeGreaterThan(950);
});

test('stops in time though a connection opened ahead has sent nothing', async () => {
  const { url, app } = await startServer();
  const ahead = open(url);
  await fetch(`${url}/health/live`);
  const startedMs = performance.now();
  await app.stop();
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  await until('it is closed', () => ahead.closedMs !== null);
});
