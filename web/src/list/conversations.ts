import { signal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { type Failure, toFailure } from '../api/failure.js';
import { follow } from '../api/follow.js';
import { perFrame } from '../api/perFrame.js';
import { persist } from '../api/persist.js';
import { addressOf } from '../api/place.js';
import { serverNow } from '../api/serverClock.js';
import {
  type ConversationStatus,
  ListChangesDocument,
  type ListChangesSubscriptionVariables,
  ListPageDocument,
} from '../generated/graphql.js';
import { cursorOf, type Filter, kept, latestChange, merged, type Row } from './rows.js';

const PAGE = 50;
const STATUSES: readonly string[] = ['IN_PROGRESS', 'VOTING', 'COMPLETED'] satisfies ConversationStatus[];

/** Null until the first page is there. */
export const rows = signal<readonly Row[] | null>(null);
/** Other spellings on record of the symbol that is asked for. */
export const nearSymbols = signal<readonly string[]>([]);
export const hasMore = signal(true);
export const isLoading = signal(false);
export const failure = signal<Failure | null>(null);
export const filter = signal<Filter>(filterOf(new URLSearchParams(location.search)));

/** The filter as an address says it, so that a list can be linked to. */
function filterOf(asked: URLSearchParams): Filter {
  const status = asked.get('status')?.toUpperCase() ?? '';
  return {
    status: STATUSES.includes(status) ? (status as ConversationStatus) : null,
    symbol: asked.get('symbol') ?? '',
  };
}

/** The address of the list with this filter. */
export function placeOf({ status, symbol }: Filter): string {
  const said = new URLSearchParams({ ...(status && { status }), ...(symbol && { symbol }) });
  return addressOf(said.size === 0 ? '' : `?${said}`);
}

/** Shows what another filter lets through, and says so in the address. */
export function showOnly(next: Filter): void {
  history.replaceState(null, '', placeOf(next));
  filter.value = next;
  rows.value = null;
  hasMore.value = true;
  isLoading.value = false;
  void loadMore();
}

/** Reads the next page, once at a time. */
export async function loadMore(): Promise<void> {
  if (isLoading.value || !hasMore.value) return;
  isLoading.value = true;
  const asked = filter.value;
  const variables = {
    first: PAGE,
    after: cursorOf(rows.value ?? []),
    filter: { status: asked.status, symbol: asked.symbol || null },
  };
  try {
    const { conversations } = await persist(() => ask(ListPageDocument, variables));
    if (asked !== filter.value) return;
    const { edges = [], pageInfo } = conversations ?? {};
    hasMore.value = pageInfo?.hasNextPage ?? false;
    nearSymbols.value = conversations?.didYouMean ?? [];
    take(edges.map(({ cursor, node }) => ({ ...node, cursor })));
    failure.value = null;
  } catch (error) {
    failure.value = toFailure(error);
  } finally {
    if (asked === filter.value) isLoading.value = false;
  }
}

const place: ListChangesSubscriptionVariables & Record<string, unknown> = { since: null };

function take(arrived: readonly Row[]): void {
  rows.value = merged(rows.value ?? [], arrived, filter.value, !hasMore.value);
}

function takeChanges(changed: Row[]): void {
  place.since = latestChange(changed, place.since ?? null);
  if (rows.value === null) return;
  take(changed);
  const most = kept(rows.value);
  if (rows.value.length <= most) return;
  rows.value = rows.value.slice(0, most);
  hasMore.value = true;
}

/** What changed while the first page was on its way is asked for again. */
const OVERLAP_MS = 5_000;

/** Reads the first page, then follows what changes. */
export async function start(): Promise<void> {
  await loadMore();
  if (failure.value !== null) return;
  place.since = new Date(serverNow() - OVERLAP_MS).toISOString();
  const changed = perFrame<Row>(takeChanges);
  follow(ListChangesDocument, place, {
    next: ({ conversationChanged }) => changed(conversationChanged),
    failed: (told) => (failure.value = told),
  });
}
