import type { TradeAction } from '../generated/graphql.js';

const moneyTo = (maximumFractionDigits: number): Intl.NumberFormat =>
  new Intl.NumberFormat('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits,
    signDisplay: 'exceptZero',
  });
const MONEY = moneyTo(2);
/** All figures that an amount may have: where one of the currency is worth thousands, they are what it is about. */
const SMALL_MONEY = moneyTo(8);
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

export const NONE = '–';

/** `+1,234.50`, in the account's currency; `+0.00042` with all its figures below 1. */
export const money = (value: number | null | undefined): string =>
  value == null ? NONE : (Math.abs(value) < 1 ? SMALL_MONEY : MONEY).format(value);

/** `51.2 %` of a share from 0 to 1. */
export const percent = (share: number | null | undefined, digits = 1): string =>
  share == null ? NONE : `${(100 * share).toFixed(digits)} %`;

export const decimal = (value: number | null | undefined, digits = 2): string =>
  value == null ? NONE : value.toFixed(digits);

/** `13:09:00`, in the reader's own time zone. */
export const timeOf = (instant: string): string => TIME.format(new Date(instant));

/** `22 Nov 2025, 13:09:00`, in the reader's own time zone. */
export const dayOf = (instant: string): string => DAY.format(new Date(instant));

/** `0.4 s`, `2 min 5 s` */
export function durationText(ms: number): string {
  if (ms < 9_950) return `${(Math.max(0, ms) / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3_600)} h`;
}

/** The class that colours an action; its word always stands beside. */
export const classOf = (action: TradeAction | null | undefined): string => action?.toLowerCase() ?? '';

/** `In progress` from `IN_PROGRESS`. */
export function words(constant: string): string {
  const text = constant.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 vote`, `2 votes` */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
