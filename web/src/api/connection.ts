import { signal } from '@preact/signals';

/** How the page stands to the server. */
export type ConnectionState =
  | { state: 'connecting' }
  | { state: 'live' }
  /** The server is gone; it is tried again at this instant, of `performance.now()`. */
  | { state: 'waiting'; retryAtMs: number };

export const connection = signal<ConnectionState>({ state: 'connecting' });

const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 8_000;

let tryNow = (): void => {};

/** Ends the pause before the next attempt. */
export const retryNow = (): void => tryNow();

/** Waits before the attempt after so many failed ones: longer each time, and never in step with other pages. */
export async function pauseBeforeRetry(failed: number): Promise<void> {
  const pauseMs = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failed) * (0.75 + Math.random() / 2);
  connection.value = { state: 'waiting', retryAtMs: performance.now() + pauseMs };
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, pauseMs);
    tryNow = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  connection.value = { state: 'connecting' };
}
