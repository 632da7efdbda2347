import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { cleanName, isAgentName } from '../domain/agentName.js';
import { isId } from '../domain/checks.js';
import type { Scope, Viewer } from '../domain/viewer.js';

/** What tokens are checked by. */
export interface AuthSettings {
  /** A secret for HS256, or where the public keys for RS256, ES256 and EdDSA are. */
  key: { secret: string } | { jwksUrl: string };
  /** Expected of each token where it is set. */
  issuer: string | null;
  audience: string | null;
}

/** Nobody can be named by what was given. The message is for a person, at most 123 bytes, and repeats no token. */
export class Unauthenticated extends Error {
  override name = 'Unauthenticated';
}

/** Who is asking, by an `Authorization` value. @throws {Unauthenticated} */
export type Identify = (authorization: unknown) => Promise<Viewer>;

/** In local mode everyone is this user. */
export const LOCAL_VIEWER: Viewer = {
  userId: '00000000000000000000face',
  scopes: ['read', 'write', 'admin'],
  agentName: null,
  expiresAt: null,
};

const KEY_FAULTS: ReadonlySet<string> = new Set([
  errors.JWKSTimeout.code,
  errors.JWKSInvalid.code,
  errors.JOSEError.code,
]);

const SCOPES: readonly Scope[] = ['read', 'write', 'admin'];
const CLOCK_SKEW_SECONDS = 30;
const JWKS_TIMEOUT_MS = 2_000;

/** Null is local mode: whatever is given, everyone is the one local user. */
export function createIdentity(settings: AuthSettings | null): Identify {
  if (settings === null) return async () => LOCAL_VIEWER;
  const { issuer, audience } = settings;
  const [key, algorithms] = keyOf(settings.key);
  const options = {
    algorithms,
    clockTolerance: CLOCK_SKEW_SECONDS,
    requiredClaims: ['sub', 'exp'],
    ...(issuer !== null && { issuer }),
    ...(audience !== null && { audience }),
  };
  return async (authorization) => {
    const token = tokenOf(authorization);
    try {
      const { payload } = await jwtVerify(token, key, options);
      return toViewer(payload);
    } catch (error) {
      if (error instanceof Unauthenticated) throw error;
      throw new Unauthenticated(reasonOf(error), { cause: error });
    }
  };
}

/** Each key with the algorithms it is for, and no others: a public key is never taken for a secret. */
function keyOf(key: AuthSettings['key']): [JWTVerifyGetKey, string[]] {
  if ('secret' in key) {
    const secret = new TextEncoder().encode(key.secret);
    return [async () => secret, ['HS256']];
  }
  const jwks = createRemoteJWKSet(new URL(key.jwksUrl), { timeoutDuration: JWKS_TIMEOUT_MS });
  return [jwks, ['RS256', 'ES256', 'EdDSA']];
}

function tokenOf(authorization: unknown): string {
  if (authorization === undefined || authorization === null || authorization === '') {
    throw new Unauthenticated('Expected a token as `authorization: Bearer …`, got none.');
  }
  const [, token] = (typeof authorization === 'string' && /^Bearer +(\S+) *$/i.exec(authorization)) || [];
  if (token === undefined) {
    throw new Unauthenticated('Expected `authorization` to be `Bearer` and a token, got something else.');
  }
  return token;
}

function toViewer({ sub, exp, scope = '', agent }: JWTPayload): Viewer {
  if (sub === undefined || !isId(sub)) {
    throw new Unauthenticated('Expected the token’s `sub` to be a user id of 24 hex digits.');
  }
  if (typeof scope !== 'string')
    throw new Unauthenticated('Expected the token’s `scope` to be words of text.');
  if (agent !== undefined && (typeof agent !== 'string' || !isAgentName(cleanName(agent)))) {
    throw new Unauthenticated('Expected the token’s `agent` to be the name of an agent.');
  }
  const words = scope.split(' ');
  return {
    userId: sub.toLowerCase(),
    scopes: SCOPES.filter((known) => words.includes(known)),
    agentName: agent === undefined ? null : cleanName(agent),
    expiresAt: new Date((exp as number) * 1_000),
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired)
    return 'Expected a token that is valid now, got one that has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `Expected a token with \`${error.claim}\`, got one without.`;
    if (error.claim === 'nbf') return 'Expected a token that is valid now, got one that is not valid yet.';
    return `Expected a token whose \`${error.claim}\` is this server’s, got another.`;
  }
  // Not of the token: its keys could not be fetched, or what came were no keys.
  const isOfKeys = !(error instanceof errors.JOSEError) || KEY_FAULTS.has(error.code);
  if (isOfKeys) return 'The keys for tokens cannot be reached just now; try again.';
  return 'Expected a token signed for this server, got one that is not.';
}
