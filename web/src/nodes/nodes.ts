import { batch, signal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { type Failure, toFailure } from '../api/failure.js';
import { persist } from '../api/persist.js';
import { NodesPageDocument, type NodesPageQuery } from '../generated/graphql.js';

const PAGE = 50;

export type Row = NonNullable<NodesPageQuery['nodes']>['edges'][number]['node'];

/** Null until the first page is there. */
export const rows = signal<readonly Row[] | null>(null);
/** Where the next page begins; null when there is none. */
export const next = signal<string | null>(null);
export const isReading = signal(false);
export const failure = signal<Failure | null>(null);

/** Reads the next page. */
export const loadMore = (): Promise<void> => read(rows.value ?? [], next.value);

/** Reads all of it again, from the first page; what is shown stays until that is there. */
export const refresh = (): Promise<void> => read([], null);

/** Reads once at a time. */
async function read(before: readonly Row[], after: string | null): Promise<void> {
  if (isReading.value) return;
  isReading.value = true;
  try {
    const { nodes } = await persist(() => ask(NodesPageDocument, { first: PAGE, after }));
    const { edges = [], pageInfo } = nodes ?? {};
    batch(() => {
      rows.value = [...before, ...edges.map(({ node }) => node)];
      next.value = pageInfo?.hasNextPage ? pageInfo.endCursor : null;
      failure.value = null;
    });
  } catch (error) {
    failure.value = toFailure(error);
  } finally {
    isReading.value = false;
  }
}
