/** Does work: at once where fewer than the most are at work, else in its turn. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets at most `most` be at work at the same time. */
export function createGate(most: number): Gate {
  let atWork = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (atWork < most) atWork += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The one that waited takes the place.
      if (next !== undefined) next();
      else atWork -= 1;
    }
  };
}
