import { LRUCache } from 'lru-cache';
import { type Collection, type Document, type Filter, ObjectId } from 'mongodb';
import { type ListRequest, matching, type Narrow, newestFirst } from './listRequest.js';
import { idsBelow, windowOf } from './windows.js';

/** Matches of fewer pages than this are read whole. */
const FEW_PAGES = 4;
/** How many lists' last pages are remembered. */
const REMEMBERED = 10_000;
/** The first window of a list nothing is known of: an hour. */
const FIRST_WINDOW = 4;
/** A document's id is not later than its instant by more: both are of one clock, and of one command. */
const LATEST_ID_MS = 3_600_000;

/** What is known of a list since its last page; no answer depends on it but in time. */
interface Known {
  newest: ObjectId;
  window: number;
  /** Which of the conditions was the rarest. */
  rarest: number;
  isOfFew: boolean;
}

/** A range of `_id`. */
type Ids = { $lt?: ObjectId; $lte?: ObjectId; $gte?: ObjectId };

/** What is asked of the database where the range of a list is narrow: it may match few enough to read them whole. */
function narrowStatements<T extends Document>(collection: Collection<T>) {
  const readFew = <D extends Document>(narrow: Narrow, request: ListRequest, stages: Document[]) => {
    const { of, conditions, rest, below, limit } = request;
    const others = Object.assign({}, of, ...conditions, rest, below && { _id: below });
    const all = { ...narrow.by, [narrow.field]: narrow.range };
    return collection.aggregate<D>([...matching(all, others), ...newestFirst(limit, stages)]).toArray();
  };

  const areFew = async ({ by, field, range }: Narrow, limit: number): Promise<boolean> => {
    const few = FEW_PAGES * limit;
    const filter = { ...by, [field]: range } as Filter<T>;
    return (await collection.countDocuments(filter, { limit: few })) < few;
  };

  return { areFew, readFew };
}

/** What is asked of the database to find a page in a window of ids. */
function windowStatements<T extends Document>(collection: Collection<T>) {
  /** As many ids as a page has, in any order, found by one of the conditions. */
  const look = async (request: ListRequest, rarest: number, ids: Ids): Promise<string[]> => {
    const stages = [{ $limit: request.limit }, { $project: { _id: 1 } }];
    const pipeline = [...matchingIn(request, rarest, ids), ...stages];
    const found = await collection.aggregate<{ _id: ObjectId }>(pipeline).toArray();
    return found.map(({ _id }) => _id.toHexString()).sort();
  };

  const read = <D extends Document>(
    request: ListRequest,
    rarest: number,
    ids: Ids,
    stages: Document[],
  ): Promise<D[]> => {
    const pipeline = [...matchingIn(request, rarest, ids), ...newestFirst(request.limit, stages)];
    return collection.aggregate<D>(pipeline).toArray();
  };

  /** Which condition fewest match in a window: the next one, wider by far, is looked through by it. */
  const rarestIn = async ({ of, conditions }: ListRequest, ids: Ids): Promise<number> => {
    if (conditions.length < 2) return 0;
    const counts = await Promise.all(
      conditions.map((condition) =>
        collection.countDocuments({ ...of, ...condition, _id: ids } as Filter<T>),
      ),
    );
    return counts.indexOf(Math.min(...counts));
  };

  /** The page where a window holds it, or where the window is all there is; null where it is too narrow. */
  const pageIn = async <D extends Document>(
    request: ListRequest,
    rarest: number,
    ids: Ids,
    isAll: boolean,
    stages: Document[],
  ): Promise<D[] | null> => {
    for (;;) {
      const found = await look(request, rarest, ids);
      const isPage = found.length === request.limit;
      if (!isPage && !isAll) return null;
      const [last] = found;
      if (last === undefined) return [];
      const page = await read<D>(request, rarest, { ...ids, $gte: new ObjectId(last) }, stages);
      if (page.length === request.limit || !isPage) return page;
      // Some no longer match: the same window is looked through again.
    }
  };

  return { rarestIn, pageIn };
}

/** Reads pages from a database that sorts in memory: see `listsOf`. */
export function windowReader<T extends Document>(collection: Collection<T>) {
  const { areFew, readFew } = narrowStatements(collection);
  const { rarestIn, pageIn } = windowStatements(collection);
  const known = new LRUCache<string, Known>({ max: REMEMBERED });

  return async <D extends Document>(request: ListRequest, stages: Document[]): Promise<D[]> => {
    const { narrow, limit } = request;
    const key = keyOf(request);
    const before = known.get(key);
    const anchor = anchorOf(request) ?? before?.newest ?? idAt(new Date());
    const upper = upperOf(request);
    const edges = idsBelow(anchor);
    let rarest = before?.rarest ?? 0;
    let isNarrowDue = narrow != null;
    for (let window = before?.window ?? FIRST_WINDOW; window < edges.length; window++) {
      const edge = edges[window] ?? null;
      if (narrow != null && isNarrowDue && (before?.isOfFew === true || isNotWider(narrow, edge))) {
        isNarrowDue = false;
        if (await areFew(narrow, limit)) {
          if ('$gt' in narrow.range) known.set(key, { newest: anchor, window, rarest, isOfFew: true });
          return readFew<D>(narrow, request, stages);
        }
      }
      const ids = { ...upper, ...(edge && { $gte: edge }) };
      const page = await pageIn<D>(request, rarest, ids, edge === null, stages);
      if (page === null) {
        rarest = await rarestIn(request, ids);
        continue;
      }
      const learned = learnedFrom(page, request, { before, anchor, edges, rarest });
      if (learned !== null) known.set(key, learned);
      return page;
    }
    throw new Error('The last window is all there is.');
  };
}

interface Looked {
  before: Known | undefined;
  anchor: ObjectId;
  edges: (ObjectId | null)[];
  rarest: number;
}

/** What a page tells of its list; null where it is the end of one, which tells nothing of the others. */
function learnedFrom(
  page: readonly Document[],
  { below, limit }: ListRequest,
  { before, anchor, edges, rarest }: Looked,
): Known | null {
  const isFull = page.length === limit;
  if (!isFull && below !== null) return null;
  const [newest, last] = [page[0]?.['_id'], page.at(-1)?.['_id']];
  const top = below === null ? newest : before?.newest;
  const window = isFull ? windowOf(edges, last) : edges.length - 1;
  return { newest: top ?? newest ?? anchor, window, rarest, isOfFew: false };
}

/** What a condition's index finds in a window, and of that what matches the others. */
function matchingIn({ of, conditions, rest }: ListRequest, rarest: number, ids: Ids): Document[] {
  const others = conditions.filter((_, i) => i !== rarest);
  const inWindow = Object.keys(ids).length === 0 ? {} : { _id: ids };
  return matching({ ...of, ...conditions[rarest], ...inWindow }, Object.assign({}, ...others, rest));
}

/** Whether what is narrow reaches no further back than a window. */
const isNotWider = ({ range }: Narrow, edge: ObjectId | null): boolean =>
  edge === null || (range.$gte !== undefined && range.$gte >= edge.getTimestamp());

/** Lists that differ in where a range begins only are much alike. */
const keyOf = ({ of, conditions, rest }: ListRequest): string =>
  JSON.stringify([of, conditions, Object.keys(rest)]);

const idAt = (instant: Date): ObjectId =>
  ObjectId.createFromTime(Math.max(0, Math.floor(instant.getTime() / 1_000)));

/** Where the windows of a page begin; null at the top of its list. */
function anchorOf({ below, narrow }: ListRequest): ObjectId | null {
  const until = narrow?.range.$lt;
  const id = below === null ? null : '$lt' in below ? below.$lt : below.$lte;
  if (until === undefined || until > new Date() || (id !== null && id.getTimestamp() < until)) return id;
  return idAt(until);
}

/** Above what no document of the page has its id. */
function upperOf({ below, narrow }: ListRequest): Ids {
  const until = narrow?.range.$lt;
  if (until === undefined) return { ...below };
  const latest = idAt(new Date(until.getTime() + LATEST_ID_MS));
  const id = below === null ? null : '$lt' in below ? below.$lt : below.$lte;
  return id !== null && id.toHexString() < latest.toHexString() ? { ...below } : { $lt: latest };
}
