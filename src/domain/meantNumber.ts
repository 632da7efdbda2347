import { isWithin, type Range } from './ranges.js';

/** Longer is no number that somebody meant. */
const MAX_NUMBER = 40;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const PERCENT_SIGN = / ?(?:%|percent|pct)$/i;

/** What was probably meant by a value that is not taken. */
interface Meant {
  value: number;
  /** The share of 1 that a percent was written as, null where it was not. */
  share: number | null;
}

/** The whole number of a range that a value, or its text, was probably meant for; null when none was. */
export function meantNumber(given: unknown, range: Range): Meant | null {
  const { isPercent = false } = range;
  const number = toNumber(given, isPercent);
  if (number === null) return null;
  const isShare = isPercent && number > 0 && number < 1 && !PERCENT_SIGN.test(plainText(given));
  const value = Math.round(isShare ? 100 * number : number);
  if ((!isPercent && !Number.isInteger(number)) || !isWithin(value, range)) return null;
  return { value, share: isShare ? number : null };
}

/** As it goes on after a refusal. */
export const numberAdvice = ({ value, share }: Meant): string =>
  share === null ? ` Send ${value}.` : ` For a share of ${share} send ${value}.`;

/** The number a value or its text says, in digits of any width; that of a percent also with the sign or word behind it. */
export function toNumber(given: unknown, isPercent = false): number | null {
  if (typeof given === 'number') return Number.isFinite(given) ? given : null;
  const text = plainText(given);
  const digits = isPercent ? text.replace(PERCENT_SIGN, '') : text;
  const number = NUMBER.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

const plainText = (given: unknown): string =>
  typeof given === 'string' && given.length <= MAX_NUMBER ? given.normalize('NFKC').trim() : '';
