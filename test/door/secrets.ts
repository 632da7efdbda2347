import { id } from '../support/app.js';

const ID = /\b[0-9a-f]{24}\b/g;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** Of a change made by feedback also its place in a document. */
const CURSOR = /^\w+:[0-9a-f]{24}(\.\d+)?$/;

/** All that names what one tenant has, gathered from what it said and was answered. */
export interface Secrets {
  ids: ReadonlySet<string>;
  /** Also those of messages, which are places and name nobody's. */
  cursors: ReadonlySet<string>;
  keys: ReadonlySet<string>;
  /** The ids that were said together with each key. */
  withKey: ReadonlyMap<string, ReadonlySet<string>>;
  executionIds: ReadonlySet<string>;
  nodeIds: ReadonlySet<string>;
  learn(told: unknown): void;
  /** Which of them are in an answer, beside those that the caller itself sent. */
  leakedBy(answer: unknown, sent?: Iterable<string>): string[];
}

/** `mark` is in each of the words by which this tenant's texts, names and symbols are known. */
export function createSecrets(mark: string): Secrets {
  const ids = new Set<string>();
  const cursors = new Set<string>();
  const keys = new Set<string>();
  const withKey = new Map<string, Set<string>>();
  const executionIds = new Set<string>();
  const nodeIds = new Set<string>();
  const words = new Set<string>();
  function note(this: object, name: string, value: unknown): unknown {
    if (typeof value !== 'string') return value;
    if (/cursor$/i.test(name)) cursors.add(value);
    if (/key$/i.test(name)) {
      keys.add(value);
      const together = Object.values(this).filter(
        (other) => typeof other === 'string' && other.search(ID) === 0,
      );
      withKey.set(value, new Set([...(withKey.get(value) ?? []), ...together]));
    }
    if (name === 'executionId') executionIds.add(value);
    if (name === 'userNodeId') nodeIds.add(value);
    return value;
  }
  return {
    ids,
    cursors,
    keys,
    withKey,
    executionIds,
    nodeIds,
    learn(told) {
      const text = JSON.stringify(told, note);
      for (const [found] of text.matchAll(ID)) ids.add(found);
      for (const [found] of text.matchAll(new RegExp(`[\\w-]*${mark}[\\w-]*`, 'g'))) words.add(found);
    },
    leakedBy(answer, sent = []) {
      const text = JSON.stringify(answer).toLowerCase();
      const known = [...sent].join(' ').toLowerCase();
      const telling = [...cursors].filter((cursor) => placeOf(cursor) !== null);
      return [...ids, ...keys, ...words, ...telling].filter((secret) => {
        const lower = secret.toLowerCase();
        return text.includes(lower) && !known.includes(lower);
      });
    },
  };
}

/** The kind of list and the id that a cursor stands for, null when it is none that has an id. */
function placeOf(cursor: string): string | null {
  const place = Buffer.from(cursor, 'base64url').toString();
  return CURSOR.test(place) ? place : null;
}

/** For each value another of its kind that exists nowhere, always the same one for the same value. */
export function createTwins(): (value: string) => string {
  const twins = new Map<string, string>();
  const make = (value: string): string => {
    const place = placeOf(value);
    if (place !== null) return Buffer.from(place.replace(ID, () => id())).toString('base64url');
    if (value.search(ID) === 0 && value.length === 24) return id();
    // A place among the messages of any conversation: the same for all.
    if (/^message:\d+$/.test(Buffer.from(value, 'base64url').toString())) return value;
    return `key-${id()}`;
  };
  return (value) => {
    const twin = twins.get(value) ?? make(value);
    twins.set(value, twin);
    return twin;
  };
}

/** An answer in which what was sent, every other id and every time have names of their own. */
export function normalised(answer: unknown, sent: Iterable<string>): unknown {
  const names = new Map([...sent].map((value, i) => [value, `<sent ${i}>`]));
  const others = new Map<string, string>();
  const nameOf = (found: string): string => {
    if (!others.has(found)) others.set(found, `<id ${others.size}>`);
    return others.get(found) as string;
  };
  return JSON.parse(JSON.stringify(answer), (_, value: unknown) => {
    if (typeof value !== 'string') return value;
    if (TIME.test(value)) return '<time>';
    let text = value;
    for (const [given, name] of names) text = text.replaceAll(given, name);
    return (placeOf(text) ?? text).replace(ID, nameOf);
  });
}
