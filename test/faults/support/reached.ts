import { setTimeout as sleep } from 'node:timers/promises';

/** Whether it came true within the time; resolves as soon as it did. */
export async function reached(
  condition: () => boolean | Promise<boolean>,
  limitMs: number,
): Promise<boolean> {
  const deadlineMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) return false;
    await sleep(20);
  }
  return true;
}
