import { type Db, ObjectId } from 'mongodb';
import { until } from '../support/until.js';
import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { startConversation } from './support/api.js';
import type { Asking } from './support/asking.js';
import { createLedger, type Ledger } from './support/ledger.js';
import { killPagingOut, MOMENTS, type Moment } from './support/pageOutKill.js';
import { choosePort, spawnApp } from './support/processes.js';
import { startProxy } from './support/proxy.js';
import { readWhole, type StoredSeqs, seqFaults, storedSeqs } from './support/reading.js';
import { keyOf, sayMany, say as sayOnce, textOf } from './support/saying.js';

const ROUNDS = { full: 30, short: 6 };
const MESSAGES = 200;
const WRITERS = 4;
/** A head past this many messages is paged out. */
const FULL_HEAD = 96;

export const killPagingOutFault: Fault = {
  name: 'kill-paging-out',
  promise: 'P1 P2 P4 P12',
  title:
    '30 × kill -9 between copying messages to a page and removing them from the head, before and after each of the two writes, then the same process again or another one goes on: 0 lost, 0 stored twice, 0 missing, every key known',
  broken: 'messages are removed from the head before they are copied',

  async run(options) {
    const { scale, isBroken, say, database } = options;
    const name = database.newName();
    const proxy = await startProxy(database.port);
    const shared = { mongodbDatabase: name, maxPoolSize: database.poolSize };
    const throughProxy = new URL(database.uri);
    throughProxy.port = String(proxy.port);
    const doomedSettings = { ...shared, mongodbUri: throughProxy.href, port: await choosePort() };
    let doomed = await spawnApp(doomedSettings);
    const other = await spawnApp({ ...shared, mongodbUri: database.uri, port: await choosePort() });
    const db = database.client.db(name);

    const ledger = createLedger();
    const failures: string[] = [];
    let copies = 0;
    let recoveredMs = 0;
    const limitMs = isBroken ? 2_000 : 30_000;
    for (let round = 1; round <= ROUNDS[scale]; round++) {
      const moment = isBroken ? 'before the copy' : (MOMENTS[round % MOMENTS.length] as Moment);
      // Half of the rounds, and half of those of each moment.
      const isOtherNext = (round + Math.floor(round / MOMENTS.length)) % 2 === 0;
      const executionId = await startConversation(doomed.url);
      let url = doomed.url;
      const asking: Asking = { urls: () => url, limitMs };
      const killing = killPagingOut({ app: doomed, proxy, db, executionId, moment, nth: 1 + (round % 3) });
      const many = { ...asking, executionId, first: 1, last: MESSAGES, writers: WRITERS, ledger };
      const writing = sayMany(many);
      writing.catch(() => {});
      const stored = await killing;
      const killedMs = performance.now();
      if (isBroken) await removeUncopied(db, executionId, stored);
      else if (stored.paged.length > stored.pagedSeq) copies += 1;
      if (isOtherNext) url = other.url;
      failures.push(...storedFaults(stored, moment));
      const left = await readWhole({ urls: () => other.url, limitMs }, executionId, 'forwards');
      failures.push(
        ...contiguous(
          left.map(({ seq }) => seq),
          `read just after a kill ${moment}`,
        ),
      );
      const restarting = spawnApp(doomedSettings);
      const { answeredMs } = await ledger.nextAcknowledged(killedMs);
      recoveredMs = Math.max(recoveredMs, answeredMs - killedMs);
      doomed = await restarting;
      await writing;
      failures.push(...(await checkEnd({ db, executionId, urls: [doomed.url, other.url], ledger })));
      if (round % 5 === 0) say(`${round} of ${ROUNDS[scale]} kills`);
    }
    const checked = await ledger.check({ url: other.url, subscribers: [] });
    return findings(options, checked, { failures, copies, recoveredMs });
  },
};

function findings(
  { scale }: RunOptions,
  checked: Pick<Findings, 'failures'>,
  { failures, copies, recoveredMs }: { failures: string[]; copies: number; recoveredMs: number },
): Findings {
  return {
    ...noFindings(),
    ...checked,
    rounds: ROUNDS[scale],
    recoveredMs,
    failures: [...checked.failures, ...failures],
    notes: [`${copies} of ${ROUNDS[scale]} kills left a copy in a page and in the head`],
  };
}

/** What a server that removes first leaves behind when it dies in between. */
async function removeUncopied(db: Db, executionId: string, { pagedSeq }: StoredSeqs): Promise<void> {
  await db
    .collection('ai_conversations')
    .updateOne({ execution_id: new ObjectId(executionId) }, [
      { $set: { paged_seq: pagedSeq + 33, messages: { $slice: ['$messages', 33, 1_000_000] } } },
    ]);
}

const contiguous = (seqs: readonly number[], where: string): string[] =>
  seqFaults(seqs, 1, seqs.length, where);

/** Right after the kill: the head whole behind what is paged out, and each page a copy of what is or was in it. */
function storedFaults({ head, paged, pagedSeq, lastSeq }: StoredSeqs, moment: Moment): string[] {
  const failures = [
    ...seqFaults(head, pagedSeq + 1, lastSeq, `in the head after a kill ${moment}`),
    ...contiguous(paged, `in the pages after a kill ${moment}`),
  ];
  if (paged.length < pagedSeq)
    failures.push(`Expected pages up to ${pagedSeq}, got ${paged.length} in them.`);
  return failures;
}

interface End {
  db: Db;
  executionId: string;
  urls: readonly string[];
  ledger: Ledger;
}

/** When all was said: paged out as ever, each message in one place, read whole by both, and every old key known. */
async function checkEnd({ db, executionId, urls, ledger }: End): Promise<string[]> {
  await until(
    'the head is paged out',
    async () => (await storedSeqs(db, executionId)).head.length <= FULL_HEAD,
    10_000,
  );
  const { head, paged, pagedSeq } = await storedSeqs(db, executionId);
  const failures = [
    ...seqFaults([...paged, ...head], 1, MESSAGES, 'in the pages and the head'),
    ...seqFaults(paged, 1, pagedSeq, 'in the pages'),
  ];
  const mine = ledger.acknowledged.filter((write) => write.executionId === executionId);
  for (const [i, url] of urls.entries()) {
    const asking = { urls: () => url };
    for (const direction of ['forwards', 'backwards'] as const) {
      const seqs = (await readWhole(asking, executionId, direction)).map(({ seq }) => seq);
      failures.push(...seqFaults(seqs, 1, MESSAGES, `read ${direction}`));
    }
    // By turns, so that each process is asked for the keys of every page.
    const moved = mine.filter(({ seq }) => seq <= pagedSeq && seq % 12 === i);
    for (const { key, text, seq } of moved) {
      const { duplicate, message } = await sayOnce(asking, executionId, key, text);
      if (duplicate && message?.seq === seq && message.content.text === text) continue;
      failures.push(`Said again, message ${seq} was answered with ${message?.seq}, duplicate: ${duplicate}.`);
    }
  }
  const other = await sayOnce({ urls: () => urls[0] as string }, executionId, keyOf(1), textOf(0));
  const isConflict = other.userErrors[0]?.code === 'CONFLICT' && other.message?.content.text === textOf(1);
  return isConflict ? failures : [...failures, `Other words under an old key: ${JSON.stringify(other)}.`];
}
