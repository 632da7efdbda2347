import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, noFindings } from './fault.js';
import { AUTH, mint } from '../support/tokens.js';
import { ABUSES, hoard, type Target } from './support/abuse.js';
import { id } from './support/api.js';
import { residentMib, watchResident } from './support/memory.js';
import { startOutsideProbe } from './support/outsideProbe.js';
import { choosePort, spawnApp } from './support/processes.js';

const ABUSE_MS = { full: 5_000, short: 1_500 };
/** Within which another user's small query is answered, whatever the abuser does. */
const OTHERS_MS = 250;
const HOARDERS = 40;
const HOARDED_MIB = 20;
const HOARD_MS = 30_000;

/** What there would be without the checks. */
const UNLIMITED = {
  documentBytes: 1e12,
  tokens: 1e12,
  depth: 1e12,
  aliases: 1e12,
  directives: 1e12,
  rootFields: 1e12,
  cost: 1e12,
  operationsPerSecond: 1e6,
  messagesPerSecond: 1e6,
  messageBurst: 1e6,
  fragments: 0,
  initSeconds: 60,
};

export const abuses: Fault = {
  name: 'abuses',
  promise: 'P8 P9',
  title:
    'one user floods the server with pings, aliases, deep documents, doubling fragments and invalid queries of 100 kB over HTTP and sockets, and hoards fragments on 40 sockets: another user is answered within 250 ms throughout, the hoard takes at most 20 MiB and all its sockets are closed',
  broken: 'without limits',

  async run({ scale, isBroken, say, database }) {
    const app = await spawnApp({
      mongodbUri: database.uri,
      mongodbDatabase: database.newName(),
      maxPoolSize: database.poolSize,
      port: await choosePort(),
      options: { auth: AUTH, ...(isBroken && { limits: UNLIMITED }) },
    });
    const target: Target = { url: app.url, authorization: `Bearer ${await mint({ sub: id() })}` };
    const other = `Bearer ${await mint({ sub: id() })}`;
    const failures: string[] = [];
    const late: string[] = [];
    const notes: string[] = [];
    let slowestMs = 0;

    const hoarded = await measureHoard(target, app.pid);
    notes.push(
      `${HOARDERS} sockets hoarded ${hoarded.mib.toFixed(1)} MiB, closed after ${Math.round(hoarded.ms)} ms`,
    );
    if (hoarded.mib > HOARDED_MIB) {
      failures.push(
        `Expected ${HOARDERS} hoarding sockets to hold at most ${HOARDED_MIB} MiB, got ${hoarded.mib.toFixed(1)}.`,
      );
    }
    if (hoarded.open > 0)
      failures.push(`Expected all hoarding sockets to be closed, ${hoarded.open} are open.`);

    for (const { name, run } of ABUSES) {
      const probe = await startOutsideProbe(app.url, id(), other);
      const over = new AbortController();
      const running = run(target, over.signal);
      await sleep(ABUSE_MS[scale]);
      over.abort();
      const { asked, failure, p50Ms, slowestMs: ms, lateMs } = await probe.stop();
      await running;
      say(
        `${name}: ${asked} queries of another user, p50 ${Math.round(p50Ms)} ms, slowest ${Math.round(ms)} ms`,
      );
      slowestMs = Math.max(slowestMs, ms);
      if (failure !== null) failures.push(`${name}: another user was answered ${failure}.`);
      // What the machine kept the probe itself waiting is not the server's.
      if (ms - lateMs > OTHERS_MS) {
        late.push(
          `${name}: expected another user to be answered within ${OTHERS_MS} ms, it took ${Math.round(ms)} ms.`,
        );
      }
      if (isBroken && failures.length + late.length > 0) break;
    }
    return { ...noFindings(), rounds: ABUSES.length + 1, slowestMs, failures, late, notes };
  },
};

/** How much more the server holds while they hoard, and how many it has not closed in the end. */
async function measureHoard({ url, authorization }: Target, pid: number) {
  const before = await residentMib(pid);
  const watch = watchResident(pid);
  const startedMs = performance.now();
  const hoarders = await Promise.all(
    Array.from({ length: HOARDERS }, (_, n) => hoard(url, n % 2 === 0 ? authorization : null)),
  );
  await Promise.race([Promise.all(hoarders.map(({ closed }) => closed)), sleep(HOARD_MS)]);
  const ms = performance.now() - startedMs;
  return { mib: watch.stop() - before, ms, open: hoarders.filter(({ isClosed }) => !isClosed).length };
}
