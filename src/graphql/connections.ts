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

/** How many items a page holds, 1 to 100; throws BAD_USER_INPUT for another number. */
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

export interface MessagesArgs {
  first?: Maybe<number>;
  after?: Maybe<string>;
  last?: Maybe<number>;
  before?: Maybe<string>;
  afterSeq?: Maybe<number>;
  beforeSeq?: Maybe<number>;
}

const MESSAGE = 'message';

const seqOf = (argument: string, cursor: Maybe<string>): number | null =>
  cursor == null ? null : Number(decode(MESSAGE, argument, cursor, (place) => /^[1-9]\d{0,9}$/.test(place)));

/** Which messages these arguments ask for. @throws BAD_USER_INPUT */
export function messageSlice(args: MessagesArgs): MessageSlice {
  const { first, last } = args;
  requireOneWay(args);
  const after = args.afterSeq ?? seqOf('after', args.after);
  const before = args.beforeSeq ?? seqOf('before', args.before);
  if (last != null || (first == null && after === null && before !== null)) {
    return { before, last: pageSize('last', last, MAX_PAGE), ...(after !== null && { above: after }) };
  }
  const limit = pageSize('first', first, MAX_PAGE);
  const start = after ?? 0;
  return { after: start, limit: before === null ? limit : Math.min(limit, before - 1 - start) };
}

/** Cursors go with the end they are counted from; numbers may bound both ends. */
function requireOneWay({ first, after, last, before, afterSeq, beforeSeq }: MessagesArgs): void {
  const hasNumbers = afterSeq != null || beforeSeq != null;
  if (hasNumbers && (after != null || before != null)) {
    throw badUserInput(
      'Expected cursors (`after`, `before`) or numbers (`afterSeq`, `beforeSeq`), got both.',
    );
  }
  if (hasNumbers && first != null && last != null) {
    throw badUserInput(`Expected \`first\` or \`last\`, got both (first ${first}, last ${last}).`);
  }
  if ((first != null || after != null) && (last != null || before != null)) {
    throw badUserInput('Expected `first` with `after`, or `last` with `before`, got some of both.');
  }
  if (afterSeq != null && afterSeq < 0) {
    throw badUserInput(`Expected \`afterSeq\` of 0 or more, got ${afterSeq}.`);
  }
  if (beforeSeq != null && beforeSeq < 1) {
    throw badUserInput(`Expected \`beforeSeq\` of 1 or more, got ${beforeSeq}.`);
  }
  if (afterSeq != null && beforeSeq != null && afterSeq >= beforeSeq) {
    throw badUserInput(`Expected \`afterSeq\` below \`beforeSeq\`, got ${afterSeq} and ${beforeSeq}.`);
  }
}

/** @throws BAD_USER_INPUT where an argument names a message the conversation has not. */
export function toMessageConnection<T extends { seq: number }>(
  messages: readonly T[],
  args: MessagesArgs,
  lastSeq: number,
) {
  requirePlaces(args, lastSeq);
  const slice = messageSlice(args);
  const edges = messages.map((node) => ({ cursor: encode(MESSAGE, node.seq), node }));
  const newest = messages.at(-1)?.seq ?? ('after' in slice ? slice.after : (slice.before ?? lastSeq + 1) - 1);
  const oldest = messages[0]?.seq ?? newest + 1;
  // Read on in its own direction a list ends at the other bound; beyond the one it began at there may be more.
  const end = 'after' in slice && args.beforeSeq != null ? args.beforeSeq - 1 : lastSeq;
  const start = 'after' in slice ? 1 : (slice.above ?? 0) + 1;
  return { edges, pageInfo: pageInfo(edges, newest < end, oldest > start), totalCount: lastSeq };
}

function requirePlaces(args: MessagesArgs, lastSeq: number): void {
  const cursor = seqOf('after', args.after) ?? seqOf('before', args.before) ?? 0;
  if (cursor > lastSeq) {
    throw badUserInput(
      `Expected a cursor of this conversation's ${lastSeq} messages, got one of message ${cursor}.`,
    );
  }
  const { afterSeq, beforeSeq } = args;
  if (afterSeq != null && afterSeq > lastSeq) {
    throw badUserInput(
      `Expected \`afterSeq\` from 0 to the conversation's last message ${lastSeq}, got ${afterSeq}.`,
    );
  }
  if (beforeSeq != null && beforeSeq > lastSeq + 1) {
    throw badUserInput(
      `Expected \`beforeSeq\` from 1 to ${lastSeq + 1}, one above the conversation's last message, got ${beforeSeq}.`,
    );
  }
}
