import { connection, pauseBeforeRetry } from './connection.js';
import { toFailure } from './failure.js';

/**
 * Asks until there is an answer: while the server is gone, again and again with a pause that the page shows.
 * @throws {Failure} for anything that asking again does not mend
 */
export async function persist<T>(question: () => Promise<T>): Promise<T> {
  for (let failed = 0; ; failed++) {
    try {
      return await question();
    } catch (error) {
      const failure = toFailure(error);
      if (!failure.isPassing) throw failure;
      const before = connection.value;
      await pauseBeforeRetry(failed, failure.told);
      // A socket that is live all the while goes on being so, and one that is refused, too.
      const isKnown = before.state === 'live' || before.state === 'refused';
      if (isKnown && connection.value.state === 'connecting') connection.value = before;
    }
  }
}
