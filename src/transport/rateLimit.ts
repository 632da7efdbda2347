import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

const WINDOW_SECONDS = 10;

/** Answers null, or why a user has to wait and how many seconds. */
export type RateLimit = (userId: string) => Promise<{ message: string; retryAfterSeconds: number } | null>;

/** Operations of one user over all its connections to this process, over both transports; null is no limit. */
export function createRateLimit(perSecond: number | null): RateLimit {
  if (perSecond === null) return async () => null;
  const most = perSecond * WINDOW_SECONDS;
  const limiter = new RateLimiterMemory({ points: most, duration: WINDOW_SECONDS });
  return async (userId) => {
    try {
      await limiter.consume(userId);
      return null;
    } catch (rejected) {
      const { consumedPoints, msBeforeNext } = rejected as RateLimiterRes;
      const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
      const text = `Expected at most ${most} operations of one user in ${WINDOW_SECONDS} s (OPERATIONS_PER_SECOND × ${WINDOW_SECONDS}), got ${consumedPoints}; try again in ${retryAfterSeconds} s.`;
      return { message: text, retryAfterSeconds };
    }
  };
}
