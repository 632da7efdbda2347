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
