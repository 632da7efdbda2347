import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, send } from './api.js';

/** Whom to ask, and how patiently. */
export interface Asking {
  /** Where the next attempt goes. */
  urls: () => string;
  /** How long it is tried; 30,000 unless told otherwise. */
  limitMs?: number;
  /** Told of each attempt that has to be made again. */
  onAgain?: (reason: string) => void;
}

/**
 * The data of an operation that bears repeating: asked again while nothing, or `UNAVAILABLE`, is answered. Any other
 * error is thrown, and so is an end of patience.
 */
export async function ask<T = any>(
  { urls, limitMs = 30_000, onAgain }: Asking,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<T> {
  const deadlineMs = performance.now() + limitMs;
  for (;;) {
    const answer = await send<T>(urls(), query, variables).catch((error: Error) => error);
    const failure = answer instanceof Error ? `${answer.name}: ${answer.message}` : failureOf(answer);
    if (failure === null) return (answer as Answer<T>).data as T;
    if (performance.now() > deadlineMs) throw new Error(`No data within ${limitMs} ms: ${failure}`);
    onAgain?.(failure);
    await sleep(10 + Math.random() * 40);
  }
}

/** Null when there is data; throws what asking again does not mend. */
function failureOf({ data, errors = [] }: Answer): string | null {
  const wrong = errors.find(({ extensions }) => extensions?.code !== 'UNAVAILABLE');
  if (wrong !== undefined) throw new Error(`Answered ${wrong.extensions?.code}: ${wrong.message}`);
  return errors.length > 0 || data == null ? 'UNAVAILABLE' : null;
}
