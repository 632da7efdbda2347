import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { insist, startConversation } from './support/api.js';
import { compareNews, followNews, type News, toldAt } from './support/clockNews.js';
import { clockPair } from './support/clockPair.js';
import { createClockReads } from './support/clockReads.js';
import { createSetClock, jump, type SetClock, whyNoFaketime } from './support/faketime.js';
import { createLedger } from './support/ledger.js';
import { type AppProcess, choosePort, spawnApp } from './support/processes.js';
import { subscribe } from './support/subscribers.js';
import { castBallot, startVote } from './support/votes.js';
import { startWriters } from './support/writers.js';

const HOUR = 3_600;
/** Where the clock is set to, one after the other, by seconds off the right time. */
const OFFSETS = { full: [HOUR, 0, -HOUR, 0, HOUR, -HOUR, HOUR, 0], short: [HOUR, 0, -HOUR, 0] };
const RESTARTS = { full: [-HOUR, 0, HOUR, 0, -HOUR, HOUR], short: [-HOUR, HOUR] };
const TIMEOUT_MS = 3_000;
/** The sweep looks once a second, and a busy machine does so later. */
const LATE_MS = 2_500;
/** Timers and clocks round. */
const EARLY_MS = 50;

export const clocks: Fault = {
  name: 'clocks',
  promise: 'P3 P4 P10 P12',
  title:
    'the wall clock jumps an hour either way under 4 writers and 6 subscribers, over a restart and in one of two servers: 0 lost, 0 stored twice, 0 missing, 0 repeated, 0 out of order, votes complete after their 3 s',
  broken: 'the server goes by the wall clock',

  async run(options) {
    const reason = await whyNoFaketime();
    if (reason !== null) return { ...noFindings(), skipped: reason };
    const one = await jumpAndRestart(options);
    const two = await clockPair(options);
    return {
      ...one,
      rounds: one.rounds + two.rounds,
      acknowledged: one.acknowledged + two.acknowledged,
      lost: one.lost + two.lost,
      storedTwice: one.storedTwice + two.storedTwice,
      missing: one.missing + two.missing,
      repeated: one.repeated + two.repeated,
      outOfOrder: one.outOfOrder + two.outOfOrder,
      failures: [...one.failures, ...two.failures],
      notes: [...one.notes, ...two.notes],
    };
  },
};

/** Under load: first the clock jumps while the server runs, then while it is down. */
async function jumpAndRestart({ scale, isBroken, say, database }: RunOptions): Promise<Findings> {
  const clock = await createSetClock();
  const settings = {
    mongodbUri: database.uri,
    mongodbDatabase: database.newName(),
    maxPoolSize: database.poolSize,
    port: await choosePort(),
    env: clock.env,
    wrap: ['tell-clocks', ...(isBroken ? ['wall-clock'] : [])],
  };
  let app = await spawnApp(settings);
  const { url } = app;
  const urls = () => url;
  const executionIds = [await startConversation(url), await startConversation(url)];
  const ledger = createLedger();
  const subscribers = [0, 1, 2, 3, 4, 5].map((n) =>
    subscribe({ urls, executionId: executionIds[n % 2] as string }),
  );
  const writers = startWriters({ urls, executionIds, writers: 4, ledger, pauseMs: 20 });
  await writers.acknowledgedAfter(performance.now());

  const jumps = await jumpUnder(app, clock, { url, executionId: executionIds[0] as string }, { scale, say });
  const failures = [...jumps.failures];
  const late = [...jumps.late];
  const afterRestart: number[] = [];
  let news: News | null = null;
  for (const offset of isBroken ? [] : RESTARTS[scale]) {
    const executionId = await startVote(url, { votingTimeout: TIMEOUT_MS / 1_000 });
    await castBallot(url, executionId, 'first');
    await app.kill();
    await clock.set(offset);
    app = await spawnApp(settings);
    const restartedMs = performance.now();
    const ms = (await completedAt(url, executionId)) - restartedMs;
    afterRestart.push(ms);
    if (ms > TIMEOUT_MS + LATE_MS) {
      (ms === Infinity ? failures : late).push(
        `An open vote of 3 s was complete ${Math.round(ms)} ms after a restart with the clock at ${offset} s.`,
      );
    }
    news = await followNews(url);
    const next = await startVote(url, { votingTimeout: TIMEOUT_MS / 1_000 });
    const sentMs = performance.now();
    const { answeredMs } = await castBallot(url, next, 'first');
    const toldMs = await toldAt(news, next, 10_000);
    const told = wrongTime(toldMs, { sentMs, answeredMs }, `after a restart at ${offset} s`);
    failures.push(...told.failures);
    late.push(...told.late);
    failures.push(...(await compareNews([next], news)).failures);
    await writers.acknowledgedAfter(performance.now());
    say(`restarted with the clock at ${offset} s`);
  }
  await writers.stop();
  const checked = await ledger.check({ url, subscribers, limitMs: isBroken ? 2_000 : 20_000 });
  return {
    ...noFindings(),
    ...checked,
    rounds: jumps.rounds + afterRestart.length,
    missing: checked.missing + jumps.missing,
    repeated: checked.repeated + jumps.repeated,
    failures: [...checked.failures, ...failures],
    late,
    notes: [
      `votes of 3 s across a jump completed after ${told(jumps.times)}`,
      ...(afterRestart.length === 0 ? [] : [`open votes complete after a restart: ${told(afterRestart)}`]),
    ],
  };
}

/** One open vote, one list under way and one page of messages across each jump. */
async function jumpUnder(
  app: AppProcess,
  clock: SetClock,
  { url, executionId }: { url: string; executionId: string },
  { scale, say }: Pick<RunOptions, 'scale' | 'say'>,
) {
  const news = await followNews(url);
  const reads = createClockReads(() => url, executionId);
  const votes: string[] = [];
  const times: number[] = [];
  const failures: string[] = [];
  const late: string[] = [];
  let offset = 0;
  for (const next of OFFSETS[scale]) {
    await reads.begin();
    const vote = await startVote(url, { votingTimeout: TIMEOUT_MS / 1_000 });
    const sentMs = performance.now();
    const { answeredMs } = await castBallot(url, vote, 'first');
    votes.push(vote);
    await sleep(200);
    await jump(app, clock, offset, next);
    failures.push(...(await reads.finish()));
    const toldMs = await toldAt(news, vote, 10_000);
    const when = `when the clock was set from ${offset} to ${next} s`;
    const wrong = wrongTime(toldMs, { sentMs, answeredMs }, when);
    failures.push(...wrong.failures);
    late.push(...wrong.late);
    if (toldMs !== null) times.push(toldMs - answeredMs);
    say(`the clock jumped from ${offset} to ${next} s`);
    offset = next;
  }
  const { missing, repeated, failures: untold } = await compareNews(votes, news);
  const rounds = OFFSETS[scale].length;
  return { rounds, times, missing, repeated, failures: [...failures, ...untold], late };
}

/** Its first ballot was stored between the two instants. */
function wrongTime(
  toldMs: number | null,
  { sentMs, answeredMs }: { sentMs: number; answeredMs: number },
  when: string,
): Pick<Findings, 'failures' | 'late'> {
  if (toldMs === null) {
    return { failures: [`A vote of 3 s was not told to be complete within 10 s, ${when}.`], late: [] };
  }
  const isEarly = toldMs < sentMs + TIMEOUT_MS - EARLY_MS;
  const isLate = toldMs > answeredMs + TIMEOUT_MS + LATE_MS;
  const told = `A vote of 3 s was told to be complete after ${Math.round(toldMs - answeredMs)} ms, ${when}.`;
  return { failures: isEarly ? [told] : [], late: isLate ? [told] : [] };
}

/** When it was seen to be complete; Infinity when it was not within 20 s. */
async function completedAt(url: string, executionId: string): Promise<number> {
  const query = 'query Status($executionId: ID!) { conversation(executionId: $executionId) { status } }';
  const deadlineMs = performance.now() + 20_000;
  while (performance.now() < deadlineMs) {
    const { conversation } = await insist(url, query, { executionId });
    if (conversation.status === 'COMPLETED') return performance.now();
    await sleep(50);
  }
  return Infinity;
}

const told = (times: readonly number[]): string => times.map((ms) => `${Math.round(ms)} ms`).join(', ');
