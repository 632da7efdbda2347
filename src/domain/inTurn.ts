/** Does work under one key one after the other, in the order it came; how one piece ends is no matter to the next. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Within this process: what several do at once in vain, each on what another has just changed, is done once each. */
export function createInTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const own = before.then(work, work);
    last.set(key, own);
    try {
      return await own;
    } finally {
      if (last.get(key) === own) last.delete(key);
    }
  };
}
