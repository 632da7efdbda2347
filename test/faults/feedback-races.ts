import { setTimeout as sleep } from 'node:timers/promises';
import { ObjectId } from 'mongodb';
import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { id } from './support/api.js';
import { type Asking, ask } from './support/asking.js';
import { decide, logPause } from './support/decisionMaker.js';
import { type Given, historyFaults } from './support/feedbackLedger.js';
import { type Killables, spawnKillables } from './support/killables.js';
import { relearn } from './support/relearning.js';

const SIZES = {
  full: { decisions: 40, feedbacks: 400, kills: 20 },
  short: { decisions: 8, feedbacks: 60, kills: 3 },
};
const WORKERS = 4;

export const feedbackRaces: Fault = {
  name: 'feedback-races',
  promise: 'P1 P2 P11 P12',
  title:
    '400 and more feedbacks on 40 decisions of one node over two processes at once, corrections racing each other and retries, under 20 × kill -9 of one or both: 0 lost, 0 twice, in order, and what is learned is what the decisions say to 1e-9',
  broken: 'every fifth feedback is in the sums twice',

  async run(options) {
    const { scale, isBroken, say, database } = options;
    const wrap = isBroken ? ['feedback-twice'] : [];
    const apps = await spawnKillables(database, { wrap }, { wrap });
    const { decisions, feedbacks, kills } = SIZES[scale];
    const userNodeId = id();
    const asking: Asking = { urls: apps.next, limitMs: 120_000 };
    const decisionIds: string[] = [];
    const makeUntil = async (count: number): Promise<void> => {
      while (decisionIds.length < count) decisionIds.push(await decide(asking, userNodeId));
    };
    await makeUntil(Math.ceil(decisions / 2));
    say(`${decisionIds.length} decisions are there`);

    const nodes = database.client.db(apps.databaseName).collection('ai_node_learning');
    const unsettled = async () =>
      (await nodes.findOne({ user_node_id: new ObjectId(userNodeId) }))?.['unsettled'] ?? null;
    const givers = startGivers(asking, decisionIds);
    const making = makeUntil(decisions);
    making.catch(() => {});
    let leftUnsettled = 0;
    let recoveredMs = 0;
    for (let kill = 1; kill <= kills; kill++) {
      await sleep(Math.random() * 600);
      const which = kill % 2 === 0 ? [0, 1] : [kill % 4 === 1 ? 0 : 1];
      await apps.kill(...which);
      const killedMs = performance.now();
      // With both dead nobody is just about to settle it.
      if (which.length === 2 && (await unsettled()) !== null) leftUnsettled += 1;
      await apps.restart(...which);
      await givers.gaveAfter(killedMs);
      recoveredMs = Math.max(recoveredMs, performance.now() - killedMs);
      if (kill % 5 === 0) say(`${kill} of ${kills} kills, ${givers.given.length} feedbacks`);
    }
    await making;
    await givers.stopAt(feedbacks);

    await give(asking, decisionIds[0] as string, givers);
    const settled = (await unsettled()) === null ? [] : ['A feedback is not settled after the next one.'];
    await logPause(asking, userNodeId);
    const findings = await findingsOf(options, { apps, userNodeId, decisionIds, givers });
    return {
      ...findings,
      recoveredMs,
      failures: [...settled, ...findings.failures],
      notes: [...findings.notes, `${leftUnsettled} of ${kills} kills left a feedback unsettled`],
    };
  },
};

interface Race {
  apps: Killables;
  userNodeId: string;
  decisionIds: readonly string[];
  givers: Givers;
}

async function findingsOf(
  { scale }: RunOptions,
  { apps, userNodeId, decisionIds, givers }: Race,
): Promise<Findings> {
  const { given, surprises } = givers;
  const found = noFindings();
  found.rounds = SIZES[scale].kills;
  found.acknowledged = given.length;
  found.slowestMs = Math.max(...given.map(({ sentMs, answeredMs }) => answeredMs - sentMs));
  for (const [i, decisionId] of decisionIds.entries()) {
    const mine = given.filter((one) => one.decisionId === decisionId);
    const url = apps.urls[i % apps.urls.length] as string;
    const history = await historyFaults({ urls: () => url }, decisionId, mine);
    for (const count of ['lost', 'storedTwice', 'missing', 'outOfOrder'] as const)
      found[count] += history[count];
    found.failures.push(...history.failures);
  }
  for (const url of apps.urls) {
    const { largest, failures } = await relearn(url, userNodeId);
    found.failures.push(...failures);
    found.notes.push(`what is learned differs from a recomputation by at most ${largest.toExponential(1)}`);
  }
  found.failures.push(...surprises);
  return found;
}

/** Clients that record how decisions turned out, and correct that, all of them at once. */
interface Givers {
  readonly given: Given[];
  /** Answers that must not be. */
  readonly surprises: string[];
  /** Resolves when feedback that was first sent after an instant is acknowledged. */
  gaveAfter(sentAfterMs: number): Promise<void>;
  /** Begins no more when there are so many; resolves when all are acknowledged. */
  stopAt(count: number): Promise<void>;
}

function startGivers(asking: Asking, decisionIds: readonly string[]): Givers {
  let most = Infinity;
  const record = { given: [] as Given[], surprises: [] as string[] };
  const work = async (): Promise<void> => {
    while (record.given.length < most) {
      const decisionId = decisionIds[Math.floor(Math.random() * decisionIds.length)] as string;
      // Two corrections at the same time, or one.
      const corrections = Math.random() < 0.3 ? 2 : 1;
      await Promise.all(Array.from({ length: corrections }, () => give(asking, decisionId, record)));
      await sleep(Math.random() * 60);
    }
  };
  const working = Promise.all(Array.from({ length: WORKERS }, work));
  working.catch(() => {});
  return {
    ...record,
    async gaveAfter(sentAfterMs) {
      const isSo = () => record.given.some(({ sentMs }) => sentMs > sentAfterMs);
      while (!isSo()) await Promise.race([sleep(20), working]);
    },
    async stopAt(count) {
      most = count;
      await working;
    },
  };
}

let gifts = 0;

/** One feedback that no other is equal to, one in five of them by two clients with the same key at once. */
async function give(
  asking: Asking,
  decisionId: string,
  { given, surprises }: Pick<Givers, 'given' | 'surprises'>,
): Promise<void> {
  gifts += 1;
  const pnl = Math.random() < 0.5 ? gifts : -gifts;
  const input = { decisionId, idempotencyKey: id(), success: Math.random() < 0.5, pnl };
  const sentMs = performance.now();
  const clients = gifts % 5 === 0 ? 2 : 1;
  let again = 0;
  const answers = await Promise.all(
    Array.from({ length: clients }, () =>
      ask({ ...asking, onAgain: () => void (again += 1) }, FEEDBACK, { input }),
    ),
  );
  given.push({ decisionId, pnl, sentMs, answeredMs: performance.now() });
  const payloads = answers.map(({ recordFeedback }) => recordFeedback);
  const refused = payloads.find(({ userErrors }) => userErrors.length > 0);
  if (refused !== undefined) surprises.push(`Feedback was refused: ${JSON.stringify(refused)}.`);
  const firsts = payloads.filter(({ duplicate }) => !duplicate).length;
  if (firsts > 1) surprises.push('The same feedback was taken for new twice.');
  if (again === 0 && firsts === 0) surprises.push('New feedback was taken for a duplicate.');
}

const FEEDBACK = /* GraphQL */ `
  mutation Feedback($input: RecordFeedbackInput!) {
    recordFeedback(input: $input) { duplicate userErrors { code message } }
  }
`;
