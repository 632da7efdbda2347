import type { ConversationStatus, ListRowFragment } from '../generated/graphql.js';

/** A conversation in the list; `cursor` where it came with a page. */
export type Row = ListRowFragment & { cursor?: string };

export interface Filter {
  status: ConversationStatus | null;
  /** Exactly this one; '' is any. */
  symbol: string;
}

/** How many are kept beside those that somebody scrolled to; what was dropped is read again when it is scrolled to. */
const MOST_ROWS = 1_000;

const matches = ({ status, context }: Row, filter: Filter): boolean =>
  (filter.status === null || filter.status === status) &&
  (filter.symbol === '' || filter.symbol === context.symbol);

/** Newest first, as the server lists them: by id. */
const byAge = (a: Row, b: Row): number => (a.id < b.id ? 1 : -1);

/**
 * The list with what arrived taken in: the later state of each conversation, without those that the filter does not
 * let through any more. What is older than the list reaches down to is left out, unless it reaches to the end.
 */
export function merged(
  rows: readonly Row[],
  arrived: readonly Row[],
  filter: Filter,
  isWhole: boolean,
): Row[] {
  const oldest = rows.at(-1)?.id ?? '';
  const all = new Map(rows.map((row) => [row.id, row]));
  for (const row of arrived) {
    const known = all.get(row.id);
    if (known === undefined && !isWhole && row.cursor === undefined && row.id < oldest) continue;
    if (known !== undefined && known.updatedAt > row.updatedAt) continue;
    all.set(row.id, { ...(known?.cursor !== undefined && { cursor: known.cursor }), ...row });
  }
  return [...all.values()].filter((row) => matches(row, filter)).sort(byAge);
}

/** How many of them are kept. */
export const kept = (rows: readonly Row[]): number =>
  Math.max(MOST_ROWS, rows.filter(({ cursor }) => cursor !== undefined).length);

/** Where the next page begins: after the last conversation that came with a page. */
export const cursorOf = (rows: readonly Row[]): string | null =>
  rows.findLast(({ cursor }) => cursor !== undefined)?.cursor ?? null;

/** The latest change known of, from which a stream goes on after a break. */
export const latestChange = (rows: readonly Row[], known: string | null): string | null =>
  rows.reduce(
    (latest: string | null, { updatedAt }) => (latest === null || updatedAt > latest ? updatedAt : latest),
    known,
  );
