import type { Json } from '../domain/message.js';

/**
 * Keys that callers choose, as MongoDB can hold them: a dot would be read as a path, a `$` in front as an operator, NUL
 * ends a name, and two names mean something to the driver. Those characters, and `%` itself, stand as `%` and the two
 * hex digits of their code, as in a URL: `BRK.B` is stored as `BRK%2EB`, `$CASH` as `%24CASH`.
 */
export function escapeKey(key: string): string {
  const escaped = key.replaceAll(/^\$|[%.\0]/g, hex);
  return SPECIAL.has(escaped) ? `${hex(escaped)}${escaped.slice(1)}` : escaped;
}

/** What `escapeKey` was given. */
export const unescapeKey = (key: string): string =>
  key.replaceAll(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const SPECIAL: ReadonlySet<string> = new Set(['__proto__', '_bsontype']);

const hex = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

const isSafe = (key: string): boolean => !/^\$|[.\0]/.test(key) && !SPECIAL.has(key);

/** A value as it can be stored; where a key had to be escaped all are, and `isEscaped` is to be kept with it. */
export function escapeKeys(value: Json): { stored: Json; isEscaped: boolean } {
  const isEscaped = !hasSafeKeys(value);
  return { stored: isEscaped ? withKeys(value, escapeKey) : value, isEscaped };
}

/** What `escapeKeys` was given. */
export const unescapeKeys = (stored: Json, isEscaped: boolean): Json =>
  isEscaped ? withKeys(stored, unescapeKey) : stored;

function hasSafeKeys(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(hasSafeKeys);
  return Object.entries(value).every(([key, member]) => isSafe(key) && hasSafeKeys(member));
}

/** `fromEntries` makes `__proto__` a key as any other. */
function withKeys(value: Json, rename: (key: string) => string): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withKeys(item, rename));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [rename(key), withKeys(member, rename)]),
  );
}
