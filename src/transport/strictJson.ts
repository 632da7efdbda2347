import { parse } from 'lossless-json';

/** Why a text is not taken for JSON. The message states the rule. */
export class JsonRefused extends Error {
  override name = 'JsonRefused';
}

/**
 * Parses JSON that means one thing and comes back as it was given: `JSON.parse` would keep the last of two equal keys
 * and make another number of one that a double cannot hold. @throws {JsonRefused}
 */
export function parseStrictJson(text: string): unknown {
  try {
    // What comes back letter for letter needs no second look, which takes ten times as long.
    const value: unknown = JSON.parse(text);
    if (JSON.stringify(value) === text) return value;
    const read = parse(text, null, { parseNumber: toNumber, onDuplicateKey: ({ key }) => refuseTwice(key) });
    // Of one key with `[]` and `{}` the parser tells nothing: it takes them for equal.
    if (keysWritten(text) !== keysOf(read)) refuseTwice(null);
    return read;
  } catch (error) {
    if (error instanceof JsonRefused) throw error;
    if (error instanceof RangeError)
      throw new JsonRefused('Expected JSON of fewer levels, got a deeper one.');
    throw new JsonRefused('Expected well-formed JSON.');
  }
}

function toNumber(text: string): number {
  if (isFaithful(text)) return Number(text);
  throw new JsonRefused(`Expected numbers that a double can hold, got ${text.slice(0, 80)}.`);
}

function refuseTwice(key: string | null): never {
  const got = key === null ? 'one' : JSON.stringify(key.slice(0, 80));
  throw new JsonRefused(`Expected each key once, got ${got} twice.`);
}

/** Of well-formed JSON: each text that a colon follows. */
const keysWritten = (text: string): number =>
  [...text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g)].filter(([, colon]) => colon !== '').length;

function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.values(value);
  return members.reduce<number>(
    (sum, member) => sum + keysOf(member),
    Array.isArray(value) ? 0 : members.length,
  );
}

/** Whether a number as it is written is a double's own text: its shortest, its 17 digits, or a whole number itself. */
export function isFaithful(text: string): boolean {
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  const written = decimalOf(text);
  if (written === decimalOf(String(value)) || written === decimalOf(value.toExponential(16))) return true;
  return Number.isInteger(value) && written === decimalOf(String(BigInt(value)));
}

/** One text for all ways to write a number: its digits without zeros at either end, and the power of ten they have. */
function decimalOf(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  const power = Number(exponent) - fraction.length + digits.length - kept.length;
  return `${text.startsWith('-') ? '-' : ''}${kept}e${power}`;
}
