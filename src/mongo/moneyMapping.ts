import { Decimal128 } from 'mongodb';
import type { Units } from '../domain/money.js';

const UNITS_OF_A_CENT = 1_000_000n;

/** A sum of money as it is stored: a whole number of 34 digits at most, which the database adds up exactly. */
export const fromUnits = (units: Units): Decimal128 => Decimal128.fromString(units.toString());

/** From older versions the whole cents they stored. */
export const toUnits = (units: Decimal128 | undefined, cents = 0): Units =>
  units === undefined ? BigInt(Math.round(cents)) * UNITS_OF_A_CENT : BigInt(units.toString());
