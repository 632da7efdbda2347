import { LRUCache } from 'lru-cache';
import type { Collection, Filter } from 'mongodb';
import { createLessonCounts, type Lesson, type LessonCount } from '../domain/lesson.js';
import type { RecentRange } from '../domain/ports.js';
import { toLessons } from './decisionMapping.js';
import type { DecisionDocument } from './learningDocuments.js';
import { ofNode } from './statements.js';

/** How many characters of lessons are remembered, of all nodes together. */
const MOST_CHARACTERS = 16_000_000;
/** How long what is remembered is gone by: what is changed by hand in the database shows after that. */
const REMEMBERED_MS = 60_000;

type Decisions = Collection<DecisionDocument>;

/** What each of some decisions taught, in any order. */
export async function* lessonsOf(
  collection: Decisions,
  filter: Filter<DecisionDocument>,
): AsyncGenerator<{ seq: number; lessons: Lesson[] }> {
  const documents = collection.aggregate<
    Pick<DecisionDocument, 'seq'> & Partial<Pick<DecisionDocument, 'learning'>>
  >([
    { $match: filter },
    { $project: { _id: 0, seq: 1, 'learning.lessons_learned': 1, 'learning.lesson_sources': 1 } },
  ]);
  for await (const { seq, learning } of documents) {
    yield { seq, lessons: learning == null ? [] : toLessons(learning) };
  }
}

/** Each counts at least its place. */
const sizeOf = (lessons: readonly Lesson[]): number =>
  lessons.reduce((sum, { text }) => sum + 100 + text.length, 100);

/** What is known of a node's newest decisions, up to a version of it. */
interface Known {
  version: number;
  above: number;
  lessons: Map<number, Lesson[]>;
}

/** The lessons of a node's newest decisions: read once, and then only of those with feedback since. */
export function recentLessons(collection: Decisions) {
  const remembered = new LRUCache<string, Known>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ lessons }) => [...lessons.values()].reduce((sum, taught) => sum + sizeOf(taught), 1),
    ttl: REMEMBERED_MS,
  });

  const read = async (filter: Filter<DecisionDocument>, into: Map<number, Lesson[]>): Promise<void> => {
    for await (const { seq, lessons } of lessonsOf(collection, filter)) into.set(seq, lessons);
  };

  return {
    async recentLessons(
      userId: string,
      userNodeId: string,
      { above, version }: RecentRange,
    ): Promise<LessonCount[]> {
      const key = `${userId}/${userNodeId}`;
      const node = ofNode(userId, userNodeId);
      const known = remembered.get(key);
      const isKnown = known !== undefined && known.above <= above;
      const lessons = new Map(isKnown ? known.lessons : []);
      if (!isKnown) await read({ ...node, seq: { $gt: above } }, lessons);
      else if (known.version < version)
        await read({ ...node, node_version: { $gt: known.version } }, lessons);
      const counts = createLessonCounts();
      for (const [seq, taught] of lessons) {
        if (seq > above) counts.add(seq, taught);
        else lessons.delete(seq);
      }
      const upTo = isKnown ? Math.max(known.version, version) : version;
      remembered.set(key, { version: upTo, above, lessons }, { noUpdateTTL: true });
      return counts.all();
    },
  };
}
