import { nameFault } from './agentName.js';
import { moneyFault } from './money.js';
import { type Refusal, refusal } from './refusal.js';

const ID = /^[0-9a-f]{24}$/i;
const COLOR = /^#[0-9a-f]{6}$/i;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype', '_bsontype']);
const MAX_JSON_BYTES = 64 * 1024;
const MAX_JSON_DEPTH = 12;

type Maybe<T> = T | null | undefined;

/** A value as a person may read it in a refusal, at most 80 characters long. */
export function echo(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  const characters = Array.from(text);
  return characters.length > 80
    ? `${characters.slice(0, 80).join('')}… (${characters.length} characters)`
    : text;
}

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
const grouped = (n: number): string => n.toLocaleString('en-US');

export const isId = (value: string): boolean => ID.test(value);

/** Collects every fault of one input. A field that is left out, or null, passes unless it is said to be required. */
export function checks() {
  const refusals: Refusal[] = [];
  const fault = (field: string, message: string): void =>
    void refusals.push(refusal('INVALID', message, field));
  const wellFormed = (field: string, value: string): boolean => {
    if (value.isWellFormed()) return true;
    fault(field, `Expected \`${field}\` to be well-formed Unicode, got a lone surrogate in ${echo(value)}.`);
    return false;
  };
  return {
    refusals,
    fault,
    id(field: string, value: Maybe<string>): void {
      if (value == null || ID.test(value)) return;
      fault(field, `Expected \`${field}\` to be 24 hex digits, got ${echo(value)}.`);
    },
    /** `min` to `max` characters. */
    length(field: string, value: Maybe<string>, min: number, max: number): void {
      if (value == null || !wellFormed(field, value)) return;
      const { length } = Array.from(value);
      if (length >= min && length <= max) return;
      const range = min === 0 ? `at most ${max}` : `${min} to ${max}`;
      fault(field, `Expected \`${field}\` to have ${range} characters, got ${length}: ${echo(value)}.`);
    },
    /** `min` to `max` bytes of UTF-8. */
    size(field: string, value: Maybe<string>, min: number, max: number): void {
      if (value == null || !wellFormed(field, value)) return;
      const size = bytes(value);
      if (size >= min && size <= max) return;
      const range = min === 0 ? `at most ${grouped(max)}` : `${min} to ${grouped(max)}`;
      fault(
        field,
        `Expected \`${field}\` to have ${range} bytes of UTF-8, got ${grouped(size)}: ${echo(value)}.`,
      );
    },
    range(field: string, value: Maybe<number>, min: number, max: number): void {
      if (value == null || (Number.isInteger(value) && value >= min && value <= max)) return;
      fault(field, `Expected \`${field}\` from ${min} to ${grouped(max)}, got ${echo(value)}.`);
    },
    /** An amount of the account's currency. */
    money(field: string, value: Maybe<number>): void {
      if (value == null) return;
      const rule = Number.isFinite(value) ? moneyFault(value) : 'to be a finite number';
      if (rule !== null) fault(field, `Expected \`${field}\` ${rule}, got ${echo(value)}.`);
    },
    /** Of a name as it is kept: see `cleanName`. */
    agentName(field: string, value: string): void {
      const problem = nameFault(value);
      if (problem === null) return;
      fault(field, `Expected \`${field}\` ${problem}, got ${echo(value)}.`);
    },
    color(field: string, value: Maybe<string>): void {
      if (value == null || COLOR.test(value)) return;
      fault(field, `Expected \`${field}\` to be \`#rrggbb\`, got ${echo(value)}.`);
    },
    json(field: string, value: unknown): void {
      if (value == null) return;
      const problem = jsonFault(value);
      if (problem !== null) return fault(field, `Expected \`${field}\` ${problem}.`);
      const size = bytes(JSON.stringify(value));
      if (size > MAX_JSON_BYTES) {
        fault(
          field,
          `Expected \`${field}\` to have at most ${grouped(MAX_JSON_BYTES)} bytes, got ${grouped(size)}.`,
        );
      }
    },
  };
}

/** What keeps a value from being stored and given back unaltered, null when nothing does. */
function jsonFault(root: unknown): string | null {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string' && !value.isWellFormed()) {
      return `to be well-formed Unicode, got a lone surrogate in ${echo(value)}`;
    }
    if (value === undefined) return 'to be JSON, got a name or a variable without a value';
    if (typeof value === 'number' && !Number.isFinite(value))
      return `to hold finite numbers only, got ${echo(value)}`;
    if (typeof value !== 'object' || value === null) continue;
    if (depth === MAX_JSON_DEPTH) return `to be at most ${MAX_JSON_DEPTH} levels deep, got a deeper one`;
    if (Array.isArray(value)) {
      for (const item of value) open.push({ value: item, depth: depth + 1 });
      continue;
    }
    for (const [key, member] of Object.entries(value)) {
      const problem = keyFault(key);
      if (problem !== null) return problem;
      open.push({ value: member, depth: depth + 1 });
    }
  }
  return null;
}

function keyFault(key: string): string | null {
  if (FORBIDDEN_KEYS.has(key)) return `to have no key ${[...FORBIDDEN_KEYS].join(', ')}, got ${echo(key)}`;
  if (key.startsWith('$')) return `to have no key that starts with $, got ${echo(key)}`;
  if (key.includes('.')) return `to have no key with a dot, got ${echo(key)}`;
  if (key.includes('\0')) return `to have no key with a NUL, got ${echo(key)}`;
  if (!key.isWellFormed()) return `to have well-formed keys, got a lone surrogate in ${echo(key)}`;
  return null;
}
