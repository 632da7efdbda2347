import { isId } from '../domain/checks.js';
import type { MessageSlice } from '../domain/ports.js';
import { type MessagesArgs, requirePlaces, sliceWanted } from '../domain/questions/messages.js';
import { badUserInput } from './errors.js';

type Maybe<T> = T | null | undefined;

/** A place in a list, opaque to clients: what kind of list, then the place. */
const encode = (kind: string, place: string | number): string =>
  Buffer.from(`${kind}:${place}`).toString('base64url');

function decode(kind: string, argument: string, cursor: string, isPlace: (place: string) => boolean): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  const place = text.slice(kind.length + 1);
  if (text.startsWith(`${kind}:`) && isPlace(place) && encode(kind, place) === cursor) return place;
  throw badUserInput(
    `Expected \`${argument}\` to be a cursor of this list, got ${JSON.stringify(cursor.slice(0, 80))}.`,
  );
}

/** The id after which a list goes on. */
export const afterId = (kind: string, cursor: Maybe<string>): string | null => afterPlace(kind, cursor, isId);

/** The same of a list whose places are told from others by `isPlace`. */
export const afterPlace = (
  kind: string,
  cursor: Maybe<string>,
  isPlace: (place: string) => boolean,
): string | null => (cursor == null ? null : decode(kind, 'after', cursor, isPlace));

/** The page of a list that was read with one item more than `limit`. */
export function toConnection<T>(
  items: readonly T[],
  limit: number,
  kind: string,
  isAfter: boolean,
  idOf: (item: T) => string,
) {
  const edges = items.slice(0, limit).map((node) => ({ cursor: encode(kind, idOf(node)), node }));
  return { edges, pageInfo: pageInfo(edges, items.length > limit, isAfter) };
}

export interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

const pageInfo = (
  edges: readonly { cursor: string }[],
  hasNextPage: boolean,
  hasPreviousPage: boolean,
): PageInfo => ({
  hasNextPage,
  hasPreviousPage,
  startCursor: edges[0]?.cursor ?? null,
  endCursor: edges.at(-1)?.cursor ?? null,
});

const MESSAGE = 'message';

const seqOf = (argument: string, cursor: string): number =>
  Number(decode(MESSAGE, argument, cursor, (place) => /^[1-9]\d{0,9}$/.test(place)));

/** Which messages these arguments ask for. @throws {QuestionRefused} */
export const messageSlice = (args: MessagesArgs): MessageSlice => sliceWanted(args, seqOf);

/** @throws {QuestionRefused} where an argument names a message the conversation has not. */
export function toMessageConnection<T extends { seq: number }>(
  messages: readonly T[],
  args: MessagesArgs,
  lastSeq: number,
) {
  requirePlaces(args, lastSeq, seqOf);
  const slice = messageSlice(args);
  const edges = messages.map((node) => ({ cursor: encode(MESSAGE, node.seq), node }));
  const newest = messages.at(-1)?.seq ?? ('after' in slice ? slice.after : (slice.before ?? lastSeq + 1) - 1);
  const oldest = messages[0]?.seq ?? newest + 1;
  // Read on in its own direction a list ends at the other bound; beyond the one it began at there may be more.
  const end = 'after' in slice && args.beforeSeq != null ? args.beforeSeq - 1 : lastSeq;
  const start = 'after' in slice ? 1 : (slice.above ?? 0) + 1;
  return { edges, pageInfo: pageInfo(edges, newest < end, oldest > start), totalCount: lastSeq };
}
