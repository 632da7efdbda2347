import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { startConversation } from './support/api.js';
import type { FaultDatabase } from './support/database.js';
import { createLedger } from './support/ledger.js';
import { asksOf, startPolls } from './support/outageAsks.js';
import {
  ANSWER_MS,
  checkAnswers,
  type Distance,
  type Outage,
  READY,
  tellAnswers,
} from './support/outageChecks.js';
import {
  byAbsence,
  byBlackHole,
  byCut,
  byFreezing,
  bySlowness,
  byTardiness,
  type Way,
} from './support/outages.js';
import { startProbes } from './support/probes.js';
import { choosePort, spawnApp } from './support/processes.js';
import { type Subscriber, subscribe } from './support/subscribers.js';
import { startWriters, type Writers } from './support/writers.js';

const OUTAGE_MS = { full: 8_000, short: 3_500 };
const ROUNDS = { full: 3, short: 1 };
const RECOVERY_MS = 2_000;

interface Away {
  name: string;
  /** What is done, in a phrase. */
  done: string;
  open: (database: FaultDatabase) => Promise<Way>;
  /** `gone` unless told otherwise. */
  distance?: Distance;
  /** Whether the server is started without it. */
  isStart?: boolean;
}

/** The database goes away and comes back, under 4 writers, 4 subscribers and probes that do not wait for each other. */
const databaseAway = (away: Away): Fault => ({
  name: away.name,
  promise: 'P1 P2 P3 P7',
  title: `${away.done}, under load: every answer within 3 s and ${away.distance === 'late' ? '' : 'UNAVAILABLE, '}no socket closed, serving again within 2 s, 0 lost, 0 stored twice, 0 missing, 0 repeated, 0 out of order`,
  broken: 'a database that is away, or takes half a second, is told as a bug would be',
  run: (options) => run(away, options),
});

async function run(away: Away, { scale, isBroken, say, database }: RunOptions): Promise<Findings> {
  const way = await away.open(database);
  const settings = {
    mongodbUri: way.uri,
    mongodbDatabase: way.database.newName(),
    maxPoolSize: way.database.poolSize,
    port: await choosePort(),
    wrap: isBroken ? ['forgets-unavailable'] : [],
  };
  const app = await spawnApp(settings);
  const { url } = app;
  const executionIds = [await startConversation(url), await startConversation(url)];
  const polls = await startPolls(url);
  const outages: Outage[] = [];
  const rounds = away.isStart ? 1 : ROUNDS[scale];

  let leftMs = 0;
  if (away.isStart) {
    await app.terminate();
    await way.leave(1);
    leftMs = performance.now();
    await spawnApp(settings);
  }
  const ledger = createLedger();
  const urls = () => url;
  const subscribers = [0, 1, 2, 3].map((n) =>
    subscribe({ urls, executionId: executionIds[n % 2] as string }),
  );
  const writers = startWriters({ urls, executionIds, writers: 4, ledger, attemptMs: 15_000 });
  const probes = startProbes(url, asksOf(executionIds[0] as string, polls));
  const recoveries: Recovery[] = [];
  for (let round = 1; round <= rounds; round++) {
    if (!away.isStart) {
      await writers.acknowledgedAfter(performance.now() + 1_000);
      await way.leave(round);
      leftMs = performance.now();
    }
    await sleep(OUTAGE_MS[scale]);
    await way.comeBack();
    const returnedMs = performance.now();
    outages.push({ leftMs, returnedMs });
    recoveries.push(await recovery(returnedMs, writers, subscribers));
    say(`${round} of ${rounds}: serves again after ${Math.round(recoveries.at(-1)?.servedMs ?? 0)} ms`);
  }
  await sleep(1_500);
  const lastReady = probes.answers.filter(({ what }) => what === READY).at(-1);
  await probes.stop();
  await writers.stop();

  const checked = await ledger.check({ url, subscribers, limitMs: isBroken ? 2_000 : 20_000 });
  const { answers } = probes;
  const found = checkAnswers({ answers, outages, distance: away.distance ?? 'gone', ports: portsOf(way) });
  const connects = Math.max(...subscribers.map((subscriber) => subscriber.connects));
  return {
    ...noFindings(),
    ...checked,
    rounds,
    slowestMs: Math.max(checked.slowestMs ?? 0, ...answers.map(({ ms }) => ms)),
    recoveredMs: Math.max(...recoveries.map(({ servedMs }) => servedMs)),
    failures: [
      ...checked.failures,
      ...found.failures,
      // Who asks for a stream before there is a database is refused, and asks again on a socket of its own.
      ...(connects === 1 || away.isStart
        ? []
        : [`Expected no socket to be closed, a subscriber connected ${connects} times.`]),
      ...(lastReady?.status === 200 ? [] : ['Expected it to be ready in the end, it is not.']),
    ],
    late: [
      ...tooLate(
        'the next acknowledged write',
        recoveries.map(({ servedMs }) => servedMs),
        RECOVERY_MS,
      ),
      ...tooLate(
        'news for each subscriber',
        recoveries.map(({ toldMs }) => toldMs),
        RECOVERY_MS,
      ),
      ...found.late,
    ],
    overdue: [...found.overdue, ...tooLate('the answer to a writer', [checked.slowestMs ?? 0], ANSWER_MS)],
    notes: [
      ...tellAnswers({ answers, outages }),
      `subscribers saw ${subscribers.map(({ events, connects: times }) => `${events.length} in ${times}`).join(', ')} connections`,
      `after the return: writes ${told(recoveries.map(({ servedMs }) => servedMs))}, streams ${told(recoveries.map(({ toldMs }) => toldMs))}`,
    ],
  };
}

/** From the return to an acknowledged write sent after it, and until each subscriber has seen something new. */
interface Recovery {
  servedMs: number;
  toldMs: number;
}

async function recovery(
  returnedMs: number,
  writers: Writers,
  subscribers: readonly Subscriber[],
): Promise<Recovery> {
  const { answeredMs } = await writers.acknowledgedAfter(returnedMs, 20_000);
  const news = (): number[] =>
    subscribers.flatMap(({ events }) => events.find(({ atMs }) => atMs > returnedMs)?.atMs ?? []);
  const deadlineMs = performance.now() + 10_000;
  while (news().length < subscribers.length && performance.now() < deadlineMs) await sleep(10);
  const toldMs = news().length < subscribers.length ? Infinity : Math.max(...news());
  return { servedMs: answeredMs - returnedMs, toldMs: toldMs - returnedMs };
}

const portsOf = ({ uri, database }: Way): number[] => [database.port, Number(new URL(uri).port)];

function tooLate(what: string, times: readonly number[], limitMs: number): string[] {
  const late = times.filter((ms) => ms > limitMs);
  if (late.length === 0) return [];
  return [`Expected ${what} within ${limitMs} ms, it took ${told(late)}.`];
}

const told = (times: readonly number[]): string => times.map((ms) => `${Math.round(ms)} ms`).join(', ');

export const databaseCut = databaseAway({
  name: 'database-cut',
  done: 'All connections to the database are reset for 8 s',
  open: byCut,
});

export const databaseFrozen = databaseAway({
  name: 'database-frozen',
  done: 'The database stands still (SIGSTOP) for 8 s',
  open: byFreezing,
});

export const databaseBlackHole = databaseAway({
  name: 'database-black-hole',
  done: 'What is sent to the database comes nowhere for 8 s',
  open: byBlackHole,
});

export const databaseSlow = databaseAway({
  name: 'database-slow',
  done: 'The database is slow by 2 or 4 s for 8 s',
  open: bySlowness,
  distance: 'slow',
});

export const databaseTardy = databaseAway({
  name: 'database-tardy',
  done: 'The database is slow by 0.6 s for 8 s, so that it can still be worked with',
  open: byTardiness,
  distance: 'late',
});

export const databaseLate = databaseAway({
  name: 'database-late',
  done: 'The server starts 8 s before its database',
  open: byAbsence,
  isStart: true,
});
