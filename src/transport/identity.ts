import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Viewer } from '../domain/viewer.js';
import type { Logger } from '../log.js';
import { type ClaimSettings, USUAL_USER_CLAIM, viewerOf } from './claims.js';
import { createPublishedKeys } from './publishedKeys.js';
import { socketToken } from './socketToken.js';
import { KeysUnavailable, Unauthenticated } from './unauthenticated.js';

/** What tokens are checked by, and where they say what. */
export interface AuthSettings extends ClaimSettings {
  /** A secret for HS256, or where the public keys are. */
  key: { secret: string } | { jwksUrl: string };
  /** Expected of each token where it is set. */
  issuer: string | null;
  audience: string | null;
}

/** What came with a request, or with a socket, that may name who is asking. */
interface Given {
  /** The header `Authorization`: of a socket that of its upgrade. */
  header: string | undefined;
  /** A socket's `connectionParams`. */
  params?: Readonly<Record<string, unknown>>;
}

/** Who is asking. @throws {Unauthenticated | KeysUnavailable} */
export type Identify = (given: Given) => Promise<Viewer>;

/** In local mode everyone is this user. */
export const LOCAL_VIEWER: Viewer = {
  userId: '00000000000000000000face',
  subject: null,
  scopes: ['read', 'write', 'admin'],
  scopesMissed: null,
  agentName: null,
  expiresAt: null,
};

const CLOCK_SKEW_SECONDS = 30;
/** No HMAC: a public key is never taken for a secret. */
const PUBLIC_ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');

/** Null is local mode: whatever is given, everyone is the one local user. */
export function createIdentity(settings: AuthSettings | null, log: Logger): Identify {
  if (settings === null) return async () => LOCAL_VIEWER;
  const verify = createVerify(settings, log);
  return async ({ header, params }) => {
    const token = tokenOf(params === undefined ? header : socketToken(params, header));
    try {
      return viewerOf(await verify(token), settings);
    } catch (error) {
      if (error instanceof Unauthenticated || error instanceof KeysUnavailable) throw error;
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new Unauthenticated(reasonOf(error), { cause: error });
    }
  };
}

function createVerify(settings: AuthSettings, log: Logger): (token: string) => Promise<JWTPayload> {
  const { key, issuer, audience, userClaim = USUAL_USER_CLAIM } = settings;
  const checked = {
    clockTolerance: CLOCK_SKEW_SECONDS,
    requiredClaims: userClaim === USUAL_USER_CLAIM ? ['sub', 'exp'] : ['exp'],
    ...(issuer !== null && { issuer }),
    ...(audience !== null && { audience }),
  };
  if ('secret' in key) {
    const secret = new TextEncoder().encode(key.secret);
    const options = { ...checked, algorithms: ['HS256'] };
    return async (token) => (await jwtVerify(token, secret, options)).payload;
  }
  const keys = createPublishedKeys(key.jwksUrl, log);
  const options = { ...checked, algorithms: PUBLIC_ALGORITHMS };
  return (token) => keys.verify(token, options);
}

function tokenOf(authorization: unknown): string {
  if (authorization === undefined || authorization === '') {
    throw new Unauthenticated('Expected a token as `authorization: Bearer …`, got none.');
  }
  const [, token] = (typeof authorization === 'string' && /^Bearer +(\S+) *$/i.exec(authorization)) || [];
  if (token === undefined) {
    throw new Unauthenticated('Expected `authorization` to be `Bearer` and a token, got something else.');
  }
  return token;
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired)
    return 'Expected a token that is valid now, got one that has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `Expected a token with \`${error.claim}\`, got one without.`;
    if (error.reason === 'invalid')
      return `Expected the token’s \`${error.claim}\` to be a time in seconds, got something else.`;
    if (error.claim === 'nbf') return 'Expected a token that is valid now, got one that is not valid yet.';
    return `Expected a token whose \`${error.claim}\` is this server’s, got another.`;
  }
  return 'Expected a token signed for this server, got one that is not.';
}
