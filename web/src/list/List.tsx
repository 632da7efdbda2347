import { useEffect, useRef } from 'preact/hooks';
import { addressOf } from '../api/place.js';
import { Frame } from '../parts/Frame.js';
import { Trouble } from '../parts/Trouble.js';
import {
  failure,
  filter,
  hasMore,
  isLoading,
  loadMore,
  nearSymbols,
  placeOf,
  rows,
} from './conversations.js';
import { FilterForm } from './FilterForm.js';
import { ListRow } from './ListRow.js';

/** The viewer's conversations, newest first, as they change. */
export function List() {
  const shown = rows.value;
  return (
    <Frame at="list" isLive={failure.value === null}>
      <div class="list-head">
        <h1>Conversations</h1>
        <FilterForm />
      </div>
      {failure.value && <Trouble failure={failure.value} retry={() => location.reload()} />}
      {shown === null && !failure.value && <p class="quiet">Reading the conversations.</p>}
      {shown?.length === 0 && !hasMore.value && <Empty />}
      {shown !== null && shown.length > 0 && (
        <table class="list panel">
          <caption class="hidden">Conversations, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Symbol</th>
              <th scope="col">Status</th>
              <th scope="col">Consensus</th>
              <th scope="col" class="wide">
                Done
              </th>
              <th scope="col">Outcome</th>
              <th scope="col" class="number wide">
                P&amp;L
              </th>
              <th scope="col" class="number wide">
                Messages
              </th>
              <th scope="col" class="wide">
                Started
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <ListRow key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      )}
      <More />
    </Frame>
  );
}

function Empty() {
  if (filter.value.status !== null || filter.value.symbol !== '') {
    return (
      <p class="panel">
        No conversation is like that. Another filter shows others. <NearSymbols />
      </p>
    );
  }
  return (
    <div class="panel empty">
      <h2>No conversations yet</h2>
      <p>
        <span class="code">npm run demo</span> lets a swarm talk and vote about real days; they show here as
        they come. Or <a href={addressOf('playground')}>start one in the playground</a>.
      </p>
    </div>
  );
}

/** The ways to a symbol's other spellings, which have conversations of their own. */
function NearSymbols() {
  const near = nearSymbols.value;
  if (near.length === 0) return null;
  const links = near.flatMap((symbol, i) => [
    i > 0 && ', ',
    <a key={symbol} href={placeOf({ ...filter.value, symbol })}>
      {symbol}
    </a>,
  ]);
  return <>Did you mean {links}?</>;
}

/** Reads on by itself when it is scrolled near; the button is for whoever does not scroll. */
function More() {
  const end = useRef<HTMLDivElement>(null);
  const length = rows.value?.length ?? 0;
  useEffect(() => {
    if (end.current === null) return;
    const watcher = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && rows.value !== null && failure.value === null && void loadMore(),
      { rootMargin: '400px' },
    );
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [length]);
  if (!hasMore.value || rows.value === null) return null;
  return (
    <div class="more" ref={end}>
      <button type="button" disabled={isLoading.value} onClick={() => void loadMore()}>
        {isLoading.value ? 'Reading older ones' : 'Show older ones'}
      </button>
    </div>
  );
}
