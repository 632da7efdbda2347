let aheadMs = 0;

/** Takes in the `Date` of an answer: the server's clock, to the second. */
export function hearTime(date: string | null): void {
  const toldMs = Date.parse(date ?? '');
  // Half a second for what the header cuts off.
  if (Number.isFinite(toldMs)) aheadMs = toldMs + 500 - Date.now();
}

/** Milliseconds since 1970 by the server's clock, as far as it was heard: the reader's may be wrong. */
export const serverNow = (): number => Date.now() + aheadMs;
