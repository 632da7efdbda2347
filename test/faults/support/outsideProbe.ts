import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { percentile } from './compare.js';
import { startProbes } from './probes.js';
import { endWithUs } from './processes.js';

const EVERY_MS = 20;
const QUERY = 'query Last($executionId: ID!) { conversation(executionId: $executionId) { lastSeq } }';

/** How a client that is not part of the fault was served. */
export interface Served {
  asked: number;
  /** The first failed answer; null when there was none. */
  failure: string | null;
  p50Ms: number;
  p99Ms: number;
  slowestMs: number;
  /** How late the probe itself was at most: what the machine, not the server, kept it waiting. */
  lateMs: number;
}

/** Asks every 20 ms from a process of its own, so that the harness's own stalls are not counted. */
export interface OutsideProbe {
  /** Asks nothing more; resolves when all is answered. */
  stop(): Promise<Served>;
}

/** Resolves when it asks. */
export async function startOutsideProbe(
  url: string,
  executionId: string,
  authorization?: string,
): Promise<OutsideProbe> {
  const args = [url, executionId, ...(authorization === undefined ? [] : [authorization])];
  const child = fork(fileURLToPath(import.meta.url), args, { execArgv: ['--import', 'tsx'] });
  void endWithUs(child);
  await once(child, 'message');
  return {
    async stop() {
      const served = once(child, 'message');
      child.send('stop');
      return (await served)[0] as Served;
    },
  };
}

/** The process itself. */
async function ask(url: string, executionId: string, authorization?: string): Promise<void> {
  const body = () => ({ query: QUERY, variables: { executionId } });
  const probes = startProbes(url, [
    { what: 'last', path: '/graphql', body, everyMs: EVERY_MS, authorization },
  ]);
  while (probes.answers.length < 10) await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  // What is compiled by then is not what is measured.
  const warmUp = probes.answers.length;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  process.send?.('asking');
  await once(process, 'message');
  await probes.stop();
  const answers = probes.answers.slice(warmUp);
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const failed = answers.find(({ status, code }) => status !== 200 || code !== null);
  const served: Served = {
    asked: answers.length,
    failure: failed === undefined ? null : `${failed.status} ${failed.text.slice(0, 200)}`,
    p50Ms: percentile(times, 50) ?? 0,
    p99Ms: percentile(times, 99) ?? 0,
    slowestMs: times.at(-1) ?? 0,
    lateMs: delay.max / 1e6,
  };
  process.send?.(served);
}

const [, script, url, executionId, authorization] = process.argv;
if (script === fileURLToPath(import.meta.url) && url !== undefined && executionId !== undefined) {
  process.once('disconnect', () => process.exit(1));
  void ask(url, executionId, authorization);
}
