import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/until.js';
import { type Fault, noFindings } from './fault.js';
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
    const subscriberCount = SUBSCRIBERS[scale];
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

    /** Takes this many ms. */
    const reset = async (): Promise<number> => {
      const connects = subscribers.map((subscriber) => subscriber.connects);
      const resetMs = performance.now();
      proxy.resetAll();
      await until(
        `all ${subscriberCount} subscribers are connected again`,
        () => subscribers.every((subscriber, n) => subscriber.connects > (connects[n] as number)),
        RESUMED_MS,
      );
      await allResumed(performance.now());
      return performance.now() - resetMs;
    };
    // What is compiled by then is not what is measured.
    await reset();
    const resumptions: number[] = [];
    const others: Served[] = [];
    while (others.length < ROUNDS[scale]) {
      const probe = await startOutsideProbe(url, executionIds[0] as string);
      await sleep(500 + Math.random() * 500);
      const resumedMs = await reset();
      resumptions.push(resumedMs);
      others.push(await probe.stop());
      say(`reset ${others.length}: all go on after ${Math.round(resumedMs)} ms`);
    }
    await writers.stop();

    const checked = await ledger.check({ url, subscribers, limitMs: isBroken ? 2_000 : 20_000 });
    const slowestMs = Math.max(...others.map((served) => served.slowestMs));
    const notes = [
      `all went on within ${Math.round(Math.max(...resumptions))} ms, at most`,
      ...others.map(told),
    ];
    return {
      ...noFindings(),
      ...checked,
      rounds: others.length,
      failures: [...checked.failures, ...others.flatMap(unanswered)],
      late:
        slowestMs > OTHERS_MS
          ? [
              `Expected others to be answered within ${OTHERS_MS} ms, the slowest took ${Math.round(slowestMs)} ms.`,
            ]
          : [],
      notes,
    };
  },
};

const unanswered = ({ failure }: Served): string[] =>
  failure === null ? [] : [`Another client was answered ${failure}.`];

function told({ asked, p50Ms, p99Ms, slowestMs, lateMs }: Served): string {
  const [p50, p99, slowest, late] = [p50Ms, p99Ms, slowestMs, lateMs].map(Math.round);
  return `${asked} queries of another client: p50 ${p50} ms, p99 ${p99} ms, slowest ${slowest} ms; it was itself late by ${late} ms at most`;
}
