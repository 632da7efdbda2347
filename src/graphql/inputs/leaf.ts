import { type GraphQLLeafType, isEnumType } from 'graphql';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import { meantNumber, numberAdvice, toNumber } from '../../domain/meantNumber.js';
import { isWithin, type Range, rangeOf, rangeText } from '../../domain/ranges.js';

/** A name as it stands in a document, where a text has quotation marks. */
export class Word {
  constructor(readonly text: string) {}
}

/** A text as it stands in a document, where a name is expected. */
export class Quoted {
  constructor(readonly text: string) {}
}

/** What a value is taken for, with the range it is not in, or the rule it breaks, with what was probably meant. */
export type Checked =
  | { value: unknown; outside?: string }
  | { rule: string; advice: string; didYouMean: string | null };

const INT: Range = { min: -2_147_483_648, max: 2_147_483_647 };
/** Less is what arithmetic in floating point leaves behind. */
const NOISE = 1e-9;

/** Holds one value of an input against its type, as strictly as GraphQL does; what it means is never guessed. */
export function checkLeaf(type: GraphQLLeafType, field: string, given: unknown): Checked {
  if (isEnumType(type))
    return checkWord(
      type.getValues().map(({ name }) => name),
      given,
    );
  if (type.name === 'Int') return checkInt(field, given);
  const rule = RULES.get(type.name);
  if (rule === undefined) return checkByType(type, given);
  return rule.holds(given) ? { value: given } : breaks(rule.text, rule.meant(given));
}

const isNumber = (given: unknown): given is number => typeof given === 'number' && Number.isFinite(given);

const RULES = new Map([
  ['JSON', { text: '', holds: () => true, meant: () => null }],
  ['String', { text: 'to be a text', holds: isText, meant: asText }],
  [
    'ID',
    {
      text: 'to be an id as a text',
      holds: (given: unknown) => isText(given) || Number.isInteger(given),
      meant: asText,
    },
  ],
  [
    'Float',
    {
      text: 'to be a number',
      holds: isNumber,
      meant: (given: unknown) => toNumber(given)?.toString() ?? null,
    },
  ],
  ['Boolean', { text: 'to be true or false', holds: isBoolean, meant: asBoolean }],
]);

function isText(given: unknown): boolean {
  return typeof given === 'string';
}
function isBoolean(given: unknown): boolean {
  return typeof given === 'boolean';
}
function asText(given: unknown): string | null {
  if (given instanceof Word) return JSON.stringify(given.text);
  return isNumber(given) || isBoolean(given) ? `"${String(given)}"` : null;
}
function asBoolean(given: unknown): string | null {
  const text = String(given).trim().toLowerCase();
  return typeof given === 'string' && (text === 'true' || text === 'false') ? text : null;
}

const breaks = (rule: string, didYouMean: string | null, advice?: string): Checked => ({
  rule,
  advice: advice ?? (didYouMean === null ? '' : ` Send ${didYouMean}.`),
  didYouMean,
});

function checkWord(names: readonly string[], given: unknown): Checked {
  const isWord = typeof given === 'string' || given instanceof Word;
  const text = given instanceof Word || given instanceof Quoted ? given.text : String(given);
  if (isWord && names.includes(text)) return { value: text };
  const word = text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '_');
  const begun =
    names.find((name) => name === word) ?? names.find((name) => word.length > 2 && name.startsWith(word));
  const near = begun ?? suggestionList(word, names)[0] ?? null;
  const isQuoted = given instanceof Quoted && near === text;
  const advice = isQuoted ? ` Send ${near} without quotation marks.` : ` Did you mean ${near}?`;
  return breaks(`to be ${oneOf(names)}`, near, near === null ? '' : advice);
}

const oneOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

function checkInt(field: string, given: unknown): Checked {
  const range = rangeOf(field);
  if (isNumber(given) && isWithin(Math.round(given), INT) && Math.abs(given - Math.round(given)) < NOISE) {
    const value = Math.round(given);
    return range === null || isWithin(value, range) ? { value } : { value, outside: rangeText(range) };
  }
  const scale = range === null ? 'of 32 bits' : rangeText(range);
  const rule =
    range === null
      ? `as a whole number ${scale}`
      : `${range.isPercent === true ? 'in percent ' : ''}${scale} as a whole number`;
  const meant = meantNumber(given, range ?? INT);
  return meant === null ? breaks(rule, null) : breaks(rule, String(meant.value), numberAdvice(meant));
}

function checkByType(type: GraphQLLeafType, given: unknown): Checked {
  try {
    type.parseValue(given);
    return { value: given };
  } catch {
    const rule = type.name === 'DateTime' ? 'an instant such as 2025-11-22T13:09:00.000Z' : `a ${type.name}`;
    return breaks(`to be ${rule}`, null);
  }
}
