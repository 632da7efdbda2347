import type { FeedbackSource } from './feedbackSource.js';

/** In the order they are listed in. */
export const LESSON_CODES = [
  'OVERCONFIDENT',
  'UNDERCONFIDENT',
  'UNANIMOUS_MISS',
  'DISSENT_VINDICATED',
  'OVERRULED_MAJORITY_RIGHT',
  'OVERRULED_MAJORITY_WRONG',
  'AGENT_DEGRADED',
  'AGENT_EARNED_TRUST',
  'EXIT_REASON_CLUSTER',
  'LOSS_OUTLIER',
  'PNL_SIGN_MISMATCH',
] as const;

export type LessonCode = (typeof LESSON_CODES)[number];

/** Who says so: the server, where the feedback that brought it came from, or a caller who did not say. */
export type LessonSource = 'server' | FeedbackSource | 'caller';

/** What one decision and its outcome teach, in words. */
export interface Lesson {
  /** Null where a caller added it. */
  code: LessonCode | null;
  /** A sentence with its numbers, or the caller's words. */
  text: string;
  source: LessonSource;
}

/** What lessons are counted by: those of one code, or the same words of one source. */
interface LessonKind {
  /** The code, or the words where it has none. */
  lesson: string;
  code: LessonCode | null;
  source: LessonSource;
}

export const lessonKind = ({ code, text, source }: Lesson): LessonKind => ({
  lesson: code ?? text,
  code,
  source,
});

/** `CODE: sentence with its numbers`, or a caller's words as they are. */
export const lessonLine = ({ code, text }: Lesson): string => (code === null ? text : `${code}: ${text}`);

/** A lesson as it was written in one line; what is known to be a caller's is never taken for a code. */
export function parseLesson(line: string, source?: LessonSource): Lesson {
  const code = LESSON_CODES.find((known) => line.startsWith(`${known}: `));
  return code === undefined || (source !== undefined && source !== 'server')
    ? { code: null, text: line, source: source ?? 'caller' }
    : { code, text: line.slice(code.length + 2), source: 'server' };
}

/** How many decisions taught lessons of one kind. */
export interface LessonCount extends LessonKind {
  count: number;
  /** What the newest decision that taught it says. */
  text: string;
}

/** The most frequent first; of two alike by their words, then by their source. */
export const mostFrequent = (lessons: readonly LessonCount[], most: number): LessonCount[] =>
  lessons
    .toSorted((a, b) => b.count - a.count || byText(a.lesson, b.lesson) || byText(a.source, b.source))
    .slice(0, most);

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How many of some decisions taught each kind of lesson. */
export function createLessonCounts() {
  const counts = new Map<string, { newest: number; told: LessonCount }>();
  return {
    add(seq: number, lessons: readonly Lesson[]): void {
      const kinds = new Map(lessons.map((lesson) => [keyOf(lesson), lesson]));
      for (const [key, lesson] of kinds) {
        const known = counts.get(key);
        const count = (known?.told.count ?? 0) + 1;
        if (known !== undefined && known.newest > seq) known.told.count = count;
        else counts.set(key, { newest: seq, told: { ...lessonKind(lesson), count, text: lesson.text } });
      }
    },
    all: (): LessonCount[] => [...counts.values()].map(({ told }) => told),
  };
}

const keyOf = (lesson: Lesson): string => {
  const { source, lesson: name } = lessonKind(lesson);
  return `${source} ${name}`;
};
