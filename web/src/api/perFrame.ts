const HIDDEN_MS = 1_000;

/** Hands over all that came since the last frame at once; in a hidden tab, which draws no frames, once a second. */
export function perFrame<T>(take: (items: T[]) => void): (item: T) => void {
  let items: T[] = [];
  const flush = (): void => {
    const taken = items;
    items = [];
    take(taken);
  };
  return (item) => {
    if (items.push(item) > 1) return;
    if (document.hidden) setTimeout(flush, HIDDEN_MS);
    else requestAnimationFrame(flush);
  };
}
