import { LRUCache } from 'lru-cache';
import { type Collection, type Document, ObjectId } from 'mongodb';
import { sortsInMemory } from './embedded.js';
import { idsBelow, instantsAfter, instantsBefore, windowOf } from './windows.js';

/** A page of a list, newest first by `_id`. */
export interface ListRequest {
  /** Equalities on the fields of an index that goes on with `_id`. */
  by: Document;
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

/** Fewer matches than so many pages are read whole. */
const FEW_PAGES = 4;
/** Of so many lists it is remembered where their pages were. */
const REMEMBERED = 10_000;
/** The first window of a list nothing is known of: an hour. */
const FIRST_WINDOW = 4;

/** What is known of a list since its last page; no answer depends on it but in time. */
interface Known {
  newest: ObjectId;
  window: number;
  isOfFew: boolean;
}

/**
 * Lists of one collection. A MongoDB walks an index in the order of the list. The embedded database sorts all that
 * match, so it is asked for a window of ids that holds the page: found by looking, without sorting, whether there is
 * enough in it, in ever wider ones. Also, it uses an index only where every condition is on that index: all others
 * come in a stage of their own, which a MongoDB joins to the first.
 */
export function listsOf<T extends Document>(collection: Collection<T>) {
  const known = new LRUCache<string, Known>({ max: REMEMBERED });

  const read = <D extends Document>({ by, rest, limit }: ListRequest, ids: Document, stages: Document[]) => {
    const match = Object.keys(ids).length === 0 ? by : { ...by, _id: ids };
    const pipeline = [...matching(match, rest), { $sort: { _id: -1 } }, { $limit: limit }, ...stages];
    return collection.aggregate<D>(pipeline).toArray();
  };

  const readFew = <D extends Document>(narrow: Narrow, request: ListRequest, stages: Document[]) => {
    const { by, rest, below, limit } = request;
    const others = { ...by, ...rest, ...(below && { _id: below }) };
    const all = { ...narrow.by, [narrow.field]: narrow.range };
    const pipeline = [...matching(all, others), { $sort: { _id: -1 } }, { $limit: limit }, ...stages];
    return collection.aggregate<D>(pipeline).toArray();
  };

  /** Whether fewer match; no more than that are looked at, of a range of time the latest. */
  const areFew = async ({ by, field, range }: Narrow, limit: number, first: number): Promise<boolean> => {
    const edges = '$gt' in range ? [] : instantsBefore(range.$lt ?? new Date(), range.$gte ?? null, first);
    for (const window of [...edges.map(($gte) => ({ ...range, $gte })), range]) {
      const pipeline = [{ $match: { ...by, [field]: window } }, { $limit: limit }, { $project: { _id: 1 } }];
      if ((await collection.aggregate(pipeline).toArray()).length === limit) return false;
    }
    return true;
  };

  /** Null where a window would have to hold everything. */
  const beginning = async (request: ListRequest, edges: (ObjectId | null)[], first: number) => {
    for (const edge of edges.slice(first)) {
      if (edge === null) break;
      const pipeline = [
        ...matching({ ...request.by, _id: { ...request.below, $gte: edge } }, request.rest),
        { $limit: request.limit },
        { $project: { _id: 1 } },
      ];
      const found = await collection.aggregate<{ _id: ObjectId }>(pipeline).toArray();
      if (found.length === request.limit)
        return found.map(({ _id }) => _id.toHexString()).sort()[0] as string;
    }
    return null;
  };

  const readWindow = async <D extends Document>(request: ListRequest, stages: Document[]): Promise<D[]> => {
    const { below, narrow, limit } = request;
    const key = keyOf(request);
    const before = known.get(key);
    const first = before?.window ?? FIRST_WINDOW;
    const isFewFirst = narrow != null && (!('$gt' in narrow.range) || before?.isOfFew === true);
    if (isFewFirst && (await areFew(narrow, FEW_PAGES * limit, first))) {
      return readFew(narrow, request, stages);
    }

    const anchor =
      anchorOf(request) ?? before?.newest ?? ObjectId.createFromTime(Math.floor(Date.now() / 1_000));
    const edges = idsBelow(anchor);
    const begin = await beginning(request, edges, first);
    const isLookedAt = narrow == null || isFewFirst || begin !== null;
    if (!isLookedAt && (await areFew(narrow, FEW_PAGES * limit, first))) {
      known.set(key, { newest: anchor, window: FIRST_WINDOW, isOfFew: true });
      return readFew(narrow, request, stages);
    }
    let found = await read<D>(request, { ...below, ...(begin && { $gte: new ObjectId(begin) }) }, stages);
    // Some no longer match.
    if (found.length < limit && begin !== null) found = await read<D>(request, { ...below }, stages);
    const [newest, last] = [found[0]?.['_id'], found.at(-1)?.['_id']];
    if (found.length === limit) {
      const top = below === null ? newest : (before?.newest ?? newest);
      known.set(key, { newest: top, window: windowOf(edges, last), isOfFew: false });
    } else if (below === null) {
      // The next time all of it is read at once.
      known.set(key, { newest: newest ?? anchor, window: edges.length - 1, isOfFew: false });
    }
    return found;
  };

  /** As far from the first as a window reaches that holds a page; null where it has to hold everything. */
  const end = async ({ by, rest, field, from, limit }: ChangesRequest): Promise<Date | null> => {
    const now = new Date();
    for (const $lt of instantsAfter(from).filter((edge) => edge < now)) {
      const pipeline = [
        ...matching({ ...by, [field]: { $gte: from, $lt } }, rest),
        { $limit: limit },
        { $project: { [field]: 1 } },
      ];
      const found = await collection.aggregate<Record<string, Date>>(pipeline).toArray();
      if (found.length === limit) return new Date(Math.max(...found.map((one) => Number(one[field]))));
    }
    return null;
  };

  return {
    /** By an instant, then by `_id`, oldest first. */
    async changes<D extends Document>(request: ChangesRequest, stages: Document[]): Promise<D[]> {
      const { by, rest, field, from, limit } = request;
      const last = (await sortsInMemory(collection.db)) ? await end(request) : null;
      const range = { $gte: from, ...(last && { $lte: last }) };
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
      const isWindowed = await sortsInMemory(collection.db);
      return isWindowed ? readWindow(request, stages) : read(request, { ...request.below }, stages);
    },
  };
}

/** The first is found by an index, the others among what that finds. */
export const matching = (indexed: Document, others: Document): Document[] =>
  [indexed, others].filter((one) => Object.keys(one).length > 0).map(($match) => ({ $match }));

/** Lists that differ in where a range begins only are much alike. */
const keyOf = ({ by, rest }: ListRequest): string => JSON.stringify([by, Object.keys(rest)]);

/** Where the windows of a page begin; null at the top of its list. */
function anchorOf({ below, narrow }: ListRequest): ObjectId | null {
  const until = narrow?.range.$lt;
  const id = below === null ? null : '$lt' in below ? below.$lt : below.$lte;
  if (until === undefined || until > new Date() || (id !== null && id.getTimestamp() < until)) return id;
  return ObjectId.createFromTime(Math.max(0, Math.floor(until.getTime() / 1_000)));
}
