import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { id, type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { createClient } from '../support/client.js';

const VIEWER = '{ viewer { id } }';
const NOT_OURS = 'Expected a token signed for this server, got one that is not.';
const ALGORITHMS = ['RS256', 'PS512', 'ES256', 'ES384', 'EdDSA'];
const user = id();
const { name } = testDatabase();
let app: RunningApp;
let keys: ReturnType<typeof createServer>;
const pairs = new Map<string, Awaited<ReturnType<typeof generateKeyPair>>>();

beforeAll(async () => {
  for (const alg of ALGORITHMS) pairs.set(alg, await generateKeyPair(alg, { extractable: true }));
  const published = await Promise.all(
    [...pairs].map(async ([alg, { publicKey }]) => ({
      ...(await exportJWK(publicKey)),
      kid: alg,
      alg,
      use: 'sig',
    })),
  );
  keys = createServer((_, response) => response.end(JSON.stringify({ keys: published })));
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
  const { port } = keys.address() as AddressInfo;
  const auth = { key: { jwksUrl: `http://127.0.0.1:${port}/jwks` }, issuer: null, audience: null };
  app = await startTestApp(name, { auth });
});
afterAll(async () => {
  await app.stop();
  await new Promise((resolve) => keys.close(resolve));
});

const signed = (alg: string, key: CryptoKey | Uint8Array) =>
  new SignJWT({ scope: 'read' })
    .setProtectedHeader({ alg, kid: alg })
    .setSubject(user)
    .setExpirationTime('5m')
    .sign(key);

test.each(ALGORITHMS)('takes a token signed by %s', async (alg) => {
  const token = await signed(alg, pairs.get(alg)?.privateKey as CryptoKey);
  expect((await createClient(app.url, token).data(VIEWER)).viewer.id).toBe(user);
});

test('refuses a public key taken for a secret', async () => {
  const jwk = await exportJWK(pairs.get('RS256')?.publicKey as CryptoKey);
  const token = await new SignJWT({ scope: 'read' })
    .setProtectedHeader({ alg: 'HS256', kid: 'RS256' })
    .setSubject(user)
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(JSON.stringify(jwk)));
  expect(await createClient(app.url, token).send(VIEWER)).toMatchObject({
    status: 401,
    errors: [{ message: NOT_OURS }],
  });
});

test('refuses a key that is not published', async () => {
  const { privateKey } = await generateKeyPair('ES256');
  const { errors } = await createClient(app.url, await signed('ES256', privateKey)).send(VIEWER);
  expect(errors?.[0]?.message).toBe(NOT_OURS);
});
