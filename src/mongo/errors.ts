import { MongoServerError } from 'mongodb';
import { Unavailable } from '../domain/unavailable.js';

/** A unique index has it already. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === 11000;

/** Whatever the driver throws under these names means: not reached, not known whether done. */
const UNREACHABLE =
  /^Mongo(Network|NetworkTimeout|ServerSelection|WaitQueueTimeout|PoolCleared|PoolClosed|NotConnected|TopologyClosed|OperationTimeout|ServerClosed|ClientClosed)/;

/** What Node throws through the driver as it is when a write meets a connection that is just ending: EPIPE. */
const BROKEN_LINE = /^(E[A-Z]+|ERR_(STREAM|SOCKET)_[A-Z_]+)$/;

/** NotWritablePrimary, shutting down and the like, no majority, too busy: the codes a driver or a caller retries on. */
const RETRYABLE_CODES = new Set([
  6, 7, 64, 89, 91, 100, 133, 134, 189, 217, 262, 462, 9001, 10107, 11600, 11602, 13435, 13436, 5637601,
  5637602,
]);

/** What a server says of an error that passes, whatever its code. */
const RETRYABLE_LABELS = ['RetryableWriteError', 'SystemOverloadedError'];

/** What the driver throws, in our words where it means that the database cannot be reached. */
export const translated = (error: unknown): unknown =>
  isUnreachable(error) ? new Unavailable({ cause: error }) : error;

function isUnreachable(error: unknown): boolean {
  // Not `instanceof Error`: test runners give a file a realm of its own.
  if (typeof error !== 'object' || error === null) return false;
  const { name, code, errorLabels } = error as { name?: unknown; code?: unknown; errorLabels?: unknown };
  if (typeof code === 'string' && BROKEN_LINE.test(code)) return true;
  const isLabelled =
    Array.isArray(errorLabels) && RETRYABLE_LABELS.some((label) => errorLabels.includes(label));
  return UNREACHABLE.test(String(name)) || RETRYABLE_CODES.has(code as number) || isLabelled;
}
