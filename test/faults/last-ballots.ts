import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { id } from './support/api.js';
import { auditVotes, type CastVote } from './support/audit.js';
import {
  type CompletionListener,
  compareHeard,
  listenForCompletion,
  listenForCompletions,
} from './support/completions.js';
import { type Pair, spawnPair } from './support/pair.js';
import { reached } from '../support/until.js';
import { castBallot, closeVoting, startVote } from './support/votes.js';

const RACES = { full: 1_000, short: 60 };
const AT_ONCE = 20;
/** Votes of one node race for its decision numbers. */
const NODES = 10;

export const lastBallots: Fault = {
  name: 'last-ballots',
  promise: 'P11 P12',
  title:
    '1,000 races of last ballots over two servers, every tenth with the same one twice, every tenth against closeVoting: 1,000 completions, 1,000 decisions with numbers of their own, each completion heard once on both servers',
  broken: 'each decision is logged again under another id',

  async run(options) {
    const pair = await spawnPair(options.database, options.isBroken ? { wrap: ['decisions-twice'] } : {});
    return await race(pair, options);
  },
};

interface Race extends CastVote {
  /** On both servers, for some races. */
  listeners: CompletionListener[];
}

async function race(pair: Pair, { scale, say, database, isBroken }: RunOptions): Promise<Findings> {
  const total = RACES[scale];
  const { left, right, databaseName } = pair;
  const all = [listenForCompletions(left.url), listenForCompletions(right.url)];
  const nodes = Array.from({ length: NODES }, id);
  const races: Race[] = [];
  const startedMs = performance.now();
  for (let done = 0; done < total; done += AT_ONCE) {
    const turns = Array.from({ length: Math.min(AT_ONCE, total - done) }, (_, index) => done + index);
    races.push(
      ...(await Promise.all(turns.map((turn) => raceOnce(pair, turn, nodes[turn % NODES] as string)))),
    );
    if ((done + AT_ONCE) % 200 === 0) say(`${done + AT_ONCE} of ${total} races`);
  }
  const raceMs = performance.now() - startedMs;

  const some = races.filter(({ listeners }) => listeners.length > 0);
  const hasHeard = () =>
    all.every(({ heard }) => heard.length >= total) &&
    some.every(({ listeners }) => listeners.every(({ hasEnded }) => hasEnded));
  await reached(hasHeard, isBroken ? 5_000 : 20_000);
  // What is told twice comes right behind, at the latest with the next poll.
  await reached(() => false, 2_500);

  const audit = await auditVotes({ database, databaseName, url: right.url }, races);
  const expected = races.map(({ executionId }) => executionId);
  const compared = [
    ...all.map((listener) => compareHeard(expected, listener)),
    ...some.flatMap(({ executionId, listeners }) => listeners.map((one) => compareHeard([executionId], one))),
  ];
  const casts = races.flatMap((one) => one.casts);
  const { decisions, ...wrong } = audit;
  if (decisions !== total) wrong.failures.push(`Expected ${total} decisions, got ${decisions}.`);
  return {
    ...noFindings(),
    ...wrong,
    rounds: total,
    acknowledged: casts.filter(({ answer }) => answer === 'accepted').length,
    missing: wrong.missing + compared.reduce((sum, { missing }) => sum + missing, 0),
    repeated: compared.reduce((sum, { repeated }) => sum + repeated, 0),
    failures: [...wrong.failures, ...new Set(compared.flatMap(({ failures }) => failures))],
    notes: [
      `${decisions} decisions of ${total} votes, ${Math.round((total * 1_000) / raceMs)} votes a second`,
      `completions heard: ${all.map(({ heard }) => heard.length).join(' and ')} of all, ${some.length * 2} subscriptions of one`,
      `${casts.filter(({ answer }) => answer === 'closed').length} ballots too late for a closeVoting`,
    ],
  };
}

async function raceOnce(pair: Pair, turn: number, userNodeId: string): Promise<Race> {
  const here = pair.either(turn).url;
  const there = pair.either(turn + 1).url;
  const executionId = await startVote(here, { userNodeId });
  const listeners = turn % 10 < 2 ? [here, there].map((url) => listenForCompletion(url, executionId)) : [];
  if (turn % 10 === 8) {
    const first = await castBallot(here, executionId, 'a');
    const key = id();
    const twice = [here, there].map((url) => castBallot(url, executionId, 'b', key));
    return { executionId, listeners, casts: [first, ...(await Promise.all(twice))] };
  }
  if (turn % 10 === 9) {
    const first = await castBallot(there, executionId, 'a');
    const [last] = await Promise.all([castBallot(here, executionId, 'b'), closeVoting(there, executionId)]);
    return { executionId, listeners, casts: [first, last] };
  }
  const casts = await Promise.all([castBallot(here, executionId, 'a'), castBallot(there, executionId, 'b')]);
  return { executionId, listeners, casts };
}
