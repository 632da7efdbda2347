import { mkdtemp, readdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharedInstallDir } from '../support/launcher-install.js';
import { isRunning } from '../support/launcher-processes.js';
import { type ServerProcess, spawnServer } from '../support/process.js';
import { type Fault, noFindings } from './fault.js';
import { id, startConversation } from './support/api.js';
import { onCleanup } from './support/cleanup.js';
import { createLedger } from './support/ledger.js';
import { type Probed, startProbes } from './support/probes.js';
import { choosePort, endWithUs } from './support/processes.js';
import { STOP_MS } from './support/stopping.js';
import { subscribe } from './support/subscribers.js';
import { startWriters } from './support/writers.js';

const ROUNDS = { full: 10, short: 2 };

const START = /* GraphQL */ `
  mutation Probe($input: StartConversationInput!) {
    startConversation(input: $input) { userErrors { code } conversation { id } }
  }
`;

export const stopWithDatabase: Fault = {
  name: 'stop-with-database',
  promise: 'P1 P3 P6',
  title:
    '10 × SIGTERM or SIGINT of src/main.ts with its embedded database, under 4 writers and 4 subscribers: exit 0 within 5 s, the database outlasts the last answer and is gone at the end, 0 lost, 0 stored twice, 0 missing, 0 repeated, 0 out of order',
  broken: 'the server is killed in place of asked',

  async run({ scale, isBroken, say }) {
    const rounds = ROUNDS[scale];
    const dataDir = await mkdtemp(join(tmpdir(), 'swarm-faults-'));
    onCleanup(() => rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));
    await symlink(sharedInstallDir, join(dataDir, 'embedded'));
    const port = await choosePort();
    const start = async (): Promise<ServerProcess> => {
      const server = spawnServer({ DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'error' });
      void endWithUs(server.child);
      await server.url();
      return server;
    };
    let server = await start();
    const url = `http://127.0.0.1:${port}`;
    const urls = () => url;
    const executionIds = [await startConversation(url), await startConversation(url)];
    const ledger = createLedger();
    const subscribers = [0, 1, 2, 3].map((n) =>
      subscribe({ urls, executionId: executionIds[n % 2] as string }),
    );
    const writers = startWriters({ urls, executionIds, writers: 4, ledger });
    const failures = new Set<string>();
    const overdue = new Set<string>();
    const stops: number[] = [];
    let recoveredMs = 0;
    for (let round = 1; round <= rounds; round++) {
      await writers.acknowledgedAfter(performance.now() + 500);
      const databasePid = await findDatabase(dataDir);
      const input = () => ({
        executionId: id(),
        flowId: id(),
        userNodeId: id(),
        symbol: 'SPX',
        totalAgents: 3,
      });
      const body = () => ({ query: START, variables: { input: input() } });
      const probes = startProbes(url, [{ what: 'mutation', path: '/graphql', everyMs: 20, body }]);
      await sleep(300);
      const stoppedMs = performance.now();
      server.child.kill(isBroken ? 'SIGKILL' : round % 2 === 1 ? 'SIGTERM' : 'SIGINT');
      const code = await server.ended;
      const ms = performance.now() - stoppedMs;
      stops.push(ms);
      if (code !== 0) failures.add(`Expected exit 0, got ${code}.`);
      if (ms > STOP_MS) overdue.add(`Expected it to end within ${STOP_MS} ms, it took ${Math.round(ms)} ms.`);
      if (databasePid === null) failures.add('It had no database.');
      else if (await isRunning(databasePid))
        failures.add('The database was still running when the server had ended.');
      await probes.stop();
      for (const told of withoutDatabase(probes.answers)) failures.add(told);
      server = await start();
      const { answeredMs } = await writers.acknowledgedAfter(stoppedMs + ms);
      recoveredMs = Math.max(recoveredMs, answeredMs - stoppedMs - ms);
      say(
        `${round} of ${rounds}: ended after ${Math.round(ms)} ms, ${ledger.acknowledged.length} acknowledged`,
      );
    }
    await writers.stop();
    const checked = await ledger.check({ url, subscribers, limitMs: isBroken ? 2_000 : 20_000 });
    return {
      ...noFindings(),
      ...checked,
      rounds,
      recoveredMs,
      failures: [...checked.failures, ...failures],
      overdue: [...overdue],
      notes: [
        `ended after ${Math.round(Math.max(...stops))} ms at most; the time to recover is that of a start`,
      ],
    };
  },
};

/** Nobody may be told that the database is away: it has to be there until the last answer is. */
const withoutDatabase = (answers: readonly Probed[]): string[] =>
  answers
    .filter(({ code, text }) => code !== null && !text.includes('The server is stopping.'))
    .map(({ text }) => `It answered while it stopped: ${text.trim()}`);

/** The process that was given this folder to keep its data in. */
async function findDatabase(dataDir: string): Promise<number | null> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const program = await readlink(`/proc/${pid}/exe`).catch(() => '');
    if (basename(program) !== 'secantusd-rs') continue;
    const args = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (args.includes(dataDir)) return Number(pid);
  }
  return null;
}
