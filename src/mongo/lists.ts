import { type Collection, type Document, ObjectId } from 'mongodb';
import { sortsInMemory } from './embedded.js';
import { windowReader } from './listWindows.js';
import { instantsAfter } from './windows.js';

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

/** What changed since an instant. */
export interface ChangesRequest {
  by: Document;
  /** What holds the instant, the next field of the index. */
  field: string;
  from: Date;
  rest: Document;
  limit: number;
}

/**
 * Lists of one collection. A MongoDB walks an index in the order of the list. The embedded database sorts all that
 * match, whole documents in memory, so it is asked for a window that holds the page: found by looking, without sorting,
 * whether there is enough in it, in ever wider ones. Also, it uses an index only where every condition is on that
 * index: all others come in a stage of their own, which a MongoDB joins to the first.
 */
export function listsOf<T extends Document>(collection: Collection<T>) {
  const readWindow = windowReader(collection);

  const read = <D extends Document>(request: ListRequest, stages: Document[]): Promise<D[]> => {
    const { of, conditions, rest, below, limit } = request;
    const [first, ...others] = conditions;
    const indexed = { ...of, ...first, ...(below && { _id: below }) };
    const pipeline = [
      ...matching(indexed, Object.assign({}, ...others, rest)),
      ...newestFirst(limit, stages),
    ];
    return collection.aggregate<D>(pipeline).toArray();
  };

  /** The first instant after those on a page of changes; null where there is no whole page. */
  const endOfPage = async ({ by, rest, field, from, limit }: ChangesRequest): Promise<Date | null> => {
    const now = new Date();
    for (const edge of [...instantsAfter(from).filter((instant) => instant < now), null]) {
      const range = { $gte: from, ...(edge && { $lt: edge }) };
      const pipeline = [
        ...matching({ ...by, [field]: range }, rest),
        { $limit: limit },
        { $project: { [field]: 1 } },
      ];
      const found = await collection.aggregate<Record<string, Date>>(pipeline).toArray();
      if (found.length === limit) return new Date(1 + Math.max(...found.map((one) => Number(one[field]))));
    }
    return null;
  };

  return {
    /** By an instant, then by `_id`, oldest first. */
    async changes<D extends Document>(request: ChangesRequest, stages: Document[]): Promise<D[]> {
      const { by, rest, field, from, limit } = request;
      const end = (await sortsInMemory(collection.db)) ? await endOfPage(request) : null;
      // Not `$lte`: of a field that is not an index's last one the embedded database takes that for `$lt`.
      const range = { $gte: from, ...(end && { $lt: end }) };
      const sort = { [field]: 1, _id: 1 } as const;
      return collection
        .aggregate<D>([
          ...matching({ ...by, [field]: range }, rest),
          { $sort: sort },
          { $limit: limit },
          ...stages,
        ])
        .toArray();
    },

    /** @param stages what follows on the page, which keeps `_id` */
    async page<D extends Document>(request: ListRequest, stages: Document[] = []): Promise<D[]> {
      return (await sortsInMemory(collection.db)) ? readWindow<D>(request, stages) : read<D>(request, stages);
    },
  };
}

/** The first is found by an index, the others among what that finds. */
export const matching = (indexed: Document, others: Document): Document[] =>
  [indexed, others].filter((one) => Object.keys(one).length > 0).map(($match) => ({ $match }));

export const newestFirst = (limit: number, stages: Document[]): Document[] => [
  { $sort: { _id: -1 } },
  { $limit: limit },
  ...stages,
];
