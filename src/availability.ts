import { Unavailable } from './domain/unavailable.js';
import type { Logger } from './log.js';
import { translated } from './mongo/errors.js';
import type { Reach } from './mongo/reach.js';

interface Availability {
  /** Whether the database was ready once; nothing is served before. */
  readonly isPrepared: boolean;
  /** To be called when everything in the database is in place. */
  prepared(): void;
  /** Tells of a failure in the background, which is tried again by itself. */
  report(error: unknown, doing: string): void;
  /** Runs a restart of ours: that the database is away meanwhile is told to nobody. */
  restarting<T>(restart: () => Promise<T>): Promise<T>;
}

/**
 * Tells the operator when the database is ready, away, and back. It is not away before it was ready once: until then
 * the server waits for it.
 */
export function watchAvailability(log: Logger, reach: Reach, onBack: () => void): Availability {
  let isPrepared = false;
  let isRestarting = false;
  let hasSaidAway = false;
  reach.onChange((isAway) => {
    if (!isPrepared) {
      if (isAway && !isRestarting) log.warn(STILL_WAITING);
      return;
    }
    if (isAway) {
      hasSaidAway = true;
      return log.warn(AWAY);
    }
    // What was away before it was ready is not back: it is ready, which was told.
    if (hasSaidAway) log.info('the database is back');
    hasSaidAway = false;
    onBack();
  });
  return {
    get isPrepared() {
      return isPrepared;
    },
    prepared() {
      isPrepared = true;
      log.info('the database is ready');
    },
    report(raw, doing) {
      const error = translated(raw);
      const isOfWaiting = error instanceof Unavailable && !isPrepared;
      // That it is away was said once.
      if (reach.isAway || isOfWaiting) log.debug({ err: error, doing }, isPrepared ? AWAY : STILL_WAITING);
      else if (error instanceof Unavailable) log.warn({ doing }, NO_ANSWER);
      else log.error({ err: error, doing }, 'work in the background failed');
    },
    async restarting(restart) {
      isRestarting = true;
      try {
        return await restart();
      } finally {
        isRestarting = false;
      }
    },
  };
}

const AWAY = 'the database cannot be reached';
/** One call of ours failed: it may be away, which is told once it is known, or it is back by now. */
const NO_ANSWER = 'the database gave no answer; it is asked again';
const STILL_WAITING = 'still waiting for the database';
