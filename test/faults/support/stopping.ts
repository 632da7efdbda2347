import { setTimeout as sleep } from 'node:timers/promises';
import { type Findings, noFindings, type RunOptions } from '../fault.js';
import { id, send, startConversation } from './api.js';
import { askReady, type ReadyAnswer } from './keptAlive.js';
import { createLedger, type Ledger } from './ledger.js';
import { type AppProcess, choosePort, spawnApp } from './processes.js';
import { openSocket, type PlainSocket } from './socket.js';

export const STOP_MS = 5_000;
const AT_ONCE_MS = 500;
/** So long after the signal it may still say that it is ready: the signal has to reach it. */
const SIGNAL_MS = 200;

const ADD = /* GraphQL */ `
  mutation Add($input: AddMessageInput!) {
    addMessage(input: $input) { userErrors { code message } message { seq } }
  }
`;
const FOLLOW = /* GraphQL */ `
  subscription Messages($executionId: ID!) { messageAdded(executionId: $executionId) { seq } }
`;

/** One server with 2 mutations in flight over HTTP and 3 over sockets, and 3 sockets that only listen. */
interface Busy {
  app: AppProcess;
  /** Starts it again, to look at what is stored. */
  again(): Promise<AppProcess>;
  ledger: Ledger;
  sockets: PlainSocket[];
  /** Why mutations were not answered. */
  unanswered: string[];
  settled: Promise<unknown>;
}

/** Each append takes a second, or is held for ever. */
async function makeBusy(
  { database, isBroken }: RunOptions,
  wrap: 'slow-appends' | 'held-appends',
): Promise<Busy> {
  const settings = {
    mongodbUri: database.uri,
    mongodbDatabase: database.newName(),
    maxPoolSize: database.poolSize,
    port: await choosePort(),
  };
  const app = await spawnApp({ ...settings, wrap: [wrap], isHasty: isBroken });
  const executionId = await startConversation(app.url);
  const ledger = createLedger();
  ledger.follow(executionId);
  const sockets = await Promise.all([1, 2, 3, 4, 5, 6].map(() => openSocket(app.url)));
  for (const socket of sockets.slice(3)) socket.follow(FOLLOW, { executionId }, () => {});
  if (wrap === 'held-appends') await app.command('hold');
  const unanswered: string[] = [];
  const add = async (n: number, over: (input: object) => Promise<any>): Promise<void> => {
    const key = id();
    const text = `Mutation ${n} (${key}).`;
    const who = { executionId, idempotencyKey: key, agentName: 'stopper', agentRole: 'load' };
    const sentMs = performance.now();
    try {
      const data = await over({ ...who, messageType: 'ANALYSIS', content: { text } });
      const seq = data?.addMessage?.message?.seq;
      const answeredMs = performance.now();
      ledger.answered(answeredMs - sentMs);
      if (seq === undefined) throw new Error(JSON.stringify(data));
      ledger.acknowledge({ executionId, key, seq, text, sentMs, answeredMs });
    } catch (error) {
      unanswered.push(`mutation ${n}: ${error}`);
    }
  };
  const mutations = [
    ...[1, 2].map((n) =>
      add(n, async (input) => {
        const { data, ...rest } = await send(app.url, ADD, { input }, 15_000);
        return data ?? rest;
      }),
    ),
    ...sockets.slice(0, 3).map((socket, n) => add(n + 3, (input) => socket.ask(ADD, { input }))),
  ];
  return {
    app,
    again: () => spawnApp(settings),
    ledger,
    sockets,
    unanswered,
    settled: Promise.all(mutations),
  };
}

/** One signal: all that is in flight is answered, and it goes in good order. */
export async function stopInFlight(options: RunOptions, signal: NodeJS.Signals): Promise<Findings> {
  const { app, again, ledger, sockets, unanswered, settled } = await makeBusy(options, 'slow-appends');
  const ready = await askReady(app.url);
  await sleep(300);
  const signalledMs = performance.now();
  const { code, ms } = await app.terminate(signal);
  const readiness = await ready.stop();
  await Promise.race([settled, sleep(1_000)]);
  const codes = await closeCodes(sockets);
  const after = await again();
  const { url } = after;
  const checked = await ledger.check({ url, subscribers: [] });
  await after.kill();
  return {
    ...noFindings(),
    ...checked,
    rounds: 1,
    failures: [
      ...checked.failures,
      ...unanswered.map((what) => `${signal}: it was not answered, ${what}`),
      ...(checked.acknowledged === 5
        ? []
        : [`${signal}: expected 5 of 5 answers, got ${checked.acknowledged}.`]),
      ...(code === 0 ? [] : [`${signal}: expected exit 0, got ${code}.`]),
      ...codes
        .filter((closed) => closed !== 1001 && closed !== 1012)
        .map(
          (closed) => `${signal}: expected sockets to be closed with 1001 or 1012, one was with ${closed}.`,
        ),
      ...stillReady(readiness, signalledMs).map((what) => `${signal}: ${what}`),
    ],
    late: lateToTell(readiness, signalledMs).map((what) => `${signal}: ${what}`),
    overdue:
      ms <= STOP_MS
        ? []
        : [`${signal}: expected it to end within ${STOP_MS} ms, it took ${Math.round(ms)} ms.`],
    notes: [
      `${signal}: ${checked.acknowledged} of 5 answered, ended after ${Math.round(ms)} ms, sockets closed with ${codes}`,
    ],
  };
}

/** Two signals: who asks twice does not want to wait. */
export async function stopTwice(options: RunOptions): Promise<Findings> {
  const { app } = await makeBusy(options, 'held-appends');
  await sleep(300);
  const first = app.terminate('SIGTERM');
  await sleep(300);
  const { code, ms } = await app.terminate('SIGTERM');
  await first;
  return {
    ...noFindings(),
    rounds: 1,
    failures: code === 130 ? [] : [`Twice SIGTERM: expected exit 130, got ${code}.`],
    late:
      ms < AT_ONCE_MS
        ? []
        : [
            `Twice SIGTERM: expected the second to end it within ${AT_ONCE_MS} ms, it took ${Math.round(ms)} ms.`,
          ],
    notes: [`twice SIGTERM: exit ${code} ${Math.round(ms)} ms after the second`],
  };
}

/** 0 for one that is still open a second later. */
const closeCodes = (sockets: readonly PlainSocket[]): Promise<number[]> =>
  Promise.all(
    sockets.map(async ({ closed }) => {
      const end = await Promise.race([closed, sleep(1_000, null)]);
      return end?.code ?? 0;
    }),
  );

function stillReady(answers: readonly ReadyAnswer[], signalledMs: number): string[] {
  const wasReady = answers.some(({ sentMs, status }) => sentMs < signalledMs && status === 200);
  const asked = answers.filter(({ sentMs }) => sentMs > signalledMs);
  const firstNo = asked.findIndex(({ status }) => status !== 200);
  const again = firstNo === -1 ? [] : asked.slice(firstNo).filter(({ status }) => status === 200);
  return [
    ...(wasReady ? [] : ['it was never ready.']),
    ...(asked.length > 0 && firstNo === -1 ? ['it never said that it is not ready while it stopped.'] : []),
    ...(again.length === 0 ? [] : [`it said ${again.length} × that it is ready after it was not.`]),
  ];
}

function lateToTell(answers: readonly ReadyAnswer[], signalledMs: number): string[] {
  const late = answers.filter(({ sentMs, status }) => sentMs > signalledMs + SIGNAL_MS && status === 200);
  return late.length === 0 ? [] : [`it said ${late.length} × that it is ready while it stopped.`];
}
