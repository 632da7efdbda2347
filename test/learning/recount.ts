/** The figures of a record by their definitions, from single cases: nothing of the server's own arithmetic. */

/** One evaluated vote of an agent, or one evaluated decision of the swarm. */
export interface Case {
  seq: number;
  timestamp: string;
  /** The stated chance, 0 to 1. */
  stated: number;
  /** What is learned from: the same, but for the swarm, whose chance is shown calibrated. */
  raw: number;
  right: boolean;
  /** Whether the decision succeeded. */
  success: boolean;
  /** The agent's part of the pnl, in whole 1e-8 of the currency. */
  units: number;
}

/** What a record is taken for before its first case, and after how many decisions a case counts half. */
export interface Before {
  chance: number;
  slope: number;
  variance: number;
  halfLife: number;
}

export const NEWCOMER: Before = { chance: 0.6, slope: 0.25, variance: 0.04, halfLife: 100 };
export const NEW_SWARM: Before = { chance: 0.65, slope: 1, variance: 0.02, halfLife: 1000 };

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const share = (cases: readonly Case[]): number => cases.filter(({ right }) => right).length / cases.length;
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

/** The share that proved right, with the interval where it lies 1.96 standard errors of either end away. */
export function rate(cases: readonly Case[]) {
  if (cases.length === 0) return null;
  const [n, p, z] = [cases.length, share(cases), 1.959963984540054];
  const middle = (n * p + z ** 2 / 2) / (n + z ** 2);
  const half = (z * Math.sqrt(n * p * (1 - p) + z ** 2 / 4)) / (n + z ** 2);
  return { value: p, low: middle - half, high: middle + half, n };
}

const measure = (cases: readonly Case[], value: () => number | null) => {
  const n = cases.length;
  if (n < 20) return { value: null, n, reason: 'NOT_ENOUGH_DATA', needed: 20 };
  const found = value();
  return { value: found, n, reason: found === null ? 'NO_VARIATION' : null, needed: 20 };
};

const squaredError = (cases: readonly Case[]): number =>
  mean(cases.map(({ stated, right }) => (stated - Number(right)) ** 2));

/** How well the stated chances did. */
export const judged = (cases: readonly Case[]) => ({
  brier: cases.length === 0 ? null : squaredError(cases),
  brierSkill: measure(cases, () => {
    const base = share(cases) * (1 - share(cases));
    return base === 0 ? null : 1 - squaredError(cases) / base;
  }),
  calibration: calibration(cases),
});

function calibration(cases: readonly Case[]) {
  const parts = Array.from({ length: 10 }, (_, at) => {
    const [from, to] = [10 * at, at === 9 ? 100 : 10 * at + 9];
    const inside = cases.filter(({ stated }) => 100 * stated > from - 0.5 && 100 * stated < to + 0.5);
    return { from, to, inside };
  });
  const over = (of: (inside: readonly Case[]) => number) =>
    sum(parts.map(({ inside }) => (inside.length === 0 ? 0 : (inside.length / cases.length) * of(inside))));
  const meanStated = (inside: readonly Case[]) => mean(inside.map(({ stated }) => stated));
  return {
    bins: parts.map(({ from, to, inside }) => ({
      from,
      to,
      n: inside.length,
      meanStated: inside.length === 0 ? null : meanStated(inside),
      hitRate: rate(inside),
    })),
    ece: measure(cases, () => over((inside) => Math.abs(meanStated(inside) - share(inside)))),
    floor: measure(cases, () =>
      over((inside) => Math.sqrt((2 * share(inside) * (1 - share(inside))) / (Math.PI * inside.length))),
    ),
  };
}

/** How often it is right lately, and how far its usual word goes, at decision `at`: section 3 of the definitions. */
export function lately(cases: readonly Case[], at: number, before = NEWCOMER) {
  const k = 20;
  const weights = cases.map(({ seq }) => 2 ** ((seq - at) / before.halfLife));
  const n = sum(weights);
  const weighed = (of: (one: Case) => number) => sum(cases.map((one, i) => (weights[i] ?? 0) * of(one)));
  const meanStated = (k * before.chance + weighed(({ raw }) => raw)) / (k + n);
  const meanRight = (k * before.chance + weighed(({ right }) => Number(right))) / (k + n);
  const off = before.chance - meanStated;
  const xx = weighed(({ raw }) => (raw - meanStated) ** 2) + k * (before.variance + off ** 2);
  const xy =
    weighed(({ raw, right }) => (raw - meanStated) * (Number(right) - meanRight)) +
    k * (before.slope * before.variance + off * (before.chance - meanRight));
  const chance = Math.min(0.95, Math.max(0.05, meanRight));
  const learnedWeight = Math.max(0, Math.log(chance / (1 - chance)) / Math.log(1.5));
  return { meanRight, slope: xy / xx, learnedWeight };
}

/** All figures of an agent at decision `at`, as `AgentPerformance` and `PerformanceSlice` have them. */
export function performanceFrom(cases: readonly Case[], at: number) {
  const { meanRight, learnedWeight } = lately(cases, at);
  return {
    evaluatedVotes: cases.length,
    hitRate: rate(cases),
    recentHitRate: meanRight,
    ...judged(cases),
    learnedWeight,
    pnlAttributed: sum(cases.map(({ units }) => units)) / 1e8,
    edge: sum(cases.map(({ right, success }) => Number(right) - Number(success))),
  };
}

/** The whole 1e-8 of a pnl that fall to each of these, by their parts; what rounding leaves one each, the largest first. */
export function dealt<T extends { agentName: string; part: number }>(pnl: number, to: readonly T[]) {
  const ranked = to.toSorted((a, b) => b.part - a.part || (a.agentName < b.agentName ? -1 : 1));
  const total = sum(ranked.map(({ part }) => part));
  const units = Math.round(Math.abs(pnl) * 1e8);
  const parts = ranked.map(({ part }) => Math.round((units * part) / total));
  let left = units - sum(parts);
  const settled = parts.map((part) => {
    const step = Math.sign(left);
    left -= step;
    return part + step;
  });
  return new Map(ranked.map(({ agentName }, i) => [agentName, Math.sign(pnl) * (settled[i] ?? 0) + 0]));
}
