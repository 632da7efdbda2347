import { setTimeout as sleep } from 'node:timers/promises';

type Condition = () => boolean | Promise<boolean>;

const EVERY_MS = 20;

/** Whether it comes true within the time; resolves as soon as it does. */
export async function reached(condition: Condition, limitMs: number): Promise<boolean> {
  const deadlineMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) return false;
    await sleep(EVERY_MS);
  }
  return true;
}

/** Waits until it is so; fails after the limit, naming `what` did not come true. */
export async function until(what: string, condition: Condition, limitMs = 15_000): Promise<void> {
  if (!(await reached(condition, limitMs))) throw new Error(`Not within ${limitMs} ms: ${what}`);
}

/** Fails as soon as it is no longer so: for what must *not* happen within the time. */
export async function throughout(durationMs: number, what: string, condition: Condition): Promise<void> {
  const endMs = performance.now() + durationMs;
  while (performance.now() < endMs) {
    if (!(await condition())) throw new Error(`No longer: ${what}`);
    await sleep(EVERY_MS);
  }
}
