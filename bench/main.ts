import Table from 'cli-table3';
import { compareAppends } from './appends.js';
import { measureCost } from '../evaluate/cost.js';
import { measureWhatIf, msOfExplanation } from './learning.js';
import { type Growth, measureGrowth } from './lists.js';
import type { Comparison, Spread } from './rate.js';
import { secondsOfChecks } from './checks.js';
import { compareReads, readBody } from './reads.js';
import { startBench } from './server.js';
import { measureWatchers } from './watchers.js';
import { measureDelivery, measureMemory } from './streams.js';

interface Row {
  what: string;
  goal: string;
  measured: string;
  /** Null where there is no goal. */
  isMet: boolean | null;
  detail: string;
}

const BUDGET_MS = 20_000;

const say = (part: string) =>
  void process.stderr.write(`${Math.round(performance.now() / 1_000)} s  ${part}\n`);
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const rate = ({ median }: Spread): string => `${Math.round(median)}/s`;
const times = ({ median, low, high }: Spread): string =>
  `${median.toFixed(2)} (${low.toFixed(2)} – ${high.toFixed(2)})`;

function ratioRow(what: string, goal: number, { ratio, ours, bare, pairs }: Comparison): Row {
  return {
    what,
    goal: `≥ ${percent(goal)}`,
    measured: `${percent(ratio.median)} (${percent(ratio.low)} – ${percent(ratio.high)})`,
    isMet: ratio.median >= goal,
    detail: `${rate(ours)} of ${rate(bare)}, ${pairs} pairs`,
  };
}

const atMost = (what: string, measured: number, goal: number, unit: string): Row => ({
  what,
  goal: `≤ ${goal} ${unit}`,
  measured: `${measured.toPrecision(2)} ${unit}`,
  isMet: measured <= goal,
  detail: '',
});

/** A question over 20,000 conversations and decisions costs no more than twice what it does over 100. */
const growthRow = ({ what, few, many }: Growth): Row => ({
  what: `${what}: over 20,000 ÷ over 100`,
  goal: '≤ 2',
  measured: (many / few).toFixed(2),
  isMet: many <= 2 * few,
  detail: `${many.toFixed(1)} ms of ${few.toFixed(1)} ms`,
});

/** The bare driver on the same database is the measure: rates of one machine say nothing about another. */
async function measure(): Promise<Row[]> {
  const bench = await startBench();
  try {
    say('appends');
    const appends = await compareAppends(bench, BUDGET_MS);
    say('reads');
    const reads = await compareReads(bench, BUDGET_MS);
    const checks = secondsOfChecks(readBody('0123456789abcdef01234567'));
    say('deliveries');
    const delivery = await measureDelivery(bench);
    say('memory');
    const memory = await measureMemory(bench);
    say('watchers');
    const watchers = await measureWatchers(bench);
    say('what if');
    const whatIf = await measureWhatIf(bench);
    say('growing histories');
    const growth = await measureGrowth(bench);
    const cost = measureCost(1);
    const explanationMs = msOfExplanation();
    const roundTrip = `${delivery.roundTripMs.median.toFixed(1)} ms`;
    return [
      ratioRow('addMessage over HTTP, 4 writers ÷ the driver’s own append', 0.5, appends),
      ratioRow('50 messages, every field, over HTTP ÷ the driver’s findOne', 0.4, reads),
      {
        what: 'the checks of that query ÷ all the server does for it',
        goal: '≤ 10 %',
        measured: `${(100 * checks * reads.ours.median).toFixed(1)} %`,
        isMet: checks * reads.ours.median <= 0.1,
        detail: `${Math.round(checks * 1e6)} µs`,
      },
      {
        what: 'message at the median of 100 subscribers ÷ addMessage’s round trip',
        goal: '–',
        measured: times(delivery.toMedian),
        isMet: null,
        detail: `round trip ${roundTrip}`,
      },
      {
        what: 'message at the last of 100 subscribers ÷ addMessage’s round trip',
        goal: '–',
        measured: times(delivery.toLast),
        isMet: null,
        detail: `${delivery.lastMs.median.toFixed(1)} ms`,
      },
      {
        what: 'server memory per subscriber, of 1,000 on 50 sockets',
        goal: '–',
        measured: `${memory.toFixed(1)} kB`,
        isMet: null,
        detail: 'resident, after garbage collection',
      },
      {
        what: 'CPU of a conversation, 500 others watching their lists ÷ none',
        goal: '≤ 1.2',
        measured: times(watchers.ratio),
        isMet: watchers.ratio.median <= 1.2,
        detail: `${watchers.aloneMs.toFixed(1)} ms, ${watchers.watchedMs.toFixed(1)} ms watched`,
      },
      atMost('one feedback of 7 votes, arithmetic', cost.feedbackMicros, 10, 'µs'),
      atMost('a tally of 1,000 votes', cost.tallyMs, 5, 'ms'),
      atMost('explaining a vote of 50 ballots', explanationMs, 5, 'ms'),
      atMost('whatIf over 10,000 decisions', whatIf.seconds, 5, 's'),
      {
        ...atMost('slowest answer to others meanwhile', whatIf.slowestOtherMs, 100, 'ms'),
        detail: `${whatIf.usualOtherMs.toFixed(1)} ms at other times`,
      },
      ...growth.map(growthRow),
    ];
  } finally {
    await bench.stop();
  }
}

function print(rows: readonly Row[]): void {
  const table = new Table({
    head: ['', 'goal', 'measured (middle half)', '', ''],
    style: { head: [], border: [] },
  });
  for (const { what, goal, measured, isMet, detail } of rows) {
    table.push([what, goal, measured, isMet === null ? '' : isMet ? 'met' : 'missed', detail]);
  }
  process.stdout.write(`${table.toString()}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const rows = await measure();
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
else print(rows);
