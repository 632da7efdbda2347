import type { Collection, Document, Filter, UpdateFilter } from 'mongodb';
import { sortsInMemory } from './embedded.js';

/** A change of one document. */
interface Change<D extends Document> {
  /** Which document: equalities on the fields of an index. */
  key: Document;
  /** What must hold of it besides. */
  guards?: Document;
  update: Document | Document[];
  /** A field that each update which may break a guard changes. It and `key` are the fields of an index. */
  version: keyof D & string;
  /** Must leave `version` in. */
  projection?: Document;
  /**
   * What the document is after the change, by what it was before; both as projected. Where this is left out the
   * document is read again, and may then have been changed further.
   */
  after?: (before: D) => D | Promise<D>;
}

/** The most documents of a collection that are read faster than a second question is asked. */
const FEW_DOCUMENTS = 500;
/** How long a count of the documents is gone by. */
const COUNTED_EVERY_MS = 5_000;
/** Attempts that other changes may overtake before the whole collection is read after all. */
const MAX_OVERTAKEN = 5;

/**
 * Changes one document of a collection and answers it; null, with nothing changed, where the guards do not hold.
 *
 * On a MongoDB it is one `findAndModify`. The embedded database reads a whole collection for that, and for any update
 * with a condition that is not on the index of the others. There, a large collection is asked first whether the guards
 * hold, and the document is then updated at the version seen.
 */
export function changesOf<T extends Document>(collection: Collection<T>) {
  const isLarge = largeness(collection);

  const inOne = async <D extends Document>({ key, guards, update, projection = {} }: Change<D>) =>
    (await collection.findOneAndUpdate({ ...key, ...guards } as Filter<T>, update as UpdateFilter<T>, {
      returnDocument: 'after',
      projection,
    })) as D | null;

  const inSteps = async <D extends Document>(change: Change<D>): Promise<D | null> => {
    const { key, guards = {}, update, version, projection = {}, after } = change;
    const look = after === undefined ? { [version]: 1 } : projection;
    for (let attempt = 0; attempt < MAX_OVERTAKEN; attempt++) {
      const [before] = await collection
        .aggregate<D>([
          { $match: key },
          { $match: guards },
          ...(Object.keys(look).length > 0 ? [{ $project: look }] : []),
        ])
        .toArray();
      if (before === undefined) return null;
      const asSeen = { ...key, [version]: before[version] } as Filter<T>;
      const { matchedCount } = await collection.updateOne(asSeen, update as UpdateFilter<T>);
      if (matchedCount === 0) continue;
      return after === undefined ? collection.findOne<D>(key as Filter<T>, { projection }) : after(before);
    }
    return inOne(change);
  };

  return async <D extends Document>(change: Change<D>): Promise<D | null> =>
    (await isLarge()) ? inSteps(change) : inOne(change);
}

/** Whether reading all of a collection is to be avoided. What was large once is taken to stay so. */
function largeness<T extends Document>(collection: Collection<T>): () => Promise<boolean> {
  let large = false;
  let countedMs = Number.NEGATIVE_INFINITY;
  return async () => {
    if (large || !(await sortsInMemory(collection.db))) return large;
    if (performance.now() - countedMs > COUNTED_EVERY_MS) {
      countedMs = performance.now();
      large = (await collection.estimatedDocumentCount()) > FEW_DOCUMENTS;
    }
    return large;
  };
}
