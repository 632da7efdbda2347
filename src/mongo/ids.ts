import { ObjectId } from 'mongodb';

/** A new unique id, 24 hex digits; those of one process rise with `now`. */
export const newId = (now: Date): string =>
  new ObjectId(ObjectId.generate(Math.floor(now.getTime() / 1_000))).toHexString();
