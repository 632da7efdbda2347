/** Told of each message; answers how many ms no more are to be read, 0 where it is within the rate. */
type MessageRate = () => number;

/**
 * At most `perSecond` messages a second, and `burst` on top after a silence (a token bucket). A message beyond that is
 * taken all the same, and has to be made up for.
 */
export function createMessageRate(perSecond: number, burst: number): MessageRate {
  let left = burst;
  let filledAt = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(burst, left + ((now - filledAt) / 1_000) * perSecond) - 1;
    filledAt = now;
    return left < 0 ? (-left / perSecond) * 1_000 : 0;
  };
}
