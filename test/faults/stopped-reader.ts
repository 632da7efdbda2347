import { until } from '../support/until.js';
import { type Fault, noFindings, type RunOptions } from './fault.js';
import { startConversation } from './support/api.js';
import { type Checked, createLedger } from './support/ledger.js';
import { watchResident } from './support/memory.js';
import { openOn } from './support/metrics.js';
import { choosePort, spawnApp } from './support/processes.js';
import { MESSAGE_BYTES, publish } from './support/publish.js';
import { startStoppableReader } from './support/stoppable.js';
import { subscribe } from './support/subscribers.js';

const MIB = 1024 * 1024;
/** What is published, and how often it would go out to the stopped reader: its subscriptions of one conversation. */
const SCALES = { full: { mib: 200, copies: 2 }, short: { mib: 20, copies: 8 } };
const CONVERSATIONS = 2;
const WRITERS = 4;
const MORE_MIB = 64;
/** The server's 10 s, and then some. */
const GIVEN_UP_MS = 20_000;
/** What makes the server keep all for who does not read. */
const BOUNDLESS = { limits: { unsentBytes: 1024 * MIB, unsentSeconds: 600 } };

export const stoppedReader: Fault = {
  name: 'stopped-reader',
  promise: 'P3 P8',
  title:
    'a reader that stops reading while 200 MiB are published: the server takes at most 64 MiB more memory than without it, and the reader misses nothing when it goes on',
  broken: 'a socket may hold 1 GiB unsent, for 600 s',

  async run(options) {
    const without = await publishTo('newcomer', options);
    const withReader = await publishTo('stopped reader', options);
    return {
      ...noFindings(),
      ...withReader.checked,
      rounds: 1,
      failures: [
        ...without.failures,
        ...withReader.failures,
        ...missedGoal('while it stood still', without.publishedMib, withReader.publishedMib),
        ...missedGoal('when it went on', without.mostMib, withReader.mostMib),
      ],
      notes: [
        `resident with it: ${resident(withReader)}; with a newcomer in its place: ${resident(without)}`,
        `${SCALES[options.scale].mib} MiB published in ${withReader.seconds.toFixed(1)} s`,
        `its sockets were closed with ${withReader.closeCodes.join(', ') || 'nothing'}`,
      ],
    };
  },
};

const resident = ({ publishedMib, mostMib }: Published): string =>
  `${Math.round(publishedMib)} MiB, and ${Math.round(mostMib)} MiB with reading it all`;

function missedGoal(when: string, withoutMib: number, withMib: number): string[] {
  if (withMib <= withoutMib + MORE_MIB) return [];
  const figures = `${Math.round(withMib)} MiB resident, ${Math.round(withoutMib)} MiB without it`;
  return [`Expected at most ${MORE_MIB} MiB more ${when}, got ${figures}.`];
}

interface Published {
  checked: Checked;
  /** The most until all was published, and the stopped reader given up. */
  publishedMib: number;
  mostMib: number;
  seconds: number;
  closeCodes: readonly number[];
  failures: string[];
}

/**
 * One run on a process and conversations of its own, which a reader that reads follows, too. Who reads 200 MiB of old
 * messages costs something, stopped or not: so a newcomer does it in the run without the stopped reader.
 */
async function publishTo(
  who: 'newcomer' | 'stopped reader',
  { scale, isBroken, say, database }: RunOptions,
): Promise<Published> {
  const { mib, copies } = SCALES[scale];
  const app = await spawnApp({
    mongodbUri: database.uri,
    mongodbDatabase: database.newName(),
    maxPoolSize: database.poolSize,
    port: await choosePort(),
    options: isBroken ? BOUNDLESS : {},
  });
  const { url } = app;
  const executionIds: string[] = [];
  while (executionIds.length < CONVERSATIONS) executionIds.push(await startConversation(url));
  const readers = executionIds.map((executionId) =>
    subscribe({ urls: () => url, executionId, patienceMs: 20_000 }),
  );
  const ledger = createLedger();
  const publishing = { url, executionIds, ledger };
  await publish({ ...publishing, writers: CONVERSATIONS, bytes: CONVERSATIONS * MESSAGE_BYTES });
  const start = () => startStoppableReader(url, repeated(executionIds, copies));
  const stopped = who === 'newcomer' ? null : start();
  await until('all read', () =>
    [...readers, ...(stopped?.records ?? [])].every(({ events }) => events.length > 0),
  );

  const watch = watchResident(app.pid);
  stopped?.stopReading();
  const startedMs = performance.now();
  await publish({ ...publishing, writers: WRITERS, bytes: mib * MIB });
  const seconds = (performance.now() - startedMs) / 1_000;
  say(`${who}: ${mib} MiB published in ${seconds.toFixed(1)} s`);
  const failures: string[] = [];
  if (stopped !== null && !isBroken) failures.push(...(await untilGivenUp(url, readers.length)));
  const publishedMib = watch.mostMib();
  stopped?.readOn();

  const reader = stopped ?? start();
  const subscribers = [...readers, ...reader.records];
  const checked = await ledger.check({ url, subscribers, limitMs: 120_000 });
  const mostMib = watch.stop();
  const closeCodes = [...reader.closeCodes];
  await end(app, readers);
  return {
    checked,
    publishedMib,
    mostMib,
    seconds,
    closeCodes,
    failures: [...checked.failures, ...failures, ...reader.failures],
  };
}

const repeated = (executionIds: readonly string[], copies: number): string[] =>
  Array.from({ length: copies }, () => executionIds).flat();

/** Only the operations of who reads are left. */
async function untilGivenUp(url: string, others: number): Promise<string[]> {
  const isGivenUp = async () => (await openOn(url)).operations === others;
  return until('the reader is given up', isGivenUp, GIVEN_UP_MS).then(
    () => [],
    (error: Error) => [error.message],
  );
}

/** Leaves the machine to the next run. */
async function end(
  app: { kill(): Promise<void> },
  readers: readonly { stop(): Promise<void> }[],
): Promise<void> {
  for (const reader of readers) await reader.stop();
  await app.kill();
}
