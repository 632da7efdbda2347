/** How many cases the prior is worth. */
const PRIOR_CASES = 20;

/**
 * The six decayed sums of one record (an agent's, or the consensus' own), named as under "What is learned" in
 * docs/consensus.md.
 */
export interface Sums {
  n: number;
  o: number;
  c: number;
  cc: number;
  co: number;
  r: number;
}

/** What a record is taken for before it has any case; all but the slope are shares, 0 to 1. */
interface Prior {
  /** How often it is right. */
  right: number;
  /** The confidence it usually states. */
  stated: number;
  /** How much more often it is right for each share of confidence it states above its usual one. */
  slope: number;
  /** The variance of what it states. */
  variance: number;
}

/** What an agent is taken for before its first case. */
export const AGENT_PRIOR: Prior = { right: 0.6, stated: 0.6, slope: 0.25, variance: 0.04 };

/** What a consensus is taken for before its first case. */
export const CONSENSUS_PRIOR: Prior = { right: 0.65, stated: 0.65, slope: 1, variance: 0.02 };

/** Decisions after which a case of an agent counts half. */
export const AGENT_HALF_LIFE = 100;
/** The same for a case of the consensus' own record. */
export const CONSENSUS_HALF_LIFE = 1000;

/** One evaluated vote, or one evaluated decision of the consensus. */
export interface Case {
  /** The stated chance, 0 to 1; the raw one for the consensus. */
  c: number;
  /** Whether it proved right. */
  o: 0 | 1;
  /** Whether the decision succeeded: `o − ok` tells an agent from its swarm, and is 0 for the consensus. */
  ok: 0 | 1;
}

/** The straight line from what a record states to how often it is right. */
export interface Line {
  /** Its usual stated chance, 0 to 1. */
  meanStated: number;
  /** How often it is right when it states that, 0 to 1. */
  meanRight: number;
  slope: number;
}

/** How what a record states relates to how often it is right. */
export interface Calibration extends Line {
  /** How many cases it rests on, older ones counted for less; without the prior's. */
  n: number;
}

/** The sums of a record without a case. */
export const emptySums = (): Sums => ({ n: 0, o: 0, c: 0, cc: 0, co: 0, r: 0 });

/** The sums with a case added (`sign` 1) or taken back (−1), weighed by the factor of its decision. */
export function addCase({ n, o, c, cc, co, r }: Sums, added: Case, factor: number, sign: 1 | -1): Sums {
  const g = sign * factor;
  return {
    n: n + g,
    o: o + g * added.o,
    c: c + g * added.c,
    cc: cc + g * added.c * added.c,
    co: co + g * added.c * added.o,
    r: r + g * (added.o - added.ok),
  };
}

export const scaleSums = ({ n, o, c, cc, co, r }: Sums, factor: number): Sums => ({
  n: n * factor,
  o: o * factor,
  c: c * factor,
  cc: cc * factor,
  co: co * factor,
  r: r * factor,
});

/**
 * What a case of decision `seq` weighs in sums whose factor is 1 at `baseSeq`. The other way round,
 * `factorAt(baseSeq, seq, …)` is what stored sums are multiplied by when they are read at `seq`.
 * Forward decay, Cormode et al. 2009: old cases fade though nothing stored is touched.
 */
export const factorAt = (seq: number, baseSeq: number, halfLife: number): number =>
  2 ** ((seq - baseSeq) / halfLife);

/**
 * A straight line through the cases and the prior's (least squares with a conjugate prior of 20 cases).
 * `decay` is what the stored sums are multiplied by at the moment of reading.
 */
export function calibrate(sums: Sums, prior: Prior, decay: number): Calibration {
  const { n, o, c, cc, co } = scaleSums(sums, decay);
  const meanStated = (PRIOR_CASES * prior.stated + c) / (PRIOR_CASES + n);
  const meanRight = (PRIOR_CASES * prior.right + o) / (PRIOR_CASES + n);
  const offset = prior.stated - meanStated;
  const sxx =
    cc - 2 * meanStated * c + n * meanStated * meanStated + PRIOR_CASES * (prior.variance + offset * offset);
  const sxy =
    co -
    meanStated * o -
    meanRight * c +
    n * meanStated * meanRight +
    PRIOR_CASES * (prior.slope * prior.variance + offset * (prior.right - meanRight));
  return { meanStated, meanRight, slope: sxy / sxx, n };
}

const clamp = (value: number): number => Math.min(0.95, Math.max(0.05, value));

/** The chance, 0.05 to 0.95, that a word of this record proves right when it states the chance `c`, 0 to 1. */
export const pRight = ({ meanStated, meanRight, slope }: Line, c: number): number =>
  clamp(meanRight + slope * (c - meanStated));

/** The logarithm of the odds, in nats. */
export const logit = (p: number): number => Math.log(p / (1 - p));

/** The chance whose logarithm of odds is `nats`. */
export const sigmoid = (nats: number): number => 1 / (1 + Math.exp(-nats));

/** How far an agent's usual word goes: 1 is a newcomer's, 0 is right half of the time or less, 7.26 is the most. */
export const learnedWeight = (calibration: Calibration): number =>
  Math.max(0, logit(pRight(calibration, calibration.meanStated)) / logit(AGENT_PRIOR.right));
