import { useEffect, useState } from 'preact/hooks';
import { connection, retryNow } from '../api/connection.js';

/** Live, connecting, or when the server is tried again; told to screen readers when it changes, not each second. */
export function ConnectionBadge() {
  const now = connection.value;
  const seconds = useSecondsUntil(now.state === 'waiting' ? now.retryAtMs : null);
  return (
    <span class={`connection ${now.state}`}>
      <span class="hidden" role="status">
        {SAID[now.state]}
      </span>
      <span aria-hidden="true">
        {now.state === 'waiting' ? `Retrying in ${seconds} s` : SHOWN[now.state]}
      </span>
      {now.state === 'waiting' && (
        <button type="button" onClick={retryNow}>
          Try now
        </button>
      )}
    </span>
  );
}

const SHOWN = { live: 'Live', connecting: 'Connecting' } as const;
const SAID = {
  live: 'Live.',
  connecting: 'Connecting to the server.',
  waiting: 'The server is gone. It is tried again by itself.',
} as const;

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
