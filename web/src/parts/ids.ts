/** The last part of a path such as `/room/0123456789abcdef01234567`; null when it is no id. */
export function idInPath(path: string): string | null {
  const last = path.split('/').pop() ?? '';
  return /^[0-9a-f]{24}$/i.test(last) ? last.toLowerCase() : null;
}

/** 24 random hex digits. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
