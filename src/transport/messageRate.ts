/** Answers whether one more message is within the rate. */
export type MessageRate = () => boolean;

/** So many a second, and a burst of so many on top after a silence (a token bucket). */
export function createMessageRate(perSecond: number, burst: number): MessageRate {
  let left = burst;
  let filledAt = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(burst, left + ((now - filledAt) / 1_000) * perSecond);
    filledAt = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
