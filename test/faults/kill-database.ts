import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/until.js';
import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { startConversation } from './support/api.js';
import { createLedger } from './support/ledger.js';
import { type MainServer, startMainServer } from './support/mainServer.js';
import { choosePort } from './support/processes.js';
import { subscribe } from './support/subscribers.js';
import { startWriters } from './support/writers.js';

const ROUNDS = { full: 20, short: 2 };
const RECOVERY_MS = 2_000;
const ANSWER_MS = 3_000;

export const killDatabase: Fault = {
  name: 'kill-database',
  promise: 'P1 P2 P3 P4 P7',
  title:
    '20 × kill -9 of the embedded database under 4 writers and 6 reconnecting subscribers: 0 lost, 0 stored twice, 0 missing, 0 repeated, 0 out of order, every answer within 3 s, serving again in under 2 s each',
  broken: 'every tenth message counts as acknowledged and is never sent',

  async run(options) {
    const server = await startMainServer(await choosePort());
    try {
      return await killAgainAndAgain(server, options);
    } finally {
      for (const failure of server.failures()) options.say(failure);
    }
  },
};

async function killAgainAndAgain(
  server: MainServer,
  { scale, isBroken, say }: RunOptions,
): Promise<Findings> {
  const rounds = ROUNDS[scale];
  const { url } = server;
  const urls = () => url;
  const executionIds = [await startConversation(url), await startConversation(url)];
  const ledger = createLedger();
  const subscribers = executionIds.flatMap((executionId) =>
    [1, 2, 3].map(() => subscribe({ urls, executionId })),
  );
  const writers = startWriters({ urls, executionIds, writers: 4, ledger, isUnsent: isBroken });

  const recoveries: number[] = [];
  await writers.acknowledgedAfter(performance.now());
  for (let round = 1; round <= rounds; round++) {
    await sleep(100 + Math.random() * 500);
    const killedMs = await killDatabaseOf(server);
    const { answeredMs } = await writers.acknowledgedAfter(killedMs);
    recoveries.push(answeredMs - killedMs);
    if (round % 5 === 0) say(`${round} of ${rounds} kills, ${ledger.acknowledged.length} acknowledged`);
  }
  await writers.stop();

  const checked = await ledger.check({ url, subscribers, limitMs: isBroken ? 2_000 : 20_000 });
  const mean = recoveries.reduce((sum, ms) => sum + ms, 0) / rounds;
  return {
    ...noFindings(),
    ...checked,
    rounds,
    recoveredMs: Math.max(...recoveries),
    late: lateRecoveries(recoveries),
    overdue: overdueAnswers(checked.slowestMs),
    notes: [`serves again after ${Math.round(mean)} ms in the mean`],
  };
}

/** Resolves when it is gone, with the instant at which it was killed. */
async function killDatabaseOf(server: MainServer): Promise<number> {
  const pid = await server.databasePid();
  if (pid === null) throw new Error('The server has no database to kill.');
  const killedMs = performance.now();
  process.kill(pid, 'SIGKILL');
  await until('the killed database is gone', async () => (await server.databasePid()) !== pid);
  return killedMs;
}

function lateRecoveries(recoveries: readonly number[]): string[] {
  const late = recoveries.filter((ms) => ms > RECOVERY_MS);
  if (late.length === 0) return [];
  const most = Math.round(Math.max(...late));
  return [
    `Expected it to serve again in under ${RECOVERY_MS} ms, took longer ${late.length} of ${recoveries.length} times, at most ${most} ms.`,
  ];
}

const overdueAnswers = (slowestMs: number | null): string[] =>
  slowestMs === null || slowestMs <= ANSWER_MS
    ? []
    : [`Expected every answer within ${ANSWER_MS} ms, the slowest took ${Math.round(slowestMs)} ms.`];
