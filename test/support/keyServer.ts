import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { AuthSettings } from '../../src/transport/identity.js';

export interface Pair {
  kid: string | undefined;
  alg: string;
  privateKey: CryptoKey;
  jwk: JWK;
}

/** A new pair of keys; `kid` undefined is one without a name. */
export async function makePair(kid: string | undefined, alg = 'ES256'): Promise<Pair> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), ...(kid !== undefined && { kid }), use: 'sig' };
  return { kid, alg, privateKey, jwk };
}

/** A token that the pair signs, valid for ten minutes. */
export const signedBy = ({ kid, alg, privateKey }: Pair, claims: Record<string, unknown>): Promise<string> =>
  new SignJWT({ scope: 'read write', ...claims })
    .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
    .setExpirationTime('10m')
    .sign(privateKey);

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export const keysOf =
  (...pairs: Pair[]): Answer =>
  (_, response) =>
    response.end(JSON.stringify({ keys: pairs.map(({ jwk }) => jwk) }));

export type KeyServer = Awaited<ReturnType<typeof startKeyServer>>;

/** A key server that answers as the test wants, goes away and comes back at the same address, and counts questions. */
export async function startKeyServer(first: Answer) {
  let answer = first;
  let asked = 0;
  let server: Server | null = null;
  let port = 0;
  const listen = async (): Promise<void> => {
    const started = createServer((request, response) => {
      asked++;
      // Kept-alive connections would outlast the server.
      response.setHeader('connection', 'close');
      answer(request, response);
    });
    await new Promise<void>((resolve) => started.listen(port, '127.0.0.1', resolve));
    port = (started.address() as AddressInfo).port;
    server = started;
  };
  const stop = async (): Promise<void> => {
    const stopped = server;
    server = null;
    stopped?.closeAllConnections();
    await new Promise((resolve) => (stopped === null ? resolve(null) : stopped.close(resolve)));
  };
  await listen();
  const auth: AuthSettings = {
    key: { jwksUrl: `http://127.0.0.1:${port}/jwks` },
    issuer: null,
    audience: null,
  };
  return {
    auth,
    asked: () => asked,
    answerBy: (next: Answer) => void (answer = next),
    listen,
    stop,
  };
}
