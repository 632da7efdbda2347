import { ObjectId } from 'mongodb';

/** Seconds that a window reaches back: each some times as far as the one before. */
const SPANS = [1, 16, 256, 4_096, 65_536, 1_048_576, 16_777_216] as const;
/** Ids that one process made within a second are numbered: a window may also reach back so many. */
const NEIGHBOURS = 256;
/** An id is a time in seconds, a part of its process and a number. */
const TIME_AND_PROCESS_DIGITS = 18;

/** Where windows below an id begin, the narrowest first; null, the last, is a window without a beginning. */
export function idsBelow(anchor: ObjectId): (ObjectId | null)[] {
  const seconds = anchor.getTimestamp().getTime() / 1_000;
  const earlier = SPANS.map((span) => ObjectId.createFromTime(Math.max(0, seconds - span)));
  return [neighbourOf(anchor), ...earlier, null];
}

function neighbourOf(id: ObjectId): ObjectId {
  const hex = id.toHexString();
  const number = Number.parseInt(hex.slice(TIME_AND_PROCESS_DIGITS), 16);
  const earlier = Math.max(0, number - NEIGHBOURS).toString(16);
  return new ObjectId(hex.slice(0, TIME_AND_PROCESS_DIGITS) + earlier.padStart(6, '0'));
}

/** The narrowest of such windows that holds an id, as its place among them. */
export const windowOf = (edges: readonly (ObjectId | null)[], id: ObjectId): number =>
  edges.findIndex((edge) => edge === null || edge.toHexString() <= id.toHexString());

/** Where windows after an instant end. */
export const instantsAfter = (instant: Date): Date[] =>
  SPANS.map((span) => new Date(instant.getTime() + 1_000 * span));
