import { MongoServerError } from 'mongodb';

/** A unique index has it already. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === 11000;
