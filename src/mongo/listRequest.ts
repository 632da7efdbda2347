import type { Document, ObjectId } from 'mongodb';

/** A page of a list, newest first by `_id`. */
export interface ListRequest {
  /** Whose list it is: equalities on the first fields of an index that goes on with `_id`. */
  of: Document;
  /** Equalities, each on the field of an index that begins with those of `of` and ends with `_id`; the rarest first. */
  conditions: readonly Document[];
  /** What else is asked. */
  rest: Document;
  /** The same as a part of `rest`, with an index of its own: the way to what few match. */
  narrow?: Narrow | null;
  /** An upper bound of `_id`. */
  below: { $lt: ObjectId } | { $lte: ObjectId } | null;
  limit: number;
}

export interface Narrow {
  by: Document;
  field: string;
  /** `$lt` only of an instant that a document takes with its id. */
  range: { $gte?: Date; $lt?: Date; $gt?: number };
}

/** The first is found by an index, the others among what that finds. */
export const matching = (indexed: Document, others: Document): Document[] =>
  [indexed, others].filter((one) => Object.keys(one).length > 0).map(($match) => ({ $match }));

export const newestFirst = (limit: number, stages: Document[]): Document[] => [
  { $sort: { _id: -1 } },
  { $limit: limit },
  ...stages,
];
