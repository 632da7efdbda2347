import type {
  DifferencePartsFragment,
  MeasurePartsFragment,
  RatePartsFragment,
} from '../generated/graphql.js';
import { decimal, percent } from '../parts/format.js';

/** Below so many cases a bin of the diagram says too little to be read. */
export const FEW = 5;

type Gap = Pick<MeasurePartsFragment, 'reason' | 'needed' | 'n'>;

/** Why there is no number, with the number of cases it needs and has. */
const gapText = ({ reason, needed, n }: Gap): string =>
  reason === 'NO_VARIATION' ? `all ${n} alike` : `needs ${needed}, has ${n}`;

export const measureText = (measure: MeasurePartsFragment): string =>
  measure.value === null ? gapText(measure) : decimal(measure.value);

export const UNKNOWN_YET = 'no outcome yet';

export const brierText = (brier: number | null): string => (brier === null ? UNKNOWN_YET : decimal(brier, 3));

/** `61.0 % (52.1 to 69.2 %, n 118)` */
export const rateText = (rate: RatePartsFragment | null): string =>
  rate === null
    ? UNKNOWN_YET
    : `${percent(rate.value)} (${(100 * rate.low).toFixed(1)} to ${percent(rate.high)}, n ${rate.n})`;

/** A difference with its interval, or why it has none. */
export function differenceText(one: DifferencePartsFragment, show: (value: number) => string): string {
  const cases = `n ${one.n}, ${one.changed} changed`;
  if (one.value === null) return gapText(one);
  if (one.low === null || one.high === null) {
    return `${show(one.value)} (no interval: needs ${one.needed} changed, has ${one.changed}; n ${one.n})`;
  }
  return `${show(one.value)} (${show(one.low)} to ${show(one.high)}; ${cases})`;
}

export const points = (share: number): string => `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)} points`;
