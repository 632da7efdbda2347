import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { id, send } from './support/api.js';
import { auditVotes, type CastVote } from './support/audit.js';
import { percentile } from './support/compare.js';
import { type CompletionListener, compareHeard, listenForCompletions } from './support/completions.js';
import { type Pair, spawnPair } from './support/pair.js';
import { reached } from '../support/until.js';
import { BALLOT, ballotInput, castBallot, deadlineOf, startVote } from './support/votes.js';

const TIES = { full: 300, short: 20 };
const AT_ONCE = 20;
const KILLS = { full: 10, short: 2 };
/** Open when their server is killed. */
const OPEN_VOTES = 5;
const SWEEP_MS = 50;
/** From when to when a last ballot is sent, around its deadline: some come just after the sweep. */
const SENT_MS = { from: -40, to: 100 };

export const deadlines: Fault = {
  name: 'deadlines',
  promise: 'P11 P12',
  title:
    '300 last ballots at the instant of the deadline over two servers; 10 × kill -9 of a server with 5 open votes, 10 × between completion and decision: each vote complete once with one decision by the other server, unasked; each accepted ballot counts',
  broken: 'the other server never looks for what is due',

  async run(options) {
    const sweepMs = options.isBroken ? 3_600_000 : SWEEP_MS;
    const pair = await spawnPair(
      options.database,
      { wrap: ['die-before-decision'], options: { sweepMs: SWEEP_MS } },
      { options: { sweepMs } },
    );
    return await passDeadlines(pair, options);
  },
};

/** One vote that somebody has to finish, and when that is due at the latest, by `performance.now()`. */
interface DueVote extends CastVote {
  dueMs: number;
}

async function passDeadlines(pair: Pair, options: RunOptions): Promise<Findings> {
  const { scale, say, database, isBroken } = options;
  const { right, databaseName } = pair;
  const limitMs = isBroken ? 2_000 : 20_000;
  const listener = listenForCompletions(right.url);
  const log = database.client.db(databaseName).collection('ai_decisions_log');
  const votes: DueVote[] = [];
  const unfinished: string[] = [];
  /** Asks no server, since that would have it done. Answers how long after it was due the last decision was logged. */
  const finish = async (added: readonly DueVote[], what: string): Promise<number> => {
    votes.push(...added);
    const isFinished = async () =>
      listener.heard.length >= votes.length && (await log.countDocuments()) >= votes.length;
    if (!(await reached(isFinished, limitMs))) unfinished.push(`Not finished within ${limitMs} ms: ${what}.`);
    return performance.now() - Math.max(...added.map(({ dueMs }) => dueMs));
  };

  for (let done = 0; done < TIES[scale]; done += AT_ONCE) {
    const turns = Array.from({ length: Math.min(AT_ONCE, TIES[scale] - done) }, (_, index) => done + index);
    await finish(await Promise.all(turns.map((turn) => tie(pair, turn))), 'votes of which nobody was killed');
  }
  const ties = [...votes];
  say(`${ties.length} last ballots at the deadline`);

  const recoveries = { open: [] as number[], between: [] as number[] };
  for (let kill = 1; kill <= KILLS[scale]; kill++) {
    const left = await leaveOpen(pair);
    recoveries.open.push(await finish(left, 'votes that were open when their server was killed'));
    await pair.restartLeft();
    const dead = await dieBeforeDecision(pair);
    const ms = await finish([dead.vote], 'a decision that its server had died before');
    if (dead.hasDied) recoveries.between.push(ms);
    await pair.restartLeft();
    if (kill % 5 === 0) say(`${kill} of ${KILLS[scale]} kills of both kinds`);
  }
  // What is told twice comes right behind, at the latest with the next poll.
  await sleep(2_500);

  const { decisions, ...wrong } = await auditVotes({ database, databaseName, url: right.url }, votes);
  const compared = compareHeard(
    votes.map(({ executionId }) => executionId),
    listener,
  );
  if (decisions !== votes.length) {
    wrong.failures.push(`Expected ${votes.length} decisions, got ${decisions}.`);
  }
  return {
    ...noFindings(),
    ...wrong,
    rounds: ties.length + 2 * KILLS[scale],
    acknowledged: votes.flatMap(({ casts }) => casts).filter(({ seq }) => seq !== null).length,
    missing: wrong.missing + compared.missing,
    repeated: compared.repeated,
    recoveredMs: Math.max(...recoveries.open, ...recoveries.between),
    failures: [...wrong.failures, ...compared.failures, ...new Set(unfinished)],
    notes: [
      tellTies(ties, listener),
      `open votes of a killed server: logged at most ${Math.round(Math.max(...recoveries.open))} ms after they were due`,
      `${recoveries.between.length} deaths between completion and decision: logged at most ${Math.round(Math.max(...recoveries.between))} ms after`,
    ],
  };
}

/** The first ballot sets the deadline, the last one is sent around it. */
async function tie(pair: Pair, turn: number): Promise<DueVote> {
  const here = pair.either(turn).url;
  const there = pair.either(turn + 1).url;
  const executionId = await startVote(here, { votingTimeout: 1 });
  const first = await castBallot(here, executionId, 'a');
  const dueMs = await dueMsOf(here, executionId);
  await sleep(
    Math.max(0, dueMs - performance.now() + SENT_MS.from + Math.random() * (SENT_MS.to - SENT_MS.from)),
  );
  const last = await castBallot(there, executionId, 'b');
  return { executionId, dueMs, casts: [first, last] };
}

/** Votes of three with a ballot each, on the left server, which is killed. */
async function leaveOpen({ left }: Pair): Promise<DueVote[]> {
  const votes = Array.from({ length: OPEN_VOTES }, async () => {
    const executionId = await startVote(left.url, { totalAgents: 3, votingTimeout: 1 });
    const casts = [await castBallot(left.url, executionId, 'a')];
    return { executionId, casts, dueMs: await dueMsOf(left.url, executionId) };
  });
  const open = await Promise.all(votes);
  await left.kill();
  return open;
}

/** The left server dies of the last ballot: it has completed the vote by then and has not logged the decision. */
async function dieBeforeDecision({ left }: Pair): Promise<{ vote: DueVote; hasDied: boolean }> {
  const executionId = await startVote(left.url);
  const casts = [await castBallot(left.url, executionId, 'a')];
  await left.command('dieBeforeDecision');
  const key = id();
  const hasDied = await send(left.url, BALLOT, ballotInput(executionId, 'b', key)).then(
    () => false,
    () => true,
  );
  const dueMs = performance.now();
  await left.kill();
  // Not answered, but stored before it died; its number is that of the second message.
  casts.push({ agentName: 'b', key, answer: 'accepted', seq: 2, answeredMs: dueMs });
  return { vote: { executionId, casts, dueMs }, hasDied };
}

const dueMsOf = async (url: string, executionId: string): Promise<number> =>
  (await deadlineOf(url, executionId)) - performance.timeOrigin;

function tellTies(ties: readonly DueVote[], { heard }: CompletionListener): string {
  const heardMs = new Map(heard.map(({ value, atMs }) => [value, atMs]));
  const late = ties
    .flatMap(({ executionId, dueMs }) => {
      const atMs = heardMs.get(executionId);
      return atMs === undefined ? [] : [atMs - dueMs];
    })
    .sort((a, b) => a - b);
  const closed = ties.filter(({ casts }) => casts.some(({ answer }) => answer === 'closed')).length;
  const p50 = percentile(late, 50)?.toFixed(0);
  const p99 = percentile(late, 99)?.toFixed(0);
  return `at the deadline: ${ties.length - closed} last ballots accepted, ${closed} refused; heard of p50 ${p50} ms, p99 ${p99} ms after it`;
}
