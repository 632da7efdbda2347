/**
 * What the server learns, once more and on purpose without its code: section "What is learned" of the
 * documentation, for one agent. Sums decay by half every 100 decisions of the node, counted by `DecisionLog.seq`.
 */
const HALF_LIFE = 100;
const STRENGTH = 20;
const PRIOR = { right: 0.6, confidence: 0.6, slope: 0.25, variance: 0.04 };

/** One judged ballot: the decision's number, the stated confidence as a share, and whether the vote was right. */
export interface JudgedBallot {
  seq: number;
  confidence: number;
  isRight: boolean;
}

const logit = (share: number) => Math.log(share / (1 - share));

/** The chance that an agent who states `confidence` is right, read at decision number `at`; null: its usual one. */
export function chanceOfRight(
  ballots: readonly JudgedBallot[],
  confidence: number | null,
  at: number,
): number {
  let [n, o, c, cc, co] = [0, 0, 0, 0, 0];
  for (const ballot of ballots) {
    const weight = 2 ** ((ballot.seq - at) / HALF_LIFE);
    const right = ballot.isRight ? 1 : 0;
    n += weight;
    o += weight * right;
    c += weight * ballot.confidence;
    cc += weight * ballot.confidence ** 2;
    co += weight * ballot.confidence * right;
  }
  const meanC = (STRENGTH * PRIOR.confidence + c) / (STRENGTH + n);
  const meanO = (STRENGTH * PRIOR.right + o) / (STRENGTH + n);
  const away = PRIOR.confidence - meanC;
  const sxx = cc - 2 * meanC * c + n * meanC ** 2 + STRENGTH * (PRIOR.variance + away ** 2);
  const sxy =
    co -
    meanC * o -
    meanO * c +
    n * meanC * meanO +
    STRENGTH * (PRIOR.slope * PRIOR.variance + away * (PRIOR.right - meanO));
  const usual = meanO + (sxy / sxx) * ((confidence ?? meanC) - meanC);
  return Math.min(0.95, Math.max(0.05, usual));
}

/** 1 is as trusted as a newcomer, 0 is not listened to; `at` is the number of the next decision. */
export function learnedWeight(ballots: readonly JudgedBallot[], at: number): number {
  return Math.max(0, logit(chanceOfRight(ballots, null, at)) / logit(PRIOR.right));
}
