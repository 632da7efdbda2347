import type { Collection, Document } from 'mongodb';
import { sortsInMemory } from './embedded.js';
import { type ListRequest, matching, newestFirst } from './listRequest.js';
import { windowReader } from './listWindows.js';
import { instantsAfter } from './windows.js';

/** What changed since an instant. */
interface ChangesRequest {
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
