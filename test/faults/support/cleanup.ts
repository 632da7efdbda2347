import { setTimeout as sleep } from 'node:timers/promises';

type End = () => unknown;

/** How long one thing may take to end before the next one is ended. */
const PATIENCE_MS = 10_000;

const ends: End[] = [];

/** Notes how something that was started is ended; it may have ended by itself by then, so `end` must be idempotent. */
export function onCleanup(end: End): void {
  ends.push(end);
}

/** A mark for `cleanUp`: what was started until now is kept. */
export const cleanupMark = (): number => ends.length;

/** Ends what was started since the mark, the newest first. Never throws: what does not end is told. */
export async function cleanUp(mark: number, say: (line: string) => void): Promise<void> {
  while (ends.length > mark) {
    const end = ends.pop() as End;
    const late = new AbortController();
    const ended = Promise.resolve().then(end);
    await Promise.race([
      ended,
      sleep(PATIENCE_MS, null, { signal: late.signal }).then(() => say('something does not end')),
    ]).catch((error: unknown) => say(`cleaning up: ${error}`));
    late.abort();
  }
}
