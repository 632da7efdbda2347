import { setTimeout as sleep } from 'node:timers/promises';
import { type Findings, noFindings, type RunOptions } from '../fault.js';
import { startConversation } from './api.js';
import { createLedger } from './ledger.js';
import { choosePort, spawnApp } from './processes.js';
import { STOP_MS } from './stopping.js';
import { subscribe } from './subscribers.js';
import { startWriters } from './writers.js';

/** Two servers on one database, stopped in turn under 4 writers and 6 subscribers; whoever is cut off goes to the other. */
export async function stopOneOfTwo(
  { isBroken, database, say }: RunOptions,
  rounds: number,
): Promise<Findings> {
  const base = {
    mongodbUri: database.uri,
    mongodbDatabase: database.newName(),
    maxPoolSize: database.poolSize,
    isHasty: isBroken,
  };
  const settings = [
    { ...base, port: await choosePort() },
    { ...base, port: await choosePort() },
  ] as const;
  const apps = [await spawnApp(settings[0]), await spawnApp(settings[1])];
  let turn = 0;
  // In turn: whoever was cut off or refused at one asks the other next.
  const urls = () => (apps[turn++ % 2] as { url: string }).url;
  const executionIds = [await startConversation(urls()), await startConversation(urls())];
  const ledger = createLedger();
  const subscribers = [0, 1, 2, 3, 4, 5].map((n) =>
    subscribe({ urls, executionId: executionIds[n % 2] as string }),
  );
  const writers = startWriters({ urls, executionIds, writers: 4, ledger });

  const failures: string[] = [];
  const overdue: string[] = [];
  let recoveredMs = 0;
  let slowestStopMs = 0;
  for (let round = 0; round < rounds; round++) {
    await writers.acknowledgedAfter(performance.now() + 500);
    const which = (round % 2) as 0 | 1;
    const stoppedMs = performance.now();
    const stopping = apps[which]?.terminate() as Promise<{ code: number | null; ms: number }>;
    const { answeredMs } = await writers.acknowledgedAfter(stoppedMs);
    recoveredMs = Math.max(recoveredMs, answeredMs - stoppedMs);
    const { code, ms } = await stopping;
    slowestStopMs = Math.max(slowestStopMs, ms);
    if (code !== 0) failures.push(`One of two: expected exit 0, got ${code}.`);
    if (ms > STOP_MS) overdue.push(`One of two: it took ${Math.round(ms)} ms to end.`);
    await sleep(500);
    apps[which] = await spawnApp(settings[which]);
    say(`${round + 1} of ${rounds}: one of two stopped, ${ledger.acknowledged.length} acknowledged`);
  }
  await writers.stop();
  const checked = await ledger.check({ url: urls(), subscribers, limitMs: isBroken ? 2_000 : 20_000 });
  const connects = subscribers.reduce((all, subscriber) => all + subscriber.connects, 0);
  return {
    ...noFindings(),
    ...checked,
    rounds,
    recoveredMs,
    failures: [...checked.failures, ...failures],
    overdue,
    notes: [
      `one of two: ended after ${Math.round(slowestStopMs)} ms at most, ${connects} connections of 6 subscribers`,
    ],
  };
}
