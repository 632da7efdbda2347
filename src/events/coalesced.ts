/**
 * Work that many ask for at once is done once for all of them: each caller is answered by a run that began after the
 * asking, since one that was under way may have looked too early.
 */
export function createCoalesced<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, { now: Promise<T>; next: Promise<T> | null }>();
  const run = (key: string, work: () => Promise<T>): Promise<T> => {
    const own: { now: Promise<T>; next: Promise<T> | null } = { now: work(), next: null };
    running.set(key, own);
    const done = (): void => {
      if (own.next === null && running.get(key) === own) running.delete(key);
    };
    own.now.then(done, done);
    return own.now;
  };
  return (key, work) => {
    const under = running.get(key);
    if (under === undefined) return run(key, work);
    under.next ??= under.now.then(
      () => run(key, work),
      () => run(key, work),
    );
    return under.next;
  };
}
