interface SparingOptions {
  /** How many of a kind are told one by one in each window. */
  most: number;
  windowMs: number;
  /** Told at the end of a window of how many more there were of a kind. */
  onMore: (kind: string, count: number) => void;
}

/** Whether one more of a kind is to be told of by itself: a flood is summed up. */
type Sparing = (kind: string) => boolean;

/** Kinds must be few. */
export function createSparing({ most, windowMs, onMore }: SparingOptions): Sparing {
  const counts = new Map<string, number>();
  const endWindow = (): void => {
    const ended = [...counts];
    counts.clear();
    for (const [kind, count] of ended) if (count > most) onMore(kind, count - most);
  };
  return (kind) => {
    if (counts.size === 0) setTimeout(endWindow, windowMs).unref();
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= most;
  };
}
