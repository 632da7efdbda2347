import type { Clock } from './domain/ports.js';

/**
 * The machine's time at the start of the process, and from there on by a clock that nobody can set: a machine whose
 * time is set an hour on or back shows that in what is stamped after the next start, and in nothing that waits.
 */
export const steadyClock: Clock = {
  now: () => new Date(performance.timeOrigin + performance.now()),
};
