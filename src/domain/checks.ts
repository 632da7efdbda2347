import { echo } from './echo.js';
import { nameFault } from './agentName.js';
import { jsonFaults } from './freeJson.js';
import { moneyFault } from './money.js';
import { isWithin, type RangedField, rangeOf, rangeText } from './ranges.js';
import { type Refusal, refusal } from './refusal.js';

const ID = /^[0-9a-f]{24}$/i;
const COLOR = /^#[0-9a-f]{6}$/i;
const MAX_JSON_BYTES = 64 * 1024;

type Maybe<T> = T | null | undefined;

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
const grouped = (n: number): string => n.toLocaleString('en-US');

/** Whether it is 24 hex digits, in either case. */
export const isId = (value: string): boolean => ID.test(value);

/** Collects every fault of one input. A field that is left out, or null, passes unless it is said to be required. */
export function checks() {
  const faults = createFaults();
  return { ...faults, ...textChecks(faults), ...valueChecks(faults) };
}

type Faults = ReturnType<typeof createFaults>;

function createFaults() {
  const refusals: Refusal[] = [];
  return {
    refusals,
    /** `advice` goes on after the message. */
    fault(field: string, message: string, advice = '', didYouMean: string | null = null): void {
      refusals.push({ ...refusal('INVALID', `${message}${advice}`, field), didYouMean });
    },
  };
}

function textChecks({ fault }: Faults) {
  const wellFormed = (field: string, value: string): boolean => {
    if (value.isWellFormed()) return true;
    fault(field, `Expected \`${field}\` to be well-formed Unicode, got a lone surrogate in ${echo(value)}.`);
    return false;
  };
  return {
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
    /** Takes a name as it is kept: see `cleanName`. */
    agentName(field: string, value: string): void {
      const problem = nameFault(value);
      if (problem === null) return;
      fault(field, `Expected \`${field}\` ${problem}, got ${echo(value)}.`);
    },
    color(field: string, value: Maybe<string>): void {
      if (value == null || COLOR.test(value)) return;
      fault(field, `Expected \`${field}\` to be \`#rrggbb\`, got ${echo(value)}.`);
    },
  };
}

function valueChecks({ fault, refusals }: Faults) {
  return {
    /** The field's name says which range. */
    range(field: RangedField, value: Maybe<number>): void {
      const range = rangeOf(field.split('.').at(-1) ?? '');
      if (value == null || range === null || isWithin(value, range)) return;
      fault(field, `Expected \`${field}\` ${rangeText(range)}, got ${echo(value)}.`);
    },
    /** An amount of the account's currency. */
    money(field: string, value: Maybe<number>): void {
      if (value == null) return;
      const rule = Number.isFinite(value) ? moneyFault(value) : 'to be a finite number';
      if (rule !== null) fault(field, `Expected \`${field}\` ${rule}, got ${echo(value)}.`);
    },
    json(field: string, value: unknown): void {
      if (value == null) return;
      const faults = jsonFaults(value);
      for (const { path, rule } of faults) {
        const place = path.length === 0 ? '' : ` at ${path.map((key) => `[${echo(key)}]`).join('')}`;
        const found = refusal('INVALID', `Expected \`${field}\` ${rule}${place}.`, field);
        refusals.push({ ...found, field: [...(found.field ?? []), ...path] });
      }
      if (faults.length > 0) return;
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
