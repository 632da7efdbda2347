import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/launcher-processes.js';
import { type Fault, type Findings, noFindings } from './fault.js';
import { startConversation } from './support/api.js';
import { createLedger } from './support/ledger.js';
import { type Served, startOutsideProbe } from './support/outsideProbe.js';
import { choosePort, spawnApp } from './support/processes.js';
import { startProxy } from './support/proxy.js';
import { subscribe } from './support/subscribers.js';
import { startWriters } from './support/writers.js';

const SUBSCRIBERS = { full: 500, short: 100 };
const ROUNDS = { full: 5, short: 2 };
/** Each with a writer of its own, and the subscribers divided among them. */
const CONVERSATIONS = 5;
/** So that what is sent to all subscribers leaves this process, which is the proxy too, time to reconnect them. */
const PAUSE_MS = 200;
/** This process may be slow to read the answers of all that reconnect: its subscribers are to be patient. */
const PATIENCE_MS = 15_000;
const RESUMED_MS = 30_000;
const OTHERS_MS = 500;

export const resetSubscribers: Fault = {
  name: 'reset-subscribers',
  promise: 'P3 P8',
  title:
    '5 × 500 subscribers reset at once under 5 writers: all go on with 0 missing, 0 repeated, 0 out of order, and others are answered within 500 ms throughout',
  broken: 'subscribers resume from now',

  async run({ scale, isBroken, say, database }) {
    const [subscriberCount, rounds] = [SUBSCRIBERS[scale], ROUNDS[scale]];
    const { url, port } = await spawnApp({
      mongodbUri: database.uri,
      mongodbDatabase: database.newName(),
      maxPoolSize: database.poolSize,
      port: await choosePort(),
    });
    const proxy = await startProxy(port);
    const executionIds: string[] = [];
    while (executionIds.length < CONVERSATIONS) executionIds.push(await startConversation(url));
    const ledger = createLedger();
    const writers = startWriters({
      urls: () => url,
      executionIds,
      writers: CONVERSATIONS,
      ledger,
      pauseMs: PAUSE_MS,
    });
    const subscribers = Array.from({ length: subscriberCount }, (_, n) =>
      subscribe({
        urls: () => `http://127.0.0.1:${proxy.port}`,
        executionId: executionIds[n % CONVERSATIONS] as string,
        resume: isBroken ? 'from-now' : 'after-last',
        patienceMs: PATIENCE_MS,
      }),
    );
    /** Each has seen something that was written after this. */
    const allResumed = (sinceMs: number) =>
      until(
        `all ${subscriberCount} subscribers go on`,
        () => subscribers.every(({ events }) => (events.at(-1)?.atMs ?? 0) > sinceMs),
        RESUMED_MS,
      );
    await writers.acknowledgedAfter(performance.now());
    await allResumed(performance.now());

    const others = await startOutsideProbe(url, executionIds[0] as string);
    const resumptions: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      await sleep(500 + Math.random() * 500);
      const connects = subscribers.map((subscriber) => subscriber.connects);
      const resetMs = performance.now();
      proxy.resetAll();
      await until(
        `all ${subscriberCount} subscribers are connected again`,
        () => subscribers.every((subscriber, n) => subscriber.connects > (connects[n] as number)),
        RESUMED_MS,
      );
      await allResumed(performance.now());
      resumptions.push(performance.now() - resetMs);
      say(`${round} of ${rounds} resets, all go on after ${Math.round(performance.now() - resetMs)} ms`);
    }
    const served = await others.stop();
    await writers.stop();

    const checked = await ledger.check({ url, subscribers, limitMs: isBroken ? 2_000 : 20_000 });
    return withServed(
      {
        ...noFindings(),
        ...checked,
        rounds,
        notes: [`all went on within ${Math.round(Math.max(...resumptions))} ms, at most`],
      },
      served,
    );
  },
};

/** What others saw meanwhile. */
function withServed(findings: Findings, served: Served): Findings {
  const { asked, failure, slowestMs } = served;
  const [p50, p99, slowest, late] = [served.p50Ms, served.p99Ms, slowestMs, served.lateMs].map(Math.round);
  const failures = [...findings.failures];
  if (failure !== null) failures.push(`Another client was answered ${failure}.`);
  if (slowestMs > OTHERS_MS) {
    failures.push(`Expected others to be answered within ${OTHERS_MS} ms, the slowest took ${slowest} ms.`);
  }
  const note = `${asked} queries of another client: p50 ${p50} ms, p99 ${p99} ms, slowest ${slowest} ms; it was itself late by ${late} ms at most`;
  return { ...findings, failures, notes: [...findings.notes, note] };
}
