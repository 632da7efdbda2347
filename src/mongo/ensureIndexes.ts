import { type CreateIndexesOptions, type Db, MongoServerError } from 'mongodb';
import { sortsInMemory } from './embedded.js';
import { INDEXES, type Index } from './indexes.js';

/**
 * Makes what is missing, one collection after another: all at once would take every connection of a small pool. One
 * that an older version of this list defined otherwise is made anew under another name, and only then the old one
 * dropped, so that what is unique stays so. An index that the database's operator made before is taken,
 * whatever its name. Answers whether anything was made.
 * @param build a database whose calls may take as long as an index does, asked only where one is to be made
 */
export async function ensureIndexes(db: Db, build: BuildWith = (work) => work(db)): Promise<boolean> {
  const lacking: { collection: string; made: Made[]; missing: Index[] }[] = [];
  const isEmbedded = await sortsInMemory(db);
  const wanted = INDEXES.filter(({ isEmbeddedOnly }) => isEmbedded || !isEmbeddedOnly);
  for (const collection of new Set(wanted.map((index) => index.collection))) {
    const made = await indexesOf(db, collection);
    const listed = wanted.filter((index) => index.collection === collection);
    const missing = listed.filter((index) => !made.some((one) => isSame(one, index)));
    if (missing.length > 0) lacking.push({ collection, made, missing });
  }
  if (lacking.length === 0) return false;
  await build(async (patient) => {
    for (const { collection, made, missing } of lacking) await make(patient, collection, made, missing);
  });
  return true;
}

type BuildWith = (work: (db: Db) => Promise<void>) => Promise<void>;

async function make(
  db: Db,
  collection: string,
  made: readonly Made[],
  missing: readonly Index[],
): Promise<void> {
  const ours = ({ key }: Index) => made.filter((one) => hasKey(one, key) && isNameOf(key, one.name));
  const wanted = missing.map((index) => ({
    ...index.options,
    key: index.key,
    name: freeName(index.key, ours(index)),
  }));
  try {
    await db.collection(collection).createIndexes(wanted);
  } catch (error) {
    if (!isDefinedOtherwise(error)) throw error;
    // One index for each key, as before MongoDB 5; or another process was sooner, and there is nothing left to do.
    const now = await indexesOf(db, collection);
    const left = wanted.filter(
      (index) => !now.some((one) => isSame(one, { key: index.key, options: index })),
    );
    for (const one of now.filter(({ key }) => left.some((index) => hasKey({ key }, index.key)))) {
      await drop(db, collection, one.name);
    }
    if (left.length > 0) await db.collection(collection).createIndexes(left);
  }
  for (const one of missing.flatMap(ours)) await drop(db, collection, one.name);
}

async function drop(db: Db, collection: string, name: string): Promise<void> {
  try {
    await db.collection(collection).dropIndex(name);
  } catch (error) {
    if (!hasCode(error, INDEX_NOT_FOUND)) throw error;
  }
}

interface Made extends Pick<CreateIndexesOptions, (typeof TELLING)[number]> {
  key: Record<string, unknown>;
  name: string;
}

/** The options by which two indexes of one key are different ones. */
const TELLING = [
  'unique',
  'partialFilterExpression',
  'sparse',
  'expireAfterSeconds',
  'collation',
  'hidden',
] as const;

const hasKey = ({ key: made }: Pick<Made, 'key'>, key: Index['key']): boolean =>
  JSON.stringify(made) === JSON.stringify(key);

const isSame = (made: Made, { key, options = {} }: Pick<Index, 'key' | 'options'>): boolean =>
  hasKey(made, key) &&
  TELLING.every((option) => JSON.stringify(made[option] || null) === JSON.stringify(options[option] || null));

/** The first of the names this list gives an index that no other has. */
function freeName(key: Index['key'], others: readonly Made[]): string {
  const taken = new Set(others.map(({ name }) => name));
  for (let version = 1; ; version++) {
    const name = version === 1 ? nameOf(key) : `${nameOf(key)}_v${version}`;
    if (!taken.has(name)) return name;
  }
}

/** The name the driver gives an index: its keys and directions. */
const nameOf = (key: Index['key']): string => Object.entries(key).flat().join('_');

const isNameOf = (key: Index['key'], name: string): boolean =>
  name === nameOf(key) || (name.startsWith(`${nameOf(key)}_v`) && /_v\d+$/.test(name));

async function indexesOf(db: Db, collection: string): Promise<Made[]> {
  try {
    return (await db.collection(collection).indexes()) as Made[];
  } catch (error) {
    if (hasCode(error, NAMESPACE_NOT_FOUND)) return [];
    throw error;
  }
}

const hasCode = (error: unknown, ...codes: number[]): boolean =>
  error instanceof MongoServerError && codes.includes(error.code as number);

/** IndexOptionsConflict, IndexKeySpecsConflict. */
const isDefinedOtherwise = (error: unknown): boolean => hasCode(error, 85, 86);

const NAMESPACE_NOT_FOUND = 26;
const INDEX_NOT_FOUND = 27;
