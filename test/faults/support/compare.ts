import type { StoredMessage } from './api.js';
import type { Acknowledged } from './ledger.js';
import type { Subscriber } from './subscribers.js';

/** What is wrong with one conversation as it is stored, or as one subscriber saw it. */
export interface Comparison {
  lost: number;
  storedTwice: number;
  missing: number;
  repeated: number;
  outOfOrder: number;
  failures: string[];
}

const nothingWrong = (): Comparison => ({
  lost: 0,
  storedTwice: 0,
  missing: 0,
  repeated: 0,
  outOfOrder: 0,
  failures: [],
});

/** What is stored, oldest first, against what was acknowledged of it. */
export function compareStored(
  stored: readonly StoredMessage[],
  acknowledged: readonly Acknowledged[],
): Comparison {
  const textOf = new Map(stored.map(({ seq, text }) => [seq, text]));
  const texts = new Set(stored.map(({ text }) => text));
  const gaps = (stored.at(-1)?.seq ?? 0) - textOf.size;
  return {
    ...nothingWrong(),
    lost: acknowledged.filter(({ seq, text }) => textOf.get(seq) !== text).length,
    storedTwice: stored.length - texts.size,
    missing: Math.max(0, gaps),
    failures:
      textOf.size === stored.length ? [] : [`${stored.length - textOf.size} numbers are stored twice.`],
  };
}

/** What one subscriber saw, as it came, against what is stored. */
export function compareSeen(stored: readonly StoredMessage[], subscriber: Subscriber): Comparison {
  const { events, afterSeq, refusals } = subscriber;
  const textOf = new Map(stored.map(({ seq, text }) => [seq, text]));
  const from = afterSeq ?? (events[0]?.seq ?? Infinity) - 1;
  const seen = new Set<number>();
  const found = nothingWrong();
  let highest = from;
  let unknown = 0;
  for (const { seq, text } of events) {
    if (seen.has(seq)) found.repeated += 1;
    else if (seq < highest) found.outOfOrder += 1;
    if (textOf.get(seq) !== text) unknown += 1;
    seen.add(seq);
    highest = Math.max(highest, seq);
  }
  found.missing = stored.filter(({ seq }) => seq > from && !seen.has(seq)).length;
  if (unknown > 0) found.failures.push(`A subscriber saw ${unknown} messages that are not stored so.`);
  for (const [told, times] of refusals) {
    if (told !== 'UNAVAILABLE') found.failures.push(`A subscriber was refused ${times} × with ${told}.`);
  }
  return found;
}

/** How long subscribers waited for messages that were acknowledged, in ms, ascending; 0 for those seen before that. */
export function deliveryTimes(
  acknowledged: readonly Acknowledged[],
  subscribers: readonly Subscriber[],
): number[] {
  const answeredMs = new Map(acknowledged.map((write) => [write.text, write.answeredMs]));
  const times = subscribers.flatMap(({ events }) =>
    events.flatMap(({ text, atMs }) => {
      const answered = answeredMs.get(text);
      return answered === undefined ? [] : [Math.max(0, atMs - answered)];
    }),
  );
  return times.sort((a, b) => a - b);
}

/** Of ascending values: `percentile(times, 99)`; null of none. */
export const percentile = (ascending: readonly number[], percent: number): number | null =>
  ascending[Math.max(0, Math.ceil((ascending.length * percent) / 100) - 1)] ?? null;
