import { afterEach, expect, test } from '@jest/globals';
import { id } from '../support/app.js';
import { keysOf, makePair, signedBy } from '../support/keyServer.js';
import { until } from '../support/until.js';
import { AWAY, NOT_OURS, useKeyDoors } from './keyDoors.js';

const { startServer, keyServerOf, post, enter } = useKeyDoors();
const now = performance.now.bind(performance);
afterEach(() => {
  performance.now = now;
});

test('says over both doors that the key server is away, and to come back', async () => {
  const pair = await makePair('one');
  const keyServer = await keyServerOf(pair);
  await keyServer.stop();
  const { url } = await startServer({ auth: keyServer.auth });
  const token = await signedBy(pair, { sub: id() });
  const { status, headers, errors } = await post(url, token);
  expect([status, headers.get('retry-after'), errors]).toEqual([
    503,
    '1',
    [{ message: AWAY, extensions: { code: 'UNAVAILABLE' } }],
  ]);
  expect(await enter(url, token)).toEqual([1013, AWAY]);
});

test('takes a key that was just changed', async () => {
  const [old, next] = [await makePair('one'), await makePair('two')];
  const keyServer = await keyServerOf(old);
  const { url } = await startServer({ auth: keyServer.auth });
  expect((await post(url, await signedBy(old, { sub: id() }))).status).toBe(200);
  keyServer.answerBy(keysOf(next));
  expect((await post(url, await signedBy(next, { sub: id() }))).status).toBe(200);
});

test('goes on with the last keys when they have aged and new ones cannot be had', async () => {
  const [pair, other] = [await makePair('one'), await makePair('other')];
  const keyServer = await keyServerOf(pair);
  const { url } = await startServer({ auth: keyServer.auth });
  const token = await signedBy(pair, { sub: id() });
  expect((await post(url, token)).status).toBe(200);
  await keyServer.stop();
  performance.now = () => now() + 11 * 60_000;
  for (let i = 0; i < 3; i++) expect((await post(url, token)).status).toBe(200);
  expect(await enter(url, token)).toEqual([0, '']);
  const forged = await signedBy({ ...other, kid: 'one' }, { sub: id() });
  expect((await post(url, forged)).errors?.[0]?.message).toBe(NOT_OURS);
  // Perhaps it is signed by a key that is new.
  expect((await post(url, await signedBy(other, { sub: id() }))).status).toBe(503);
  keyServer.answerBy(keysOf(other));
  await keyServer.listen();
  const withNew = await signedBy(other, { sub: id() });
  await until('the new key is taken', async () => (await post(url, withNew)).status === 200, 5_000);
  expect((await post(url, token)).errors?.[0]?.message).toBe(NOT_OURS);
});
