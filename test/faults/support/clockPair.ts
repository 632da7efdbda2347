import { type Findings, noFindings, type RunOptions } from '../fault.js';
import { startConversation } from './api.js';
import { compareNews, followNews, toldAt } from './clockNews.js';
import { createSetClock } from './faketime.js';
import { createLedger } from './ledger.js';
import { choosePort, spawnApp } from './processes.js';
import { subscribe } from './subscribers.js';
import { castBallot, closeVoting, startVote } from './votes.js';
import { startWriters } from './writers.js';

const VOTES = { full: 10, short: 3 };
const TOLD_MS = 15_000;

/** Two servers, one of which is an hour behind: what is done at either is told at both, each once. */
export async function clockPair({ scale, database, say }: RunOptions): Promise<Findings> {
  const clock = await createSetClock();
  await clock.set(-3_600);
  const base = {
    mongodbUri: database.uri,
    mongodbDatabase: database.newName(),
    maxPoolSize: database.poolSize,
  };
  const right = await spawnApp({ ...base, port: await choosePort() });
  const behind = await spawnApp({ ...base, port: await choosePort(), env: clock.env });
  const apps = [right, behind] as const;
  const executionIds = [await startConversation(right.url), await startConversation(behind.url)];
  const ledger = createLedger();
  let turn = 0;
  const urls = () => (apps[turn++ % 2] as { url: string }).url;
  const subscribers = [0, 1, 2, 3].map((n) =>
    subscribe({
      urls: () => (apps[n % 2] as { url: string }).url,
      executionId: executionIds[n >> 1] as string,
    }),
  );
  const writers = startWriters({ urls, executionIds, writers: 4, ledger, pauseMs: 20 });
  const news = await Promise.all(apps.map(({ url }) => followNews(url)));

  const votes: string[] = [];
  const failures: string[] = [];
  let slowestMs = 0;
  for (let n = 0; n < VOTES[scale]; n++) {
    // Started and completed at either, in all four combinations.
    const [first, last] = [apps[n % 2], apps[(n >> 1) % 2]] as [typeof right, typeof right];
    const vote = await startVote(first.url);
    await castBallot(first.url, vote, 'first');
    const askedMs = performance.now();
    if (n % 3 === 2) await closeVoting(last.url, vote);
    else await castBallot(last.url, vote, 'second');
    votes.push(vote);
    for (const one of news) {
      const toldMs = await toldAt(one, vote, TOLD_MS);
      if (toldMs === null)
        failures.push(`A vote completed at one of two servers was not told within ${TOLD_MS} ms.`);
      else slowestMs = Math.max(slowestMs, toldMs - askedMs);
    }
  }
  say(`${votes.length} votes at two servers whose clocks are an hour apart`);
  await writers.stop();
  const checked = await ledger.check({ url: right.url, subscribers });
  const compared = await Promise.all(news.map((one) => compareNews(votes, one)));
  return {
    ...noFindings(),
    ...checked,
    rounds: votes.length,
    missing: compared.reduce((sum, { missing }) => sum + missing, checked.missing),
    repeated: compared.reduce((sum, { repeated }) => sum + repeated, checked.repeated),
    failures: [...checked.failures, ...new Set(failures), ...compared.flatMap((one) => one.failures)],
    notes: [`clocks an hour apart: votes told after ${Math.round(slowestMs)} ms at most`],
  };
}
