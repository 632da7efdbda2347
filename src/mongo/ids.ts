import { ObjectId } from 'mongodb';

/** A new unique id, 24 hex digits; those of one process rise. */
export const newId = (): string => new ObjectId().toHexString();
