import { type Fault, type Findings, noFindings } from './fault.js';
import { id } from './support/api.js';
import { type Asking, ask } from './support/asking.js';
import { percentile } from './support/compare.js';
import { decide, logPause } from './support/decisionMaker.js';
import { spawnPair } from './support/pair.js';
import { runRebuild } from './support/rebuilding.js';
import { relearn } from './support/relearning.js';

/** Each is given ten feedbacks: 5,000 in full. */
const DECISIONS = { full: 500, short: 15 };
/** What is said of one decision: how it was or was not; doubled is through both processes at once. */
const STEPS = [
  { isTrue: true, isDoubled: true },
  { isTrue: false, isDoubled: false },
  { isTrue: true, isDoubled: false },
  { isTrue: false, isDoubled: true },
  { isTrue: true, isDoubled: true },
  { isTrue: false, isDoubled: false },
  { isTrue: true, isDoubled: false },
];
const MAKERS = 4;
const WRITERS = 4;
const TOLERANCE = 1e-9;
const AGENTS = ['ann', 'bob', 'cleo', 'dan', 'eve', '__proto__', 'constructor'];

export const exactSums: Fault = {
  name: 'exact-sums',
  promise: 'P11',
  title:
    '5,000 feedbacks on 500 decisions of 7 ballots, shuffled, doubled, corrected and taken back by 4 writers over two processes at once: 0 lost, 0 twice, and what is learned agrees to 1e-9 with a rebuild from the log',
  broken: 'every fifth feedback is in the sums twice',

  async run({ scale, isBroken, say, database }) {
    const pair = await spawnPair(database, isBroken ? { wrap: ['feedback-twice'] } : {});
    const urls = [pair.left.url, pair.right.url];
    let turn = 0;
    const asking: Asking = { urls: () => pair.either(turn++).url, limitMs: 60_000 };
    const userNodeId = id();

    const decisionIds: string[] = [];
    const madeMs = await timed(async () => {
      const jobs = Array.from({ length: DECISIONS[scale] }, () => async () => {
        decisionIds.push(await decide(asking, userNodeId, AGENTS));
        if (decisionIds.length % 100 === 0) say(`${decisionIds.length} decisions are there`);
      });
      await inParallel(jobs, MAKERS);
    });

    const given = createGiven(urls);
    const gaveMs = await timed(async () => {
      await inParallel(shuffledSteps(decisionIds, given, say), WRITERS);
    });
    const count = given.tookMs.length;
    const found: Findings = { ...noFindings(), rounds: decisionIds.length, acknowledged: count };
    found.slowestMs = Math.max(...given.tookMs);
    found.failures.push(...given.surprises);
    found.notes.push(
      `${decisionIds.length} decisions made in ${seconds(madeMs)}, ${count} feedbacks given in ${seconds(gaveMs)}: ${Math.round((1_000 * count) / gaveMs)} a second, p50 ${percentile(
        given.tookMs.toSorted((a, b) => a - b),
        50,
      )?.toFixed(0)} ms`,
    );
    await checkLog(asking, given, found);

    // The rebuild repairs what it finds, so what is told is looked at first.
    await logPause(asking, userNodeId);
    const told = await relearn(pair.left.url, userNodeId);
    found.failures.push(...told.failures);
    found.notes.push(`what is told differs from a recomputation by at most ${tell(told.largest)}`);
    for (const time of ['first', 'second']) {
      const rebuilt = await runRebuild(database.uri, pair.databaseName, userNodeId);
      const { largestDifference, largestAt, evaluated } = rebuilt;
      found.notes.push(
        `the ${time} rebuild from ${evaluated} outcomes finds ${tell(largestDifference)} at ${largestAt}`,
      );
      if (evaluated !== decisionIds.length) {
        found.failures.push(`Expected ${decisionIds.length} outcomes in the log, got ${evaluated}.`);
      }
      if (!(largestDifference <= TOLERANCE)) {
        found.failures.push(`The sums are off by ${tell(largestDifference)} at ${largestAt}.`);
      }
    }
    return found;
  },
};

const tell = (value: number): string => value.toExponential(1);
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

async function timed(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

async function inParallel(jobs: readonly (() => Promise<void>)[], workers: number): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) await job();
  };
  await Promise.all(Array.from({ length: workers }, work));
}

/** Won by a success, lost by a failure. */
const anyPnl = (success: boolean): number => ((success ? 1 : -1) * Math.round(Math.random() * 500_000)) / 100;

interface Outcome {
  success: boolean;
  pnl: number;
}

/** What was said of each decision, and what was answered. */
function createGiven(urls: readonly string[]) {
  const truths = new Map<string, Outcome>();
  const tookMs: number[] = [];
  const surprises: string[] = [];
  let turn = 0;
  const next = (): string => urls[turn++ % urls.length] as string;
  /** Whether it was new; null where an attempt was not answered, for then the next is told that it is old. */
  const give = async (url: string, decisionId: string, outcome: Outcome): Promise<boolean | null> => {
    const sentMs = performance.now();
    let again = 0;
    const asking: Asking = { urls: () => url, limitMs: 60_000, onAgain: () => void (again += 1) };
    const { recordFeedback } = await ask(asking, FEEDBACK, { input: { decisionId, ...outcome } });
    tookMs.push(performance.now() - sentMs);
    const { userErrors, duplicate } = recordFeedback;
    if (userErrors.length > 0) surprises.push(`Feedback was refused: ${JSON.stringify(userErrors)}.`);
    return duplicate && again > 0 ? null : !duplicate;
  };
  return {
    truths,
    tookMs,
    surprises,
    /** In the order in which they are to be done. */
    stepsOf(decisionId: string): (() => Promise<void>)[] {
      const isTruth = Math.random() < 0.55;
      const truth: Outcome = { success: isTruth, pnl: anyPnl(isTruth) };
      const wrong: Outcome = { success: !isTruth, pnl: anyPnl(!isTruth) };
      truths.set(decisionId, truth);
      return STEPS.map(({ isTrue, isDoubled }) => async () => {
        const outcome = isTrue ? truth : wrong;
        const news = await Promise.all(
          (isDoubled ? urls : [next()]).map((url) => give(url, decisionId, outcome)),
        );
        const firsts = news.filter((isNew) => isNew === true).length;
        const isUnsure = news.includes(null);
        if (firsts > 1 || (firsts === 0 && !isUnsure)) {
          surprises.push(`The same feedback was taken for new ${firsts} times.`);
        }
      });
    },
  };
}

type Given = ReturnType<typeof createGiven>;

/** All steps of all decisions in any order, but those of one decision one after the other. */
function shuffledSteps(decisionIds: readonly string[], given: Given, say: (line: string) => void) {
  const last = new Map<string, Promise<void>>();
  const steps = decisionIds.flatMap((decisionId) => {
    const own = given.stepsOf(decisionId);
    return own.map(() => ({ decisionId, own, key: Math.random() }));
  });
  return steps
    .sort((a, b) => a.key - b.key)
    .map(({ decisionId, own }, at) => async () => {
      // In whichever place it is, the next of its decision: the array is used up from the front.
      const step = own.shift() as () => Promise<void>;
      const done = (last.get(decisionId) ?? Promise.resolve()).then(step);
      last.set(decisionId, done);
      await done;
      if ((at + 1) % 500 === 0) say(`${given.tookMs.length} feedbacks are given`);
    });
}

/** Each decision must stand as it was left, a revision for each step. */
async function checkLog(asking: Asking, { truths }: Given, found: Findings): Promise<void> {
  const checks = [...truths].map(([id, truth]) => async () => {
    const { decision } = await ask(asking, DECISION, { id });
    const { revision, outcome } = decision as { revision: number; outcome: Outcome | null };
    found.lost += Math.max(0, STEPS.length - revision);
    found.storedTwice += Math.max(0, revision - STEPS.length);
    if (outcome?.success !== truth.success || outcome.pnl !== truth.pnl) {
      found.failures.push(`Expected ${JSON.stringify(truth)} to stand, got ${JSON.stringify(outcome)}.`);
    }
  });
  await inParallel(checks, WRITERS);
}

const FEEDBACK = /* GraphQL */ `
  mutation Feedback($input: RecordFeedbackInput!) {
    recordFeedback(input: $input) { duplicate userErrors { code message } }
  }
`;

const DECISION = /* GraphQL */ `
  query Decision($id: ID!) {
    decision(id: $id) { revision outcome { success pnl } }
  }
`;
