import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { startConversation } from './support/api.js';
import { type ChangeListener, compareStates, listenForChanges } from './support/changesHeard.js';
import { cleanUp, cleanupMark } from './support/cleanup.js';
import { deliveryTimes, percentile } from './support/compare.js';
import { type CompletionListener, compareHeard, listenForCompletions } from './support/completions.js';
import { createLedger } from './support/ledger.js';
import { type Differing, spawnPair } from './support/pair.js';
import { reached } from '../support/until.js';
import { subscribe } from './support/subscribers.js';
import { castBallot, startVote } from './support/votes.js';
import { startWriters } from './support/writers.js';

const MESSAGES = { full: 300, short: 40 };
const VOTES = { full: 30, short: 6 };
const CALM_MS = 500;

/** What does not wake streams, by what is left that does. */
const CASES: readonly ({ name: string } & Differing)[] = [
  { name: 'bus off', wrap: ['own-wake-ups-off'] },
  { name: 'change stream off', options: { watchChanges: false } },
  { name: 'both off', wrap: ['bus-off'], options: { watchChanges: false } },
];
const BROKEN = [{ name: 'all off', wrap: ['bus-off'], options: { watchChanges: false, pollMs: 60_000 } }];

export const lostWakeUps: Fault = {
  name: 'lost-wake-ups',
  promise: 'P3 P12',
  title:
    'two servers on one database without the bus, without the change stream, and with the poll alone: messages, completions and changes all come, in order, each once, only later',
  broken: 'nothing wakes streams, not even the poll',

  async run(options) {
    let sum = noFindings();
    for (const one of options.isBroken ? BROKEN : CASES) {
      const mark = cleanupMark();
      sum = add(sum, await without(one, options));
      await cleanUp(mark, options.say);
      options.say(`${one.name}: done`);
    }
    return sum;
  },
};

const add = (sum: Findings, found: Findings): Findings => ({
  ...sum,
  rounds: sum.rounds + found.rounds,
  acknowledged: sum.acknowledged + found.acknowledged,
  lost: sum.lost + found.lost,
  storedTwice: sum.storedTwice + found.storedTwice,
  missing: sum.missing + found.missing,
  repeated: sum.repeated + found.repeated,
  outOfOrder: sum.outOfOrder + found.outOfOrder,
  slowestMs: Math.max(sum.slowestMs ?? 0, found.slowestMs ?? 0),
  failures: [...sum.failures, ...found.failures],
  notes: [...sum.notes, ...found.notes],
});

/** All is written on the left server; on both somebody follows the messages, the completions and the changes. */
async function without(
  { name, ...differing }: (typeof CASES)[number],
  { scale, isBroken, database }: RunOptions,
): Promise<Findings> {
  const limitMs = isBroken ? 2_000 : 15_000;
  const pair = await spawnPair(database, differing);
  const both = [pair.left, pair.right];
  const executionId = await startConversation(pair.left.url);
  const subscribers = both.map(({ url }) => subscribe({ urls: () => url, executionId }));
  const completions = both.map(({ url }) => listenForCompletions(url));
  const changes = both.map(({ url }) => listenForChanges(url));
  await reached(() => subscribers.every(({ connects }) => connects > 0), 10_000);
  await sleep(CALM_MS);

  const ledger = createLedger();
  const writers = startWriters({
    urls: () => pair.left.url,
    executionIds: [executionId],
    writers: 1,
    pauseMs: 30,
    ledger,
  });
  const completed = await completeVotes(pair.left.url, VOTES[scale]);
  await reached(() => ledger.acknowledged.length >= MESSAGES[scale], 60_000);
  await writers.stop();

  const last = ledger.acknowledged.reduce((one, other) => (one.seq > other.seq ? one : other));
  const states = new Map([...completed.keys()].map((vote) => [vote, 'COMPLETED 2']));
  states.set(executionId, `IN_PROGRESS ${last.seq}`);
  const hasCome = () =>
    completions.every(({ heard }) => heard.length >= completed.size) &&
    changes.every((listener) => compareStates(states, listener).missing === 0);
  await reached(hasCome, limitMs);
  const checked = await ledger.check({ url: pair.left.url, subscribers, limitMs });
  const compared = [
    ...completions.map((listener) => ({ outOfOrder: 0, ...compareHeard(completed.keys(), listener) })),
    ...changes.map((listener) => ({ repeated: 0, ...compareStates(states, listener) })),
  ];
  const times = ['same server', 'other server'].map((where, index) => {
    const messages = deliveryTimes(ledger.acknowledged, subscribers.slice(index, index + 1));
    const votes = waits(completed, completions[index] as CompletionListener);
    const states = waits(completed, completedOf(changes[index] as ChangeListener));
    return `${where}: messages ${tell(messages)}, completions ${tell(votes)}, changes ${tell(states)}`;
  });
  const total = (count: 'missing' | 'repeated' | 'outOfOrder') =>
    compared.reduce((all, one) => all + one[count], checked[count]);
  return {
    ...noFindings(),
    ...checked,
    rounds: 1,
    acknowledged: checked.acknowledged + completed.size,
    missing: total('missing'),
    repeated: total('repeated'),
    outOfOrder: total('outOfOrder'),
    failures: [...checked.failures, ...compared.flatMap(({ failures }) => failures)].map(
      (failure) => `${name}: ${failure}`,
    ),
    notes: times.map((line) => `${name}, ${line}`),
  };
}

/** Votes of one agent, one after another: when each ballot was answered. */
async function completeVotes(url: string, count: number): Promise<Map<string, number>> {
  const completed = new Map<string, number>();
  for (let vote = 0; vote < count; vote++) {
    const executionId = await startVote(url, { totalAgents: 1 });
    const { answeredMs } = await castBallot(url, executionId, 'a');
    completed.set(executionId, answeredMs);
    await sleep(100);
  }
  return completed;
}

/** Of all that was heard, the votes that were complete. */
const completedOf = ({ heard }: ChangeListener): Pick<CompletionListener, 'heard'> => ({
  heard: heard
    .filter(({ value }) => value.status === 'COMPLETED')
    .map(({ value, atMs }) => ({ value: value.executionId, atMs })),
});

/** In ms, ascending; 0 for what came before its ballot was answered. */
const waits = (
  completed: ReadonlyMap<string, number>,
  { heard }: Pick<CompletionListener, 'heard'>,
): number[] =>
  heard.map(({ value, atMs }) => Math.max(0, atMs - (completed.get(value) ?? atMs))).sort((a, b) => a - b);

const tell = (ascending: readonly number[]): string =>
  [50, 99].map((percent) => `p${percent} ${percentile(ascending, percent)?.toFixed(0) ?? '–'} ms`).join(' ');
