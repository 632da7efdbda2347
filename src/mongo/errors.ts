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

/** NotWritablePrimary, shutting down and the like: the codes a driver retries on. */
const RETRYABLE_CODES = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** What the driver throws, in our words where it means that the database cannot be reached. */
export const translated = (error: unknown): unknown =>
  isUnreachable(error) ? new Unavailable({ cause: error }) : error;

function isUnreachable(error: unknown): boolean {
  // Not `instanceof Error`: test runners give a file a realm of its own.
  if (typeof error !== 'object' || error === null) return false;
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (typeof code === 'string' && BROKEN_LINE.test(code)) return true;
  return UNREACHABLE.test(String(name)) || RETRYABLE_CODES.has(code as number);
}
