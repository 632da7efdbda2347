import { SignJWT } from 'jose';
import type { AuthSettings } from '../../src/transport/identity.js';

export const SECRET = 'a secret of the tests, long enough for HS256';
export const AUTH: AuthSettings = { key: { secret: SECRET }, issuer: null, audience: null };

export interface Claims {
  sub?: string;
  scope?: string;
  agent?: string;
  [claim: string]: unknown;
}

/** A token of the tests' secret, valid for ten minutes unless it says otherwise. */
export const mint = (
  claims: Claims,
  { secret = SECRET, alg = 'HS256' }: { secret?: string; alg?: string } = {},
): Promise<string> =>
  new SignJWT({ exp: secondsFromNow(600), scope: 'read write', ...claims })
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret));

/** As claims count time. */
export const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
