import { isId } from '../domain/checks.js';
import type { MessageSlice } from '../domain/ports.js';
import { badUserInput } from './errors.js';

const MAX_PAGE = 100;

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

export function pageSize(
  argument: 'first' | 'last' | 'points',
  value: Maybe<number>,
  otherwise: number,
): number {
  if (value == null) return otherwise;
  if (value >= 1 && value <= MAX_PAGE) return value;
  throw badUserInput(`Expected \`${argument}\` from 1 to ${MAX_PAGE}, got ${value}.`);
}

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

const pageInfo = (edges: readonly { cursor: string }[], hasNextPage: boolean, hasPreviousPage: boolean) => ({
  hasNextPage,
  hasPreviousPage,
  startCursor: edges[0]?.cursor ?? null,
  endCursor: edges.at(-1)?.cursor ?? null,
});

export interface MessagesArgs {
  first?: Maybe<number>;
  after?: Maybe<string>;
  last?: Maybe<number>;
  before?: Maybe<string>;
}

const MESSAGE = 'message';

const seqOf = (argument: string, cursor: string): number =>
  Number(decode(MESSAGE, argument, cursor, (place) => /^[1-9]\d{0,9}$/.test(place)));

/** Which messages these arguments ask for. @throws BAD_USER_INPUT */
export function messageSlice({ first, after, last, before }: MessagesArgs): MessageSlice {
  if ((first != null || after != null) && (last != null || before != null)) {
    throw badUserInput('Expected `first` with `after`, or `last` with `before`, got some of both.');
  }
  if (last != null || before != null) {
    return {
      before: before == null ? null : seqOf('before', before),
      last: pageSize('last', last, MAX_PAGE),
    };
  }
  return { after: after == null ? 0 : seqOf('after', after), limit: pageSize('first', first, MAX_PAGE) };
}

/** @throws BAD_USER_INPUT where a cursor names a message the conversation has not. */
export function toMessageConnection<T extends { seq: number }>(
  messages: readonly T[],
  slice: MessageSlice,
  lastSeq: number,
) {
  const seq = 'after' in slice ? slice.after : slice.before;
  if (seq !== null && seq > lastSeq) {
    throw badUserInput(
      `Expected a cursor of this conversation's ${lastSeq} messages, got one of message ${seq}.`,
    );
  }
  const edges = messages.map((node) => ({ cursor: encode(MESSAGE, node.seq), node }));
  const newest = messages.at(-1)?.seq ?? ('after' in slice ? slice.after : (slice.before ?? 1) - 1);
  const oldest = messages[0]?.seq ?? newest + 1;
  return { edges, pageInfo: pageInfo(edges, newest < lastSeq, oldest > 1), totalCount: lastSeq };
}
