/**
 * An amount in whole units of 1e-8 of the account's currency. Sums of them are exact in any order, and what was added
 * is taken back exactly.
 */
export type Units = bigint;

const DECIMALS = 8;
/** Units of one of the currency. */
const PER_ONE = 10n ** BigInt(DECIMALS);
/** Digits of a mean behind the last of a unit: more than a double holds. */
const MEAN_DECIMALS = 20;
const MEAN_SCALE = 10n ** BigInt(MEAN_DECIMALS);
/** The largest amount of the currency, either way. Sums of a hundred thousand million of these fit into 34 digits. */
const MAX_AMOUNT = 1e15;
const MAX_UNITS = BigInt(MAX_AMOUNT) * PER_ONE;
/** A number with as many significant digits or more was calculated: its last ones are what rounding left. */
const CALCULATED_DIGITS = 15;

/**
 * An amount of the currency as the figures say it, to the nearest unit, half a unit away from 0; amounts beyond the
 * most, which older versions stored, are the most. Expects a finite number.
 */
export function toUnits(amount: number): Units {
  const { digits, exponent } = figures(amount);
  const shift = exponent + DECIMALS;
  const units = shift >= 0 ? digits * 10n ** BigInt(shift) : rounded(digits, -shift);
  const most = units > MAX_UNITS ? MAX_UNITS : units;
  return amount < 0 ? -most : most;
}

/** The amount of the currency; the nearest double, where there is none for it. */
export const fromUnits = (units: Units): number => Number(`${units}e-${DECIMALS}`);

/** The mean of `n` amounts, in the currency: the double nearest to it, so that the mean of one is that one. */
export const meanOf = (units: Units, n: number): number =>
  Number(`${(units * MEAN_SCALE) / BigInt(n)}e-${DECIMALS + MEAN_DECIMALS}`);

/** What keeps a finite amount from being summed as its figures say, as a rule; null when nothing does. */
export function moneyFault(amount: number): string | null {
  if (Math.abs(amount) > MAX_AMOUNT) {
    const most = MAX_AMOUNT.toLocaleString('en-US');
    return `from -${most} to ${most}`;
  }
  const { digits, exponent } = figures(amount);
  const isFiner = exponent < -DECIMALS && digits !== 0n;
  const isCalculated = String(digits).length >= CALCULATED_DIGITS && toUnits(amount) !== 0n;
  return isFiner && !isCalculated ? `with at most ${DECIMALS} digits behind the point` : null;
}

/** An amount in plain figures, never with an exponent: `0.00042`. */
export function moneyText(amount: number): string {
  const units = toUnits(amount);
  const [size, sign] = units < 0n ? [-units, '-'] : [units, ''];
  const behind = String(size % PER_ONE)
    .padStart(DECIMALS, '0')
    .replace(/0+$/, '');
  return `${sign}${size / PER_ONE}${behind === '' ? '' : `.${behind}`}`;
}

/** The shortest figures that say this double and no other: `digits` × 10^`exponent`, without the sign. */
function figures(amount: number): { digits: bigint; exponent: number } {
  const [mantissa = '0', power = '0'] = Math.abs(amount).toExponential().split('e');
  const [whole = '0', behind = ''] = mantissa.split('.');
  return { digits: BigInt(whole + behind), exponent: Number(power) - behind.length };
}

function rounded(digits: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places);
  return (digits + divisor / 2n) / divisor;
}
