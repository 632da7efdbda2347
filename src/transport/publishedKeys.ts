import { setTimeout as sleep } from 'node:timers/promises';
import {
  createLocalJWKSet,
  errors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import type { Logger } from '../log.js';
import { KeysUnavailable } from './unauthenticated.js';

/** Keys that are older are asked for anew before they are used. */
const FRESH_MS = 10 * 60_000;
/** Between two questions to the key server, whatever tokens come in. */
const COOLDOWN_MS = 1_000;
/** With the pause before it well within the 3 s in which everything is answered. */
const FETCH_MS = 1_700;

interface PublishedKeys {
  /**
   * The claims of a token that is signed by one of them and valid.
   * @throws {KeysUnavailable} where that cannot be known, else the errors of jose
   */
  verify(token: string, options: JWTVerifyOptions): Promise<JWTPayload>;
}

/**
 * The public keys at an address. They are asked for when they are first needed, when they have aged, and when a token
 * fits none of them, since keys change: once at a time, and once a second at most. While new ones cannot be had the last
 * ones stay in use.
 */
export function createPublishedKeys(url: string, log: Logger): PublishedKeys {
  let keys: JWTVerifyGetKey | null = null;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let isAway = false;
  let asking: Promise<void> | null = null;

  const ask = async (): Promise<void> => {
    const leftMs = askedAtMs + COOLDOWN_MS - performance.now();
    // Without an answer a moment ago there will be none now.
    if (leftMs > 0 && isAway) return;
    if (leftMs > 0) await sleep(leftMs, null, { ref: false });
    askedAtMs = performance.now();
    try {
      keys = await readKeys(url);
      readAtMs = performance.now();
      if (isAway) log.info('the keys for tokens can be had again');
      isAway = false;
    } catch (error) {
      const has = keys === null ? 'no token can be checked' : 'the last ones stay in use';
      if (!isAway) log.warn({ reason: reasonOf(error) }, `the keys for tokens cannot be had: ${has}`);
      isAway = true;
    }
  };
  const askOnce = (): Promise<void> => (asking ??= ask().finally(() => (asking = null)));

  /** @throws {KeysUnavailable} */
  const current: JWTVerifyGetKey = async (header, token) => {
    const isOld = performance.now() > readAtMs + FRESH_MS;
    if (isOld) {
      const asked = askOnce();
      // In a known outage, those whom the last keys can answer do not wait.
      if (keys === null || !isAway) await asked;
    }
    if (keys === null) throw new KeysUnavailable();
    return keys(header, token);
  };

  return {
    async verify(token, options) {
      try {
        return await verifyBy(current, token, options);
      } catch (error) {
        if (!isOfKey(error)) throw error;
        const before = keys;
        await askOnce();
        if (keys !== before) return verifyBy(current, token, options);
        throw error instanceof errors.JWKSNoMatchingKey ? new KeysUnavailable({ cause: error }) : error;
      }
    },
  };
}

/** No key, or another than the one it was signed by: it may have changed, under its name as well. */
const isOfKey = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed;

/** A token that does not name its key may be signed by any that fits. */
async function verifyBy(
  keys: JWTVerifyGetKey,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyByAny(error, token, options);
    if (error instanceof KeysUnavailable) throw error;
    // What is published under the name of the key is none: no fault of the token.
    if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSInvalid)
      throw new KeysUnavailable({ cause: error });
    throw error;
  }
}

async function verifyByAny(
  matching: errors.JWKSMultipleMatchingKeys,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  for await (const key of matching) {
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
}

/** @throws when there is no answer in time, or none that holds keys. */
async function readKeys(url: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(url, {
    // Redirects are not followed: anyone who could send it elsewhere could name the keys.
    redirect: 'manual',
    headers: { accept: 'application/jwk-set+json, application/json' },
    signal: AbortSignal.timeout(FETCH_MS),
  });
  const text = await response.text();
  if (response.status !== 200)
    throw new Error(`Expected status 200 of AUTH_JWKS_URL, got ${response.status}.`);
  const set = JSON.parse(text);
  const keys = createLocalJWKSet(set);
  if (set.keys.length === 0) throw new Error('Expected keys at AUTH_JWKS_URL, got an empty set.');
  return keys;
}

/** `fetch` says why it failed in the cause. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as Error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
