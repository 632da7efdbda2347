import { signal } from '@preact/signals';

/** How the page stands to the server. */
export type ConnectionState =
  | { state: 'connecting' }
  | { state: 'live' }
  /** It is tried again at this instant, of `performance.now()`; a `reason` of null: the server is gone. */
  | { state: 'waiting'; retryAtMs: number; reason: string | null }
  /** The server takes no socket of this page, and says why; it still answers what is asked over HTTP. */
  | { state: 'refused'; reason: string };

export const connection = signal<ConnectionState>({ state: 'connecting' });

const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 8_000;

/** What ends each pause there is. */
const pauses = new Set<() => void>();

/** Ends the pauses before the next attempt. */
export function retryNow(): void {
  for (const end of pauses) end();
}

/** Shows a state for so many milliseconds, or until the reader wants to go on. */
async function pause(shown: ConnectionState, ms: number): Promise<void> {
  connection.value = shown;
  await new Promise<void>((resolve) => {
    const timer = Number.isFinite(ms) ? setTimeout(() => end(), ms) : undefined;
    const end = (): void => {
      clearTimeout(timer);
      pauses.delete(end);
      resolve();
    };
    pauses.add(end);
  });
  // Something else may be so by now.
  if (connection.value === shown) connection.value = { state: 'connecting' };
}

/** Waits before the attempt after so many failed ones: longer each time, and never in step with other pages. */
export function pauseBeforeRetry(failed: number, reason: string | null): Promise<void> {
  const pauseMs = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failed) * (0.75 + Math.random() / 2);
  return pause({ state: 'waiting', retryAtMs: performance.now() + pauseMs, reason }, pauseMs);
}

/** The server takes no socket: waits until the reader wants to try again. */
export function pauseUntilAsked(reason: string): Promise<void> {
  return pause({ state: 'refused', reason }, Number.POSITIVE_INFINITY);
}
