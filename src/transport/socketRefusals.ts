import type { Logger } from '../log.js';
import type { RefusalReason } from './admission.js';
import type { Metrics } from './metrics.js';
import { createSparing } from './sparing.js';

const WINDOW_MS = 10_000;

export type NoteRefused = (reason: RefusalReason | 'upgrade') => void;

/** Counts the sockets that are not let in, and tells the operator of the first of a reason at once, of the rest together. */
export function socketRefusals(log: Logger, metrics: Metrics): NoteRefused {
  const isTold = createSparing({
    most: 1,
    windowMs: WINDOW_MS,
    onMore: (reason, count) => log.warn({ reason, count }, 'more sockets were refused'),
  });
  return (reason) => {
    metrics.socketsRefused.inc({ reason });
    if (isTold(reason)) log.warn({ reason }, 'a socket was refused');
  };
}
