import { setTimeout as wait } from 'node:timers/promises';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Payload } from './operations.js';
import { socketEndpoint } from './options.js';

/** A subscription under way; `ended` rejects when the server refused it or stayed away. */
export interface Following {
  ended: Promise<void>;
  stop(): void;
}

export type Variables = Record<string, unknown>;

/** All that the demo knows of the server. */
export interface Client {
  /** The answer's `data`. A server that is away is asked again, up to `ATTEMPTS` times. */
  read<T>(query: string, variables: Variables): Promise<T>;
  /** A mutation with one `input`. Its input must bear repeating; a refusal (`userErrors`) is thrown. */
  write<T extends object>(mutation: string, input: Variables): Promise<T>;
  /** Follows a subscription. Change `variables` while it runs: they are sent anew after a reconnect. */
  follow<T>(subscription: string, variables: Variables, onData: (data: T) => void): Following;
  close(): Promise<void>;
}

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const ATTEMPTS = 8;
const TIMEOUT_MS = 10_000;
const LONGEST_PAUSE_MS = 2_000;
const PASSING_STATUS = new Set([429, 502, 503, 504]);
const PASSING_CODES = new Set(['UNAVAILABLE', 'RATE_LIMITED']);

/** Worth asking again, at the earliest after `afterMs`. */
class PassingFailure extends Error {
  constructor(
    message: string,
    readonly afterMs: number,
  ) {
    super(message);
  }
}

/** A client of the server at `url`, the address of its GraphQL endpoint. */
export function createClient(url: string): Client {
  const socket = createSocketClient({
    url: socketEndpoint(url),
    webSocketImpl: WebSocket,
    retryAttempts: ATTEMPTS,
    shouldRetry: () => true,
  });

  async function read<T>(query: string, variables: Variables): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await post<T>(url, query, variables);
      } catch (error) {
        if (!(error instanceof PassingFailure)) throw error;
        if (attempt === ATTEMPTS) throw new Error(`${url}: ${error.message} (asked ${ATTEMPTS} times)`);
        await wait(Math.min(LONGEST_PAUSE_MS, Math.max(error.afterMs, 50 * 2 ** attempt)));
      }
    }
  }

  return {
    read,
    async write<T extends object>(mutation: string, input: Variables) {
      const data = await read<T>(mutation, { input });
      for (const payload of Object.values(data) as Payload[]) {
        const [refusal] = payload.userErrors;
        if (refusal) throw new Error(`Refused (${refusal.code}): ${refusal.message}`);
      }
      return data;
    },
    follow<T>(query: string, variables: Variables, onData: (data: T) => void) {
      let stop = () => {};
      const ended = new Promise<void>((resolve, reject) => {
        stop = socket.subscribe<T>(
          { query, variables },
          {
            next: ({ data, errors }) => {
              if (data) onData(data);
              else reject(new Error(errors?.[0]?.message ?? 'An event without data.'));
            },
            error: (error) => reject(new Error(reasonOf(error))),
            complete: resolve,
          },
        );
      });
      return { ended, stop: () => stop() };
    },
    close: async () => socket.dispose(),
  };
}

async function post<T>(url: string, query: string, variables: Variables): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new PassingFailure(reasonOf(error), 0);
  });
  const body = await response.text().catch((error: unknown) => {
    throw new PassingFailure(reasonOf(error), 0);
  });
  const afterMs = 1000 * (Number(response.headers.get('retry-after')) || 0);
  if (PASSING_STATUS.has(response.status)) throw new PassingFailure(`HTTP ${response.status}`, afterMs);
  const answer = parse<T>(body, response.status);
  const [failure] = answer.errors ?? [];
  if (failure) {
    if (PASSING_CODES.has(failure.extensions?.code ?? '')) throw new PassingFailure(failure.message, afterMs);
    throw new Error(`${failure.extensions?.code ?? `HTTP ${response.status}`}: ${failure.message}`);
  }
  if (!answer.data) throw new Error(`HTTP ${response.status}: an answer without data`);
  return answer.data;
}

function parse<T>(body: string, status: number): Answer<T> {
  try {
    return JSON.parse(body) as Answer<T>;
  } catch {
    throw new Error(`HTTP ${status}: expected JSON, got ${JSON.stringify(body.slice(0, 80))}`);
  }
}

/** What went wrong in words: an error and its cause, a closed socket, or a list of GraphQL errors. */
function reasonOf(error: unknown): string {
  if (Array.isArray(error)) return error.map((one: { message: string }) => one.message).join('; ');
  if (error instanceof Error) {
    const cause = error.cause instanceof Error ? ` (${error.cause.message || error.cause.name})` : '';
    return error.message + cause;
  }
  const { code, reason } = (error ?? {}) as { code?: number; reason?: string };
  return `the socket was closed with ${code ?? 'no code'} ${reason ?? ''}`.trim();
}
