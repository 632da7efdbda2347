import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { startConversation } from './support/api.js';
import { percentile } from './support/compare.js';
import { type Acknowledged, createLedger, type Ledger } from './support/ledger.js';
import { type Differing, type Pair, spawnPair } from './support/pair.js';
import { reached } from '../support/until.js';
import { type Subscriber, subscribe } from './support/subscribers.js';
import { startWriters } from './support/writers.js';

const MESSAGES = { full: 1_000, short: 200 };
const DELIVERY_MS = 100;
/** Said before delivery is measured: servers that were just started are slow. */
const WARM_UP = 40;
/** Nothing that happens in one of them is told to the other. */
const DEAF: Differing = { wrap: ['bus-off'], options: { watchChanges: false, pollMs: 60_000 } };

export const twoServers: Fault = {
  name: 'two-servers',
  promise: 'P3 P12',
  title:
    'two servers on one database, 4 writers and 8 subscribers on both, one killed -9 midway through 1,000 messages: 0 lost, 0 stored twice, 0 missing, 0 repeated, 0 out of order, p99 from one server to subscribers of the other under 100 ms',
  broken: 'the servers hear nothing of each other',

  async run(options) {
    const pair = await spawnPair(options.database, options.isBroken ? DEAF : {});
    return await killOneMidway(pair, options);
  },
};

type Name = 'left' | 'right';

async function killOneMidway({ left, right }: Pair, { scale, isBroken, say }: RunOptions): Promise<Findings> {
  const total = MESSAGES[scale];
  let isLeftDead = false;
  const urlsOf = (name: Name) => () => (name === 'right' || isLeftDead ? right.url : left.url);
  const executionIds = [await startConversation(left.url), await startConversation(right.url)];
  const subscribersOn = (name: Name) =>
    [...executionIds, ...executionIds].map((executionId) => subscribe({ urls: urlsOf(name), executionId }));
  const subscribers = { left: subscribersOn('left'), right: subscribersOn('right') };
  const everyone = [...subscribers.left, ...subscribers.right];
  await reached(() => everyone.every(({ connects }) => connects > 0), 10_000);

  const ledger = createLedger();
  const written = { left: [] as Acknowledged[], right: [] as Acknowledged[] };
  const writersOn = (name: Name) =>
    startWriters({
      urls: urlsOf(name),
      executionIds,
      writers: 2,
      pauseMs: 20,
      ledger: noting(ledger, (write) => void written[name].push(write)),
    });
  const writers = [writersOn('left'), writersOn('right')];
  await acknowledge(ledger, WARM_UP);
  const warmMs = performance.now();
  await acknowledge(ledger, total / 2);
  const killedMs = performance.now();
  isLeftDead = true;
  await left.kill();
  say(`killed one after ${ledger.acknowledged.length} messages`);
  await acknowledge(ledger, total);
  await Promise.all(writers.map((each) => each.stop()));

  const checked = await ledger.check({
    url: right.url,
    subscribers: everyone,
    limitMs: isBroken ? 2_000 : 20_000,
  });
  // What was said right before the kill may have died on its way.
  const measured = (writes: readonly Acknowledged[]) =>
    writes.filter(({ sentMs, answeredMs }) => sentMs > warmMs && answeredMs < killedMs - 200);
  const crossing = [
    { writes: measured(written.left), subscribers: subscribers.right },
    { writes: measured(written.right), subscribers: subscribers.left },
  ];
  const { late, notes } = judge(crossing);
  const next = ledger.acknowledged.find(({ sentMs }) => sentMs > killedMs);
  return {
    ...noFindings(),
    ...checked,
    rounds: 1,
    recoveredMs: next === undefined ? null : next.answeredMs - killedMs,
    late,
    notes,
  };
}

/** The same ledger, and who writes by it is known. */
const noting = (ledger: Ledger, note: (write: Acknowledged) => void): Ledger => ({
  ...ledger,
  acknowledge(write) {
    note(write);
    ledger.acknowledge(write);
  },
});

async function acknowledge(ledger: Ledger, count: number): Promise<void> {
  const isEnough = () => ledger.acknowledged.length >= count;
  if (!(await reached(isEnough, 120_000))) {
    throw new Error(`Expected ${count} messages in 120 s, got ${ledger.acknowledged.length}.`);
  }
}

/** Writes of one server, and the subscribers of the other one. */
interface Crossing {
  writes: readonly Acknowledged[];
  subscribers: readonly Subscriber[];
}

function judge(crossings: readonly Crossing[]): Pick<Findings, 'late' | 'notes'> {
  const sent = crossings.flatMap((crossing) => waits(crossing, 'sentMs')).sort((a, b) => a - b);
  const answered = crossings.flatMap((crossing) => waits(crossing, 'answeredMs')).sort((a, b) => a - b);
  const p99 = percentile(answered, 99);
  const tell = (ms: number | null) => (ms === null ? '–' : `${ms.toFixed(1)} ms`);
  return {
    late:
      p99 === null || p99 < DELIVERY_MS
        ? []
        : [
            `Expected delivery across servers in under ${DELIVERY_MS} ms at p99, took ${tell(p99)} from acknowledgement.`,
          ],
    notes: [
      `delivery across servers, from sending: p50 ${tell(percentile(sent, 50))}, p99 ${tell(percentile(sent, 99))}, of ${sent.length}`,
      `from acknowledgement: p50 ${tell(percentile(answered, 50))}, p99 ${tell(percentile(answered, 99))}`,
    ],
  };
}

/** What was not seen at all is counted as missing elsewhere. */
function waits({ writes, subscribers }: Crossing, from: 'sentMs' | 'answeredMs'): number[] {
  const fromMs = new Map(writes.map((write) => [write.text, write[from]]));
  return subscribers.flatMap(({ events }) =>
    events.flatMap(({ text, atMs }) => {
      const startedMs = fromMs.get(text);
      return startedMs === undefined ? [] : [Math.max(0, atMs - startedMs)];
    }),
  );
}
