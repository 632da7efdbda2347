import { type Fault, noFindings } from './fault.js';
import { id, startConversation } from './support/api.js';
import type { Asking } from './support/asking.js';
import {
  ANSWER_MS,
  type Cursors,
  isRefusal,
  rightCursorFaults,
  upTo,
  wrongCursorFaults,
} from './support/cursorAsks.js';
import { spawnKillables } from './support/killables.js';
import { createLedger, type Ledger } from './support/ledger.js';
import { sayMany, say as sayOnce } from './support/saying.js';
import { openStreamAsks, type StreamAsks, type Streamed } from './support/streamAsks.js';
import { castBallot } from './support/votes.js';

const ROUNDS = { full: 10, short: 1 };
const FEW = 5;
/** Enough for the first messages to be paged out. */
const MANY = 150;
/** Of a GraphQL `Int`. */
const LARGEST = 2_147_483_647;

export const badCursors: Fault = {
  name: 'bad-cursors',
  promise: 'P5',
  title:
    '10 × each cursor that cannot be served (below the start, past the end, of nothing, of another list, garbage), over two servers, before and after kill -9, paged out and completed: an error of the caller’s within 3 s, never silence or an empty end; the right ones are served whole',
  broken: 'a cursor past the end is taken for the last message',

  async run({ scale, isBroken, say, database }) {
    const different = { wrap: isBroken ? ['claims-any-seq'] : [] };
    const apps = await spawnKillables(database, different, different);
    const ledger = createLedger();
    const failures: string[] = [];
    for (let round = 1; round <= ROUNDS[scale]; round++) {
      const talks = await startTalks({ urls: apps.next }, ledger);
      const which = round % 2;
      for (const when of ['before', 'after']) {
        for (const [i, url] of apps.urls.entries()) {
          const found = await checkServer(url, talks);
          failures.push(
            ...found.map((what) => `Server ${i + 1}, ${when} server ${which + 1} was killed: ${what}`),
          );
        }
        if (when === 'after') continue;
        await apps.kill(which);
        await apps.restart(which);
      }
      say(`${round} of ${ROUNDS[scale]} rounds`);
    }
    const checked = await ledger.check({ url: apps.next(), subscribers: [] });
    return {
      ...noFindings(),
      ...checked,
      rounds: ROUNDS[scale],
      failures: [...checked.failures, ...failures],
    };
  },
};

/** A conversation, how far it is, and whether there is more to come. */
interface Talk extends Cursors {
  name: string;
  isComplete: boolean;
}

/** One of a few messages, one of many, the first of them in pages, and one that is complete. */
async function startTalks(asking: Asking, ledger: Ledger): Promise<Talk[]> {
  const open = async (name: string, last: number): Promise<Talk> => {
    const executionId = await startConversation(asking.urls());
    await sayMany({ ...asking, executionId, first: 1, last, writers: 4, ledger });
    return { name, executionId, lastSeq: last, isComplete: false };
  };
  const talks = [await open('the short one', FEW), await open('the long one', MANY)];
  const executionId = await startConversation(asking.urls(), { totalAgents: 1 });
  const { seq } = await castBallot(asking.urls(), executionId, 'one');
  if (seq !== 1) throw new Error(`Expected the ballot to be the first message, got ${seq}.`);
  // The closing message comes with the ballot.
  return [...talks, { name: 'the complete one', executionId, lastSeq: 2, isComplete: true }];
}

/** All of one server: first what needs the conversations as they are, then something new is said in them. */
async function checkServer(url: string, talks: readonly Talk[]): Promise<string[]> {
  const asks = await openStreamAsks(url);
  const failures = await Promise.all([
    nowhereFaults(asks),
    ...talks.map(async (talk) => {
      const found = await Promise.all([
        pastEndFaults(asks, talk),
        wholeFaults(asks, talk),
        wrongCursorFaults(url, talk),
        rightCursorFaults(url, talk),
      ]);
      return found.flat().map((what) => `${talk.name}: ${what}`);
    }),
  ]);
  for (const talk of talks) {
    failures.push((await newsFaults(url, asks, talk)).map((what) => `${talk.name}: ${what}`));
  }
  asks.close();
  return failures.flat();
}

/** Streams of what there is not. */
async function nowhereFaults(asks: StreamAsks): Promise<string[]> {
  const nowhere = [id(), 'x', '', 'z'.repeat(24)].flatMap((executionId) =>
    [null, 0, 5].map((afterSeq) => ({ executionId, afterSeq })),
  );
  return refusedFaults(asks, nowhere);
}

async function pastEndFaults(asks: StreamAsks, { executionId, lastSeq }: Talk): Promise<string[]> {
  const places = [-1, -LARGEST, lastSeq + 1, lastSeq + 1_000, LARGEST];
  return refusedFaults(
    asks,
    places.map((afterSeq) => ({ executionId, afterSeq })),
  );
}

async function refusedFaults(
  asks: StreamAsks,
  places: readonly { executionId: string; afterSeq: number | null }[],
): Promise<string[]> {
  const faults = places.map(async ({ executionId, afterSeq }) => {
    const streamed = await asks.ask({ executionId, afterSeq, limitMs: ANSWER_MS });
    if (isRefusal(streamed.code) && streamed.isEnded && streamed.seqs.length === 0) return [];
    return [`Expected a stream of "${executionId}" after ${afterSeq} to be refused, got ${tell(streamed)}.`];
  });
  return (await Promise.all(faults)).flat();
}

/** Streams from the start, from within the pages, and up to the end where there is one. */
async function wholeFaults(asks: StreamAsks, talk: Talk): Promise<string[]> {
  const { executionId, lastSeq, isComplete } = talk;
  const places = [0, 1, Math.floor(lastSeq / 2), lastSeq - 1, ...(isComplete ? [lastSeq] : [])];
  const faults = places.map(async (afterSeq) => {
    const enough = isComplete ? Infinity : lastSeq - afterSeq;
    const streamed = await asks.ask({ executionId, afterSeq, enough, limitMs: ANSWER_MS });
    return servedFaults(streamed, talk, afterSeq);
  });
  return (await Promise.all(faults)).flat();
}

/** Who is up to date hears what is said next, and nothing else. */
async function newsFaults(url: string, asks: StreamAsks, talk: Talk): Promise<string[]> {
  if (talk.isComplete) return [];
  const { executionId, lastSeq } = talk;
  const asked = asks.ask({ executionId, afterSeq: lastSeq, enough: 1, limitMs: ANSWER_MS });
  const { message } = await sayOnce(
    { urls: () => url },
    executionId,
    `news ${lastSeq}`,
    `News after ${lastSeq}.`,
  );
  if (message?.seq !== lastSeq + 1) return [`Expected news to be ${lastSeq + 1}, got ${message?.seq}.`];
  talk.lastSeq += 1;
  return servedFaults(await asked, talk, lastSeq);
}

function servedFaults(streamed: Streamed, { lastSeq, isComplete }: Talk, afterSeq: number): string[] {
  const isWhole = streamed.seqs.join() === upTo(afterSeq + 1, lastSeq).join();
  if (isWhole && streamed.code === null && streamed.isEnded === isComplete) return [];
  return [`Expected a stream after ${afterSeq} to serve all up to ${lastSeq}, got ${tell(streamed)}.`];
}

function tell({ seqs, code, isEnded }: Streamed): string {
  const served = seqs.length === 0 ? 'nothing' : `${seqs.length} messages to ${seqs.at(-1)}`;
  return `${served} and ${code ?? (isEnded ? 'an end' : 'silence')}`;
}
