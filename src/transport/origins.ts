import type { IncomingMessage, ServerResponse } from 'node:http';
import { echo } from '../domain/echo.js';
import { plainOrigin } from '../plainOrigin.js';

/** Which pages a browser may let in, and under which names the server answers. */
export interface OriginRules {
  /** Beside the server's own. */
  allowedOrigins: readonly string[];
  /** Without tokens everybody who reaches it is let in: then it answers to loopback names only. */
  isLocal: boolean;
}

/** Why a request is refused before anything of it is read; null when it is not. */
interface Refused {
  status: number;
  message: string;
  code: 'FORBIDDEN' | 'BAD_USER_INPUT';
}

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
/** Under which names tokens are looked for in URLs, to be refused: URLs are logged on their way. */
const TOKEN_NAMES = ['authorization', 'access_token', 'token', 'bearer', 'jwt'];

/**
 * A page elsewhere that resolves its own name to this machine (DNS rebinding) still says its own name as `Host`.
 * For every path.
 */
export function checkHost({ headers }: IncomingMessage, { isLocal }: OriginRules): Refused | null {
  const { host = '' } = headers;
  if (!isLocal || LOOPBACK_HOST.test(host)) return null;
  return refused(
    403,
    `Expected \`Host\` to be localhost, 127.0.0.1 or [::1], got ${JSON.stringify(host.slice(0, 80))}. To be reached by ` +
      'another name, set AUTH_JWT_SECRET or AUTH_JWKS_URL; every request then needs a token.',
  );
}

/** Pages of other origins, for GraphQL over HTTP and for the upgrade to a WebSocket, which no browser holds back. */
export function checkOrigin({ headers }: IncomingMessage, rules: OriginRules): Refused | null {
  const { origin, host = '' } = headers;
  if (origin !== undefined) {
    const plain = plainOrigin(origin);
    if (isOwn(origin, host) || (plain !== null && rules.allowedOrigins.includes(plain))) return null;
    return refused(403, foreign(origin, plain, host));
  }
  // A navigation or a simple request that says where it comes from by this alone.
  if (headers['sec-fetch-site'] !== 'cross-site') return null;
  return refused(403, 'Expected a request of this site, got one that a page of another site made.');
}

/**
 * Tells a browser what a page of an allowed origin may send, of a request that `checkOrigin` let pass; answers true
 * when that was all that was asked (a preflight).
 */
export function allowOrigin(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  rules: OriginRules,
): boolean {
  response.setHeader('vary', 'Origin');
  const { origin } = headers;
  if (origin !== undefined && rules.allowedOrigins.includes(plainOrigin(origin) ?? origin)) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', 'retry-after, x-request-id');
  }
  if (method !== 'OPTIONS') return false;
  response.setHeader('access-control-allow-methods', 'GET, POST');
  response.setHeader('access-control-allow-headers', 'authorization, content-type, apollo-require-preflight');
  response.setHeader('access-control-max-age', '600');
  response.writeHead(204).end();
  return true;
}

export function checkUrl({ url = '/' }: IncomingMessage): Refused | null {
  const { searchParams } = new URL(url, 'http://localhost');
  const found = [...searchParams.keys()].find((key) => TOKEN_NAMES.includes(key.toLowerCase()));
  if (found === undefined) return null;
  return refused(
    400,
    `Expected no token in a URL, got \`${found}\`: send it as \`authorization: Bearer …\`.`,
  );
}

/**
 * A form or an image of any page can send a GET without asking first, cookies or not: what is taken says in a header
 * of its own that a program sent it.
 */
export function checkGet({ method, headers }: IncomingMessage): Refused | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  const isOfProgram =
    headers.authorization !== undefined ||
    headers['apollo-require-preflight'] !== undefined ||
    headers['x-apollo-operation-name'] !== undefined ||
    /^application\/json\b/i.test(headers['content-type'] ?? '') ||
    /\bapplication\/(graphql-response\+)?json\b/i.test(headers.accept ?? '');
  if (isOfProgram) return null;
  return refused(
    400,
    'Expected a GET with `authorization`, or with `accept: application/graphql-response+json`, got neither.',
  );
}

/**
 * The scheme may differ, where a proxy ends TLS. A default port makes no difference: browsers leave it out of `Origin`,
 * proxies may put it into `Host`.
 */
function isOwn(origin: string, host: string): boolean {
  const plain = plainOrigin(origin);
  if (plain === null || !/^[^/?#@\\\s]+$/.test(host)) return false;
  return plain === plainOrigin(`${new URL(plain).protocol}//${host}`);
}

/** The refusal that says the way out. `Origin: null` is of a file or a sandbox, which cannot be let in by a setting. */
function foreign(origin: string, plain: string | null, host: string): string {
  const own = `this server’s, by \`Host\` ${echo(host)}`;
  if (plain === null) return `Expected \`Origin\` to be ${own}, or an allowed one, got ${echo(origin)}.`;
  return (
    `Expected \`Origin\` to be ${own}, or one of ALLOWED_ORIGINS, got ${echo(origin)}. To let its pages in, set ` +
    `ALLOWED_ORIGINS=${plain} or, behind a proxy, pass \`Host\` on.`
  );
}

const refused = (status: number, message: string): Refused => ({
  status,
  message,
  code: status === 403 ? 'FORBIDDEN' : 'BAD_USER_INPUT',
});
