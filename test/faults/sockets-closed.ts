import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/until.js';
import { type Fault, noFindings } from './fault.js';
import { insist, startConversation } from './support/api.js';
import { openOn } from './support/metrics.js';
import { type AppProcess, choosePort, spawnApp } from './support/processes.js';
import { openRawSocket, type RawSocket } from './support/rawSocket.js';

const SOCKETS = { full: 3_000, short: 300 };
const WARM_UP = 300;
const CONVERSATIONS = 50;
/** So many sockets connect at the same time. */
const AT_ONCE = 32;
/** The heap may have grown by as much afterwards. */
const GROWTH = 0.1;
/** So long what is left over may take to be let go. */
const SETTLE_MS = 10_000;
/** Files this process needs beside its sockets. */
const OTHER_FILES = 200;

/** Small events of large messages: what a feed keeps of them is seen in the heap if the feed is kept. */
const OPERATIONS: readonly string[] = [
  'subscription A($executionId: ID!) { messageAdded(executionId: $executionId, afterSeq: 0) { seq } }',
  'subscription B($executionId: ID!) { conversationChanged(executionId: $executionId) { lastSeq } }',
  'subscription C { voteCompleted { totalAgents } }',
];
const DATA = Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`part${n}`, 'x'.repeat(15_000)]));
const ADD = /* GraphQL */ `
  mutation Add($input: AddMessageInput!) { addMessage(input: $input) { userErrors { message } message { seq } } }
`;

export const socketsClosed: Fault = {
  name: 'sockets-closed',
  promise: 'P8',
  title:
    '3,000 sockets with 9,000 subscriptions opened and closed, half of them by RST: no socket and no operation is left, and the heap is within 10 % of what it was',
  broken: 'who has asked to be woken is kept for ever',

  async run({ scale, isBroken, say, database }) {
    const app = await spawnApp({
      mongodbUri: database.uri,
      mongodbDatabase: database.newName(),
      maxPoolSize: database.poolSize,
      port: await choosePort(),
      wrap: isBroken ? ['heap', 'endless-wakes'] : ['heap'],
    });
    const executionIds: string[] = [];
    for (let n = 0; n < CONVERSATIONS; n++) executionIds.push(await startConversation(app.url));

    const wave = Math.min(SOCKETS[scale], (await fileLimit()) - OTHER_FILES);
    if (wave < SOCKETS[scale]) say(`no more than ${wave} sockets at once: the limit of open files`);
    await openAndClose(app, executionIds, WARM_UP);
    const beforeMib = await settledHeap(app, 0);
    const startedMs = performance.now();
    for (let opened = 0; opened < SOCKETS[scale]; opened += wave) {
      const sockets = Math.min(wave, SOCKETS[scale] - opened);
      await openAndClose(app, executionIds, sockets);
      say(`${opened + sockets} sockets opened and closed`);
    }
    const seconds = (performance.now() - startedMs) / 1_000;
    const limitMib = beforeMib * (1 + GROWTH);
    const afterMib = await settledHeap(app, limitMib);

    const figures = `${beforeMib.toFixed(1)} MiB of heap before, ${afterMib.toFixed(1)} MiB after`;
    return {
      ...noFindings(),
      rounds: SOCKETS[scale],
      failures:
        afterMib <= limitMib ? [] : [`Expected at most ${limitMib.toFixed(1)} MiB of heap, got ${figures}.`],
      notes: [figures, `opened and closed in ${seconds.toFixed(1)} s`],
    };
  },
};

/** Each socket has its three operations and has heard of a new message before all are closed, every other one by RST. */
async function openAndClose({ url }: AppProcess, executionIds: string[], sockets: number): Promise<void> {
  let told = 0;
  const open = async (n: number): Promise<RawSocket> => {
    const executionId = executionIds[n % executionIds.length] as string;
    const socket = await openRawSocket(url, ({ type, payload }) => {
      if (type !== 'next') return;
      if (payload.errors) throw new Error(`An event had errors: ${JSON.stringify(payload.errors)}`);
      told += 1;
    });
    for (const [i, query] of OPERATIONS.entries()) {
      socket.subscribe(String(i), query, i < 2 ? { variables: { executionId } } : {});
    }
    return socket;
  };
  const opened = await inLanes(sockets, AT_ONCE, open);
  const expected = { sockets, operations: sockets * OPERATIONS.length };
  await untilOpen(url, expected);

  const toldBefore = told;
  await inLanes(executionIds.length, 4, (n) => addLarge(url, executionIds[n] as string));
  // One event of each operation that follows this conversation.
  await until('all have heard of the new messages', () => told >= toldBefore + 2 * sockets, 60_000);

  for (const [n, socket] of opened.entries()) {
    if (n % 2 === 0) socket.reset();
    else socket.close();
  }
  await Promise.all(opened.map(({ closed }) => closed));
  await untilOpen(url, { sockets: 0, operations: 0 });
}

async function addLarge(url: string, executionId: string): Promise<void> {
  const content = { text: 'The trend is up. '.repeat(1_800), data: DATA };
  const input = { executionId, agentName: 'one', agentRole: 'load', messageType: 'ANALYSIS', content };
  const { addMessage } = await insist(url, ADD, { input });
  if (addMessage.userErrors.length > 0) throw new Error(JSON.stringify(addMessage.userErrors));
}

/** Fails with what there is instead. */
async function untilOpen(url: string, expected: { sockets: number; operations: number }): Promise<void> {
  const wanted = JSON.stringify(expected);
  let found = '';
  const isReached = async () => (found = JSON.stringify(await openOn(url))) === wanted;
  await until(`there is open ${wanted}`, isReached, 60_000).catch((error: Error) => {
    throw new Error(`${error.message}, there is ${found}`);
  });
}

/** Looks again while it is above the limit: some things are let go of by timers. */
async function settledHeap(app: AppProcess, limitMib: number): Promise<number> {
  const deadlineMs = performance.now() + SETTLE_MS;
  for (;;) {
    await sleep(limitMib === 0 ? 2_000 : 1_000);
    const heapMib = await app.command<number>('collectedHeap');
    if (limitMib === 0 || heapMib <= limitMib || performance.now() > deadlineMs) return heapMib;
  }
}

/** `work(0)` to `work(count - 1)`, so many at once; what they answer, in order. */
async function inLanes<T>(count: number, lanes: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const n = next++;
      answers[n] = await work(n);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return answers;
}

/** Node itself has raised it as far as it may; the server's is the same. */
async function fileLimit(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'utf8');
  return Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? 1_024);
}
