import { useEffect, useState } from 'preact/hooks';
import { connection, type ConnectionState, retryNow } from '../api/connection.js';

/** Live, connecting, when the server is tried again, or not live; told to screen readers when it changes, not each second. */
export function ConnectionBadge() {
  const now = connection.value;
  const seconds = useSecondsUntil(now.state === 'waiting' ? now.retryAtMs : null);
  return (
    <span class={`connection ${now.state}`}>
      <span class="hidden" role="status">
        {saidOf(now)}
      </span>
      <span aria-hidden="true">
        {now.state === 'waiting' ? `Retrying in ${seconds} s` : SHOWN[now.state]}
      </span>
      {(now.state === 'waiting' || now.state === 'refused') && (
        <button type="button" onClick={retryNow}>
          {now.state === 'waiting' ? 'Try now' : 'Try again'}
        </button>
      )}
    </span>
  );
}

/** What the server said of why the page is not live, for everyone to read; nothing where it said nothing. */
export function ConnectionNotice() {
  const now = connection.value;
  if (!('reason' in now) || now.reason === null) return null;
  return (
    <p class="panel notice" aria-hidden="true">
      {saidOf(now)}
    </p>
  );
}

const SHOWN = { live: 'Live', connecting: 'Connecting', refused: 'Not live' } as const;

function saidOf(now: ConnectionState): string {
  switch (now.state) {
    case 'live':
      return 'Live.';
    case 'connecting':
      return 'Connecting to the server.';
    case 'waiting':
      return `${now.reason ?? 'The server is gone.'} It is tried again by itself.`;
    case 'refused':
      return `This page is not live. ${now.reason}`;
  }
}

function useSecondsUntil(atMs: number | null): number {
  const [nowMs, setNowMs] = useState(performance.now());
  useEffect(() => {
    if (atMs === null) return;
    setNowMs(performance.now());
    const timer = setInterval(() => setNowMs(performance.now()), 250);
    return () => clearInterval(timer);
  }, [atMs]);
  return atMs === null ? 0 : Math.max(0, Math.ceil((atMs - nowMs) / 1_000));
}
