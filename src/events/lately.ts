/**
 * A map of the newest entries: the oldest one goes when there are more than `max`. It takes memory by what is in it,
 * where an LRU cache takes all of it at once: streams have one each.
 */
export function createLately<V>(max: number) {
  const entries = new Map<string, V>();
  return {
    get: (key: string): V | undefined => entries.get(key),
    set(key: string, value: V): void {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > max) entries.delete(entries.keys().next().value as string);
    },
  };
}
