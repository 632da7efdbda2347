import { measureCost } from '../evaluate/cost.js';
import { compareAppends } from './appends.js';
import { secondsOfChecks } from './checks.js';
import { measureGrowth } from './growth.js';
import { measureWhatIf, msOfExplanation } from './learning.js';
import { compareReads, readBody } from './reads.js';
import { atMost, growthRow, type Row, rateRow, times } from './rows.js';
import type { Bench } from './server.js';
import { measureDelivery, measureMemory } from './streams.js';
import { measureWatchers } from './watchers.js';

const BUDGET_MS = 20_000;

/** What can be measured alone, by name. */
export const PARTS: Readonly<Record<string, (bench: Bench) => Promise<Row[]>>> = {
  appends: async (bench) => [
    rateRow(
      'addMessage over HTTP, 4 writers ÷ the driver’s own append',
      0.5,
      await compareAppends(bench, BUDGET_MS),
    ),
  ],

  async reads(bench) {
    const reads = await compareReads(bench, BUDGET_MS);
    const checks = secondsOfChecks(readBody('0123456789abcdef01234567'));
    return [
      rateRow('50 messages, every field, over HTTP ÷ the driver’s findOne', 0.4, reads),
      {
        what: 'the checks of that query ÷ all the server does for it',
        goal: '≤ 10 %',
        measured: `${(100 * checks * reads.ours.median).toFixed(1)} %`,
        isMet: checks * reads.ours.median <= 0.1,
        detail: `${Math.round(checks * 1e6)} µs`,
      },
    ];
  },

  streams: async (bench) => {
    const delivery = await measureDelivery(bench);
    const memory = await measureMemory(bench);
    return [
      {
        what: 'message at the median of 100 subscribers ÷ addMessage’s round trip',
        goal: '–',
        measured: times(delivery.toMedian),
        isMet: null,
        detail: `round trip ${delivery.roundTripMs.median.toFixed(1)} ms`,
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
    ];
  },

  async watchers(bench) {
    const { ratio, aloneMs, watchedMs } = await measureWatchers(bench);
    return [
      {
        what: 'CPU of a conversation, 500 others watching their lists ÷ none',
        goal: '≤ 1.2',
        measured: times(ratio),
        isMet: ratio.median <= 1.2,
        detail: `${aloneMs.toFixed(1)} ms, ${watchedMs.toFixed(1)} ms watched`,
      },
    ];
  },

  async learning(bench) {
    const whatIf = await measureWhatIf(bench);
    const cost = measureCost(1);
    return [
      atMost('one feedback of 7 votes, arithmetic', cost.feedbackMicros, 10, 'µs'),
      atMost('a tally of 1,000 votes', cost.tallyMs, 5, 'ms'),
      atMost('explaining a vote of 50 ballots', msOfExplanation(), 5, 'ms'),
      atMost('whatIf over 10,000 decisions', whatIf.seconds, 5, 's'),
      {
        ...atMost('slowest answer to others meanwhile', whatIf.slowestOtherMs, 100, 'ms'),
        detail: `${whatIf.usualOtherMs.toFixed(1)} ms at other times`,
      },
    ];
  },

  growth: async (bench) => (await measureGrowth(bench)).map(growthRow),
};
