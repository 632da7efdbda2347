import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import type { Refusal } from '../../domain/refusal.js';

/** From `input` on. */
export type Path = readonly string[];

/** More at once nobody reads. */
export const MOST = 100;

/** What is at fault in one input. */
export interface Faults {
  /** What its types refuse. */
  refusals: readonly Refusal[];
  /** Numbers that its types take and its commands do not, since they are out of their range. */
  outside: readonly Refusal[];
}

/**
 * What the caller is told at once, empty while the types take the input: then its command finds what is out of range,
 * with whatever else it finds.
 */
export function toldOf(faults: readonly Faults[]): Refusal[] {
  const refusals = faults.flatMap((one) => one.refusals);
  const outside = refusals.length === 0 ? [] : faults.flatMap((one) => one.outside);
  return [...refusals, ...outside].slice(0, MOST);
}

/** What is at fault in one input, told together. */
export function createFindings() {
  const refusals: Refusal[] = [];
  const outside: Refusal[] = [];
  let isChanged = false;
  const put = (list: Refusal[], field: Path, message: string, didYouMean: string | null = null): void => {
    if (list.length < MOST) list.push({ code: 'INVALID', message, field: [...field], didYouMean });
  };
  const add = (field: Path, message: string, didYouMean: string | null = null): void => {
    isChanged = true;
    put(refusals, field, message, didYouMean);
  };
  return {
    refusals,
    outside,
    /** Something was taken for another value, and is fine. */
    change: (): void => void (isChanged = true),
    get isChanged() {
      return isChanged;
    },
    /** Whatever else is wrong is not told. */
    get isFull() {
      return refusals.length === MOST;
    },
    missing: (path: Path, got: 'null' | 'none'): void => add(path, `Expected ${told(path)}, got ${got}.`),
    outOfRange: (path: Path, range: string, got: string): void =>
      put(outside, path, `Expected ${told(path)} ${range}, got ${got}.`),
    unknown(path: Path, typeName: string, names: readonly string[]): void {
      const name = path.at(-1) ?? '';
      const [near = null] = suggestionList(name, names);
      const advice = near === null ? '' : ` Did you mean \`${near}\`?`;
      add(path, `Expected a field of ${typeName}, got \`${name.slice(0, 80)}\`.${advice}`, near);
    },
    broken: (path: Path, rule: string, got: string, advice = '', near: string | null = null): void =>
      add(path, `Expected ${told(path)} ${rule}, got ${got}.${advice}`, near),
  };
}

export type Findings = ReturnType<typeof createFindings>;

/** As it is called below its input; the input by its own name. */
const told = ([input, ...names]: Path): string => `\`${names.length === 0 ? input : names.join('.')}\``;

/** Some value of a type, so that an input of which one part is refused can still be read as a whole. */
export function standIn(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return standIn(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return STAND_INS.get(type.name) ?? null;
  const required = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(required.map((field) => [field.name, standIn(field.type)]));
}

const STAND_INS = new Map<string, unknown>([
  ['Int', 0],
  ['Float', 0],
  ['String', ''],
  ['ID', ''],
  ['Boolean', false],
  ['DateTime', '1970-01-01T00:00:00.000Z'],
]);
