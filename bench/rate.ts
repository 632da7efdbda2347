/** Does one round of a fixed amount of work and answers how many operations a second it came to. */
export type Round = () => Promise<number>;

export interface Spread {
  median: number;
  low: number;
  high: number;
}

export interface Comparison {
  /** Ours ÷ the bare driver's, of rounds next to each other. */
  ratio: Spread;
  ours: Spread;
  bare: Spread;
  pairs: number;
}

/** Enough pairs for a median however slow the machine is just now. */
const MIN_PAIRS = 3;

/**
 * Rounds of both in turn for about `budgetMs`, so that a machine that speeds up or slows down does so for both; which
 * goes first changes from pair to pair. One pair before that is thrown away: code is compiled and caches fill.
 */
export async function compare(ours: Round, bare: Round, budgetMs: number): Promise<Comparison> {
  const pairs: { ours: number; bare: number }[] = [];
  const end = performance.now() + budgetMs;
  while (pairs.length <= MIN_PAIRS || performance.now() < end) {
    const oursFirst = pairs.length % 2 === 0 ? await ours() : null;
    const bareRate = await bare();
    pairs.push({ ours: oursFirst ?? (await ours()), bare: bareRate });
  }
  const kept = pairs.slice(1);
  return {
    ratio: spread(kept.map((pair) => pair.ours / pair.bare)),
    ours: spread(kept.map((pair) => pair.ours)),
    bare: spread(kept.map((pair) => pair.bare)),
    pairs: kept.length,
  };
}

/** Each of `workers` does `count` operations, one after the other; answers operations a second of them all. */
export async function rateOf(
  workers: number,
  count: number,
  operation: (worker: number) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let i = 0; i < count; i++) await operation(worker);
    }),
  );
  return (workers * count) / ((performance.now() - start) / 1_000);
}

/** The median, and where the middle half of the values lies. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] as number;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}
