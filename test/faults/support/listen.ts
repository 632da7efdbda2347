import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { onCleanup } from './cleanup.js';

/** One event as it came. */
export interface Heard<T> {
  value: T;
  /** By `performance.now()`. */
  atMs: number;
}

/** One subscription on a socket of its own, to a process that is not killed: it never reconnects. */
export interface Listener<T> {
  readonly heard: readonly Heard<T>[];
  /** Whether the server said that there is nothing more to come. */
  readonly hasEnded: boolean;
  /** The last error it was told, with an event or as its end; null while there was none. */
  readonly broken: string | null;
}

/** Subscribes; `pick` takes from the data of each event what is kept of it. */
export function listen<T>(
  url: string,
  operation: { query: string; variables: Record<string, unknown> },
  pick: (data: any) => T,
): Listener<T> {
  const heard: Heard<T>[] = [];
  let hasEnded = false;
  let broken: string | null = null;
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  client.subscribe(operation, {
    next({ data, errors }) {
      if (errors !== undefined) broken = JSON.stringify(errors);
      else heard.push({ value: pick(data), atMs: performance.now() });
    },
    error: (error) => void (broken = tell(error)),
    complete: () => void (hasEnded = true),
  });
  onCleanup(() => client.dispose());
  return {
    heard,
    get hasEnded() {
      return hasEnded;
    },
    get broken() {
      return broken;
    },
  };
}

const tell = (error: unknown): string => (error instanceof Error ? error.message : JSON.stringify(error));
