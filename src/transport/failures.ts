import { Unavailable } from '../domain/unavailable.js';
import type { Logger } from '../log.js';

/** Tells the operator of what the caller is not told. That the database is away is said once, elsewhere. */
export const failureLog =
  (log: Logger) =>
  (error: unknown, requestId: string): void => {
    if (!(error instanceof Unavailable)) log.error({ err: error, requestId }, 'operation failed');
    else if (error.cause === undefined) log.debug({ requestId }, 'the database could not be reached');
    else log.warn({ err: error.cause, requestId }, 'the database could not be reached');
  };
