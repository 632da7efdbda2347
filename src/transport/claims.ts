import { createHash } from 'node:crypto';
import { cleanName, isAgentName } from '../domain/agentName.js';
import { isId } from '../domain/checks.js';
import { echo } from '../domain/echo.js';
import type { Scope, Viewer } from '../domain/viewer.js';
import { Unauthenticated } from './unauthenticated.js';

/** Where a token says what. A claim inside another is reached by dots: `realm_access.roles`. */
export interface ClaimSettings {
  /** Usual: `sub`. */
  userClaim?: string | undefined;
  /** Usual: the first of `scope`, `scp`, `permissions` and `roles` that holds a scope. */
  scopeClaim?: string | undefined;
  /** What stands before `read`, `write` and `admin`. Usual: nothing, or one prefix that all scopes share. */
  scopePrefix?: string | undefined;
  /** Usual: `agent`. */
  agentClaim?: string | undefined;
}

type Claims = Readonly<Record<string, unknown>>;

export const USUAL_USER_CLAIM = 'sub';
const USUAL_AGENT_CLAIM = 'agent';
/** By OAuth (RFC 9068), Microsoft and Okta, Auth0, and those that know roles only. */
const USUAL_SCOPE_CLAIMS = ['scope', 'scp', 'permissions', 'roles'];
const SCOPES: readonly Scope[] = ['read', 'write', 'admin'];
/** RFC 7519 sets no bound; OpenID Connect allows 255 characters. */
const MAX_SUBJECT = 255;
/** A `Date` holds no more. */
const MAX_SECONDS = 8_640_000_000_000;

/** Who a checked token is. @throws {Unauthenticated} where its claims name nobody. */
export function viewerOf(claims: Claims, settings: ClaimSettings): Viewer {
  const subject = subjectOf(claims, settings.userClaim ?? USUAL_USER_CLAIM);
  return {
    userId: userIdOf(typeof claims['iss'] === 'string' ? claims['iss'] : '', subject),
    subject,
    ...scopesOf(claims, settings),
    agentName: agentOf(claims, settings.agentClaim ?? USUAL_AGENT_CLAIM),
    expiresAt: new Date(Math.min(claims['exp'] as number, MAX_SECONDS) * 1_000),
  };
}

/**
 * 24 hex digits are the user's id as they are. Any other subject gets the first 96 bits of a SHA-256 over issuer and
 * subject: the same in every process and after every start. Among a million users two share an id by chance with a
 * probability of 6e-18, and to hit a given user's on purpose takes 2^96 subjects, which the issuer would have to sign.
 */
function userIdOf(issuer: string, subject: string): string {
  if (isId(subject)) return subject.toLowerCase();
  return createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex')
    .slice(0, 24);
}

function subjectOf(claims: Claims, name: string): string {
  const found = claimAt(claims, name);
  if (found === undefined || found === null)
    throw new Unauthenticated(`Expected a token with \`${name}\`, got one without.`);
  // A larger number may have been another one before it was read.
  const subject = typeof found === 'number' && Number.isSafeInteger(found) ? String(found) : found;
  // A lone surrogate is hashed as the same three bytes as any other.
  if (typeof subject === 'string' && subject.isWellFormed()) {
    const { length } = Array.from(subject);
    if (length >= 1 && length <= MAX_SUBJECT) return subject;
  }
  throw new Unauthenticated(`Expected the token’s \`${name}\` to be text of 1 to ${MAX_SUBJECT} characters.`);
}

function agentOf(claims: Claims, name: string): string | null {
  const agent = claimAt(claims, name);
  if (agent === undefined || agent === null) return null;
  if (typeof agent === 'string' && isAgentName(cleanName(agent))) return cleanName(agent);
  throw new Unauthenticated(`Expected the token’s \`${name}\` to be the name of an agent.`);
}

/** The scopes of the first claim that holds any, never of several: each may be bounded by another authority. */
function scopesOf(
  claims: Claims,
  { scopeClaim, scopePrefix }: ClaimSettings,
): Pick<Viewer, 'scopes' | 'scopesMissed'> {
  const names = scopeClaim === undefined ? USUAL_SCOPE_CLAIMS : [scopeClaim];
  for (const name of names) {
    const scopes = understood(wordsOf(claimAt(claims, name)), scopePrefix?.toLowerCase());
    if (scopes.length > 0) return { scopes, scopesMissed: null };
  }
  return { scopes: [], scopesMissed: missed(claims, names, scopePrefix ?? '') };
}

/** Text with white space or commas between, or a list of such texts. */
function wordsOf(value: unknown): string[] {
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  return texts.flatMap((text) => text.split(/[\s,]+/)).filter((word) => word !== '');
}

function understood(words: readonly string[], prefix: string | undefined): Scope[] {
  const lower = words.map((word) => word.toLowerCase());
  const among = (bare: readonly string[]) => SCOPES.filter((scope) => bare.includes(scope));
  const without = (start: string) =>
    lower.filter((word) => word.startsWith(start)).map((word) => word.slice(start.length));
  if (prefix !== undefined) return among(without(prefix));
  const bare = among(lower);
  if (bare.length > 0) return bare;
  // `mail/read files/write` are scopes of two other things; `api/read api/write` of one.
  const prefixes = new Set(lower.flatMap((word) => /^(.+[/:.])(?:read|write|admin)$/.exec(word)?.[1] ?? []));
  const [only] = prefixes;
  return only !== undefined && prefixes.size === 1 ? among(without(only)) : [];
}

/** Why no scope was found, told to the maker of the token. */
function missed(claims: Claims, names: readonly string[], prefix: string): string {
  const held = names.find((name) => claimAt(claims, name) !== undefined);
  const wanted = SCOPES.map((scope) => `\`${prefix}${scope}\``).join(', ');
  const looked =
    held === undefined
      ? `It has no claim ${names.map((name) => `\`${name}\``).join(', ')}`
      : `Its claim \`${held}\` holds ${echo(claimAt(claims, held))}`;
  return `${looked}; expected words of ${wanted}. AUTH_SCOPE_CLAIM and AUTH_SCOPE_PREFIX say where they stand.`;
}

/** The claim of that name; else, at each dot, the one inside. Names of claims may be URLs, with dots of their own. */
function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return undefined;
  if (Object.hasOwn(claims, path)) return (claims as Claims)[path];
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const outer = path.slice(0, dot);
    const inner = Object.hasOwn(claims, outer) ? (claims as Claims)[outer] : undefined;
    const found = claimAt(inner, path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
