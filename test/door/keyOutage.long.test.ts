import { expect, test } from '@jest/globals';
import { id } from '../support/app.js';
import { type Answer, keysOf, makePair, signedBy } from '../support/keyServer.js';
import { until } from '../support/until.js';
import { createKeptLog } from '../transport/servers.js';
import { AWAY, NOT_OURS, useKeyDoors } from './keyDoors.js';

const { startServer, keyServerOf, post, enter } = useKeyDoors();

test.each<[name: string, answer: Answer]>([
  ['answers 503', (_, response) => response.writeHead(503).end()],
  ['answers with a page', (_, response) => response.end('<html>')],
  ['answers with something else', (_, response) => response.end('{"keys":"none"}')],
  ['has no keys', (_, response) => response.end('{"keys":[]}')],
  ['sends elsewhere', (_, response) => response.writeHead(302, { location: '/keys' }).end()],
  ['hangs up', (request) => request.socket.destroy()],
  ['does not answer', () => {}],
])('says that it is away, and to come back, while the key server %s', async (_, answer) => {
  const pair = await makePair('one');
  const keyServer = await keyServerOf(pair);
  keyServer.answerBy(answer);
  const { url } = await startServer({ auth: keyServer.auth });
  const token = await signedBy(pair, { sub: id() });
  const startedMs = performance.now();
  const { status, headers, errors } = await post(url, token);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
  expect([status, headers.get('retry-after'), errors]).toEqual([
    503,
    '1',
    [{ message: AWAY, extensions: { code: 'UNAVAILABLE' } }],
  ]);
  expect(await enter(url, token)).toEqual([1013, AWAY]);
  // Whatever is the matter with keys, this is no token.
  expect((await post(url, 'nonsense')).status).toBe(401);
  keyServer.answerBy(keysOf(pair));
  await until('it is let in', async () => (await post(url, token)).status === 200, 5_000);
  expect(await enter(url, token)).toEqual([0, '']);
});

test('starts without its key server, and says once that it is away and once that it is back', async () => {
  const pair = await makePair('one');
  const keyServer = await keyServerOf(pair);
  await keyServer.stop();
  const { lines, log } = createKeptLog();
  const { url } = await startServer({ auth: keyServer.auth, log });
  const token = await signedBy(pair, { sub: id() });
  const said = (text: string) => lines.filter((line) => line.includes(text)).length;
  for (let i = 0; i < 3; i++) expect((await post(url, token)).status).toBe(503);
  await until('it was asked again', async () => {
    await post(url, token);
    return said('cannot be had') > 0;
  });
  await keyServer.listen();
  await until('it is let in', async () => (await post(url, token)).status === 200, 5_000);
  expect([said('the keys for tokens cannot be had'), said('can be had again')]).toEqual([1, 1]);
  expect(lines.join()).not.toContain(token.split('.')[2]);
});

test.each<[name: string, before: string | undefined, after: string | undefined]>([
  ['under a new name', 'one', 'two'],
  ['under its old name', 'one', 'one'],
  ['without a name', undefined, undefined],
])('takes a key that was changed %s at once', async (_, before, after) => {
  const [old, next] = [await makePair(before), await makePair(after)];
  const keyServer = await keyServerOf(old);
  const { url } = await startServer({ auth: keyServer.auth });
  expect((await post(url, await signedBy(old, { sub: id() }))).status).toBe(200);
  keyServer.answerBy(keysOf(next));
  expect((await post(url, await signedBy(next, { sub: id() }))).status).toBe(200);
  expect(await post(url, await signedBy(old, { sub: id() }))).toMatchObject({
    status: 401,
    errors: [{ message: NOT_OURS }],
  });
});

test('takes a token without the name of its key, whichever of several it is signed by', async () => {
  const pairs = [await makePair('a'), await makePair('b'), await makePair('c')];
  const { auth } = await keyServerOf(...pairs);
  const { url } = await startServer({ auth });
  for (const pair of pairs) {
    const token = await signedBy({ ...pair, kid: undefined }, { sub: id() });
    expect((await post(url, token)).status).toBe(200);
  }
  const stranger = await signedBy(await makePair(undefined), { sub: id() });
  expect((await post(url, stranger)).errors?.[0]?.message).toBe(NOT_OURS);
});

test('asks the key server about once a second, however many tokens name keys that do not exist', async () => {
  const pair = await makePair('one');
  const keyServer = await keyServerOf(pair);
  const { url } = await startServer({ auth: keyServer.auth });
  const startedMs = performance.now();
  const tokens = await Promise.all(
    Array.from({ length: 200 }, (_, n) => signedBy({ ...pair, kid: `none-${n}` }, { sub: id() })),
  );
  const statuses = await Promise.all(tokens.map(async (token) => (await post(url, token)).status));
  expect(new Set(statuses)).toEqual(new Set([401]));
  expect(keyServer.asked()).toBeLessThanOrEqual(2 + (performance.now() - startedMs) / 1_000);
  expect((await post(url, await signedBy(pair, { sub: id() }))).status).toBe(200);
});
