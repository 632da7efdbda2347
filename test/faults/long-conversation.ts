import { type Fault, type Findings, noFindings } from './fault.js';
import { startConversation } from './support/api.js';
import { type Costs, measureCosts, WINDOW } from './support/appendCost.js';
import { createLedger } from './support/ledger.js';
import { watchResident } from './support/memory.js';
import { choosePort, spawnApp } from './support/processes.js';
import { readWhole, seqFaults, storedSeqs } from './support/reading.js';
import { sayMany } from './support/saying.js';
import { subscribe } from './support/subscribers.js';

interface Size {
  messages: number;
  bytes: number;
}

const SIZES: Record<'full' | 'short', Size[]> = {
  full: [
    { messages: 10_000, bytes: 600 },
    { messages: 3_000, bytes: 5_000 },
  ],
  short: [{ messages: 1_000, bytes: 600 }],
};
const ROUNDS = { full: 15, short: 3 };
/** What the crowd says at once on top of it. */
const CROWD = { full: 2_000, short: 100 };
const CROWD_WRITERS = 20;
const FILLERS = 8;
/** How much more an append may cost to a long conversation than to one of 100 and of 10 messages. */
const MOST = { longTo100: 1.5, longTo10: 3 };

export const longConversation: Fault = {
  name: 'long-conversation',
  promise: 'P4 P8',
  title:
    'a conversation of 10,000 messages of 600 B, one of 3,000 of 5 kB: an append costs at most 1.5 × that at message 100, 3 × that at message 10; 20 writers at once: 0 refused, 0 lost; read whole from both ends and from any message on',
  broken: 'each append first reads all messages of its conversation',

  async run({ scale, isBroken, say, database }) {
    const name = database.newName();
    const app = await spawnApp({
      mongodbUri: database.uri,
      mongodbDatabase: name,
      maxPoolSize: database.poolSize,
      port: await choosePort(),
      wrap: isBroken ? ['append-reads-all'] : [],
    });
    const { url } = app;
    const db = database.client.db(name);
    const resident = watchResident(app.pid);
    const found: Findings[] = [];
    for (const { messages, bytes } of SIZES[scale]) {
      const called = `${messages.toLocaleString('en')} of ${bytes} B`;
      const executionId = await startConversation(url);
      const ledger = createLedger();
      const unanswered = () => ledger.surprise('left a message unanswered or answered UNAVAILABLE');
      const many = { urls: () => url, onAgain: unanswered, executionId, bytes, ledger };
      const startedMs = performance.now();
      await sayMany({ ...many, first: 1, last: messages, writers: FILLERS });
      say(`${called}: said in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);

      if (isBroken) await app.command('readAll');
      const costs = await measureCosts({ url, long: executionId, bytes, rounds: ROUNDS[scale] });
      say(`${called}: ${tellCosts(costs)}`);

      const crowdedMs = performance.now();
      const crowd = CROWD[scale];
      await sayMany({ ...many, first: messages + 1, last: messages + crowd, writers: CROWD_WRITERS });
      const crowdS = (performance.now() - crowdedMs) / 1000;

      const said = messages + ROUNDS[scale] * WINDOW + crowd;
      const { pagedSeq, lastSeq } = await storedSeqs(db, executionId);
      const subscribers = startsOf(pagedSeq, lastSeq).map((afterSeq) =>
        subscribe({ urls: () => url, executionId, afterSeq }),
      );
      const checked = await ledger.check({ url, subscribers, limitMs: 60_000 });
      await Promise.all(subscribers.map((subscriber) => subscriber.stop()));
      found.push({
        ...noFindings(),
        ...checked,
        failures: [
          ...(await readBothWays(url, executionId, lastSeq)),
          ...missedGoals(costs, called),
          ...(lastSeq === said ? [] : [`Expected ${said} messages to be stored, got ${lastSeq}.`]),
          ...checked.failures,
        ],
        notes: [
          `${called}: ${tellCosts(costs)}`,
          `${called}: ${crowd} by ${CROWD_WRITERS} writers in ${crowdS.toFixed(1)} s, ${Math.round(crowd / crowdS)} a second`,
        ],
      });
    }
    const together = found.reduce(add);
    together.rounds = ROUNDS[scale] * found.length;
    together.notes.push(`the server took at most ${Math.round(resident.stop())} MiB`);
    return together;
  },
};

/** Where streams begin: at both ends, in the middle, and around where pages and the head meet. */
function startsOf(pagedSeq: number, lastSeq: number): number[] {
  const middle = Math.floor(lastSeq / 2);
  const meeting = [pagedSeq - 1, pagedSeq, pagedSeq + 1];
  return [0, 1, 32, 33, 34, 65, 66, 67, middle, ...meeting, lastSeq - 64, lastSeq - 1].filter(
    (start) => start >= 0 && start < lastSeq,
  );
}

async function readBothWays(url: string, executionId: string, lastSeq: number): Promise<string[]> {
  const failures: string[] = [];
  for (const direction of ['forwards', 'backwards'] as const) {
    const seqs = (await readWhole({ urls: () => url }, executionId, direction)).map(({ seq }) => seq);
    failures.push(...seqFaults(seqs, 1, lastSeq, `read ${direction}`));
  }
  return failures;
}

function missedGoals(costs: Costs, called: string): string[] {
  const failures: string[] = [];
  for (const [ratio, place] of [
    ['longTo100', 'message 100'],
    ['longTo10', 'message 10'],
  ] as const) {
    if (costs[ratio] <= MOST[ratio]) continue;
    failures.push(
      `${called}: expected an append to cost at most ${MOST[ratio]} × that at ${place}, it cost ${costs[ratio].toFixed(2)} ×.`,
    );
  }
  return failures;
}

function tellCosts({ at10, at100, atLong, longTo100, longTo10, medians }: Costs): string {
  const ms = (values: readonly number[]) => values.map((value) => value.toFixed(2)).join(' / ');
  return `append at 10 / 100 / the end: mean ${ms([at10, at100, atLong])} ms, median ${ms([medians.at10, medians.at100, medians.atLong])} ms; ${longTo100.toFixed(2)} × 100, ${longTo10.toFixed(2)} × 10`;
}

const add = (left: Findings, right: Findings): Findings => ({
  ...noFindings(),
  acknowledged: left.acknowledged + right.acknowledged,
  lost: left.lost + right.lost,
  storedTwice: left.storedTwice + right.storedTwice,
  missing: left.missing + right.missing,
  repeated: left.repeated + right.repeated,
  outOfOrder: left.outOfOrder + right.outOfOrder,
  slowestMs: Math.max(left.slowestMs ?? 0, right.slowestMs ?? 0),
  failures: [...left.failures, ...right.failures],
  notes: [...left.notes, ...right.notes],
});
