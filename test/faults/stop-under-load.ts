import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { stopOneOfTwo } from './support/stopOneOfTwo.js';
import { stopInFlight, stopTwice } from './support/stopping.js';

const ROUNDS = { full: 5, short: 1 };

export const stopUnderLoad: Fault = {
  name: 'stop-under-load',
  promise: 'P3 P6 P12',
  title:
    'SIGTERM and SIGINT with 5 slow mutations in flight (5 × each): all answered, sockets closed with 1001 or 1012, exit 0 within 5 s; a second signal ends it at once; one of two servers stopped 5 × under load: 0 lost, 0 stored twice, 0 missing, 0 repeated, 0 out of order',
  broken: 'a signal ends it with exit 0 at once',

  async run(options) {
    const rounds = ROUNDS[options.scale];
    const found: Findings[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) found.push(await stopInFlight(options, signal));
      found.push(await stopTwice(options));
      options.say(`${round} of ${rounds} rounds of one server`);
    }
    found.push(await stopOneOfTwo(options, rounds));
    return sum(found, options);
  },
};

/** All of it as one. */
function sum(found: readonly Findings[], { say }: RunOptions): Findings {
  const total = (of: (findings: Findings) => number): number => found.reduce((all, one) => all + of(one), 0);
  const most = (of: (findings: Findings) => number | null): number | null => {
    const known = found.map(of).filter((ms) => ms !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  for (const note of new Set(found.flatMap(({ notes }) => notes))) say(note);
  return {
    ...noFindings(),
    rounds: total(({ rounds }) => rounds),
    acknowledged: total(({ acknowledged }) => acknowledged),
    lost: total(({ lost }) => lost),
    storedTwice: total(({ storedTwice }) => storedTwice),
    missing: total(({ missing }) => missing),
    repeated: total(({ repeated }) => repeated),
    outOfOrder: total(({ outOfOrder }) => outOfOrder),
    slowestMs: most(({ slowestMs }) => slowestMs),
    recoveredMs: most(({ recoveredMs }) => recoveredMs),
    failures: [...new Set(found.flatMap(({ failures }) => failures))],
    late: [...new Set(found.flatMap(({ late }) => late))],
    overdue: [...new Set(found.flatMap(({ overdue }) => overdue))],
  };
}
