import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector';
import { setTimeout as sleep } from 'node:timers/promises';
import { onCleanup } from './cleanup.js';

const SAMPLE_MS = 50;

/** What a process holds of the machine's memory, in MiB. */
export async function residentMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

/** Samples it from now on; both answer the most there was. */
export function watchResident(pid: number): { mostMib(): number; stop(): number } {
  let mostMib = 0;
  const sample = async (): Promise<void> => {
    mostMib = Math.max(mostMib, await residentMib(pid).catch(() => 0));
  };
  const timer = setInterval(() => void sample(), SAMPLE_MS);
  const stop = (): number => {
    clearInterval(timer);
    return mostMib;
  };
  onCleanup(stop);
  return { mostMib: () => mostMib, stop };
}

/** Of this process: the heap in MiB when all that can be let go was, by the DevTools protocol without its socket. */
export async function collectedHeapMib(): Promise<number> {
  const session = new Session();
  session.connect();
  // What is let go of may let go of more, some of it only in a later turn.
  for (let i = 0; i < 5; i++) {
    session.post('HeapProfiler.collectGarbage');
    await sleep(100);
  }
  session.disconnect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}
