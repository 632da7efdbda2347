import { beforeEach, describe, expect, test } from '@jest/globals';
import { id, type RunningApp, useApp } from '../support/app.js';
import { AUTH } from '../support/tokens.js';
import type { Cast } from '../voting/decide.js';
import { decided, feedback, statsOf } from './node.js';
import { as, NEVER_MS } from './users.js';

const running = useApp({ auth: AUTH, sweepMs: NEVER_MS });
let app: RunningApp;
let user: string;

beforeEach(async () => {
  user = id();
  app = await as(running.app, { sub: user });
});

const LESSONS = /* GraphQL */ `
  query Lessons($id: ID!) {
    decision(id: $id) {
      learning { lessonsLearned lessons { code text source } }
    }
  }
`;

const TWO: Cast[] = [
  ['a', 'BUY', 80],
  ['b', 'BUY', 60],
];
const MISS = 'All 2 counted agents said buy at 74 %, and it proved wrong.';

const lessonsOf = async (decisionId: string, by = app) =>
  (await by.data(LESSONS, { id: decisionId })).decision.learning;

/** A decision of one agent that votes in no other, so that nothing is learned of agents. */
let agents = 0;
const alone = async (userNodeId?: string, by = app): Promise<{ decisionId: string; userNodeId: string }> =>
  decided(by, [[`agent-${agents++}`, 'BUY', 80]], userNodeId);

/** Decisions of one each, judged like this, the newest last. */
async function judge(userNodeId: string, outcomes: readonly Record<string, unknown>[], by = app) {
  for (const outcome of outcomes) await feedback(by, (await alone(userNodeId, by)).decisionId, outcome);
}

/** What the next decision of the node teaches when it turns out like this. */
async function learned(userNodeId: string, outcome: Record<string, unknown>, by = app): Promise<string[]> {
  const { decisionId } = await alone(userNodeId, by);
  await feedback(by, decisionId, outcome);
  return (await lessonsOf(decisionId, by)).lessonsLearned;
}

const times = <T>(n: number, item: T): T[] => Array.from({ length: n }, () => item);

test('each lesson has its code, its text and its source beside the line it makes', async () => {
  const { decisionId } = await decided(app, [...TWO, ['c', 'SELL', 55]]);
  await feedback(app, decisionId, {
    success: false,
    pnl: 4,
    source: 'HUMAN',
    lessonsLearned: ['Too early.'],
  });
  expect(await lessonsOf(decisionId)).toEqual({
    lessonsLearned: [
      'DISSENT_VINDICATED: buy proved wrong, and 1 of 3 counted agents had been against it: c.',
      'PNL_SIGN_MISMATCH: Recorded as a failure with a pnl of 4.',
      'Too early.',
    ],
    lessons: [
      {
        code: 'DISSENT_VINDICATED',
        text: 'buy proved wrong, and 1 of 3 counted agents had been against it: c.',
        source: 'SERVER',
      },
      { code: 'PNL_SIGN_MISMATCH', text: 'Recorded as a failure with a pnl of 4.', source: 'SERVER' },
      { code: null, text: 'Too early.', source: 'HUMAN' },
    ],
  });
});

test('a success that nothing was odd about teaches nothing', async () => {
  const { decisionId } = await decided(app, TWO);
  await feedback(app, decisionId, { success: true, pnl: 4 });
  expect(await lessonsOf(decisionId)).toEqual({ lessonsLearned: [], lessons: [] });
});

test.each(['EXECUTION', 'MARKET', 'HUMAN', 'MODEL', null])(
  'a lesson added with source %p is never taken for the server’s, though it imitates a code',
  async (source) => {
    const { decisionId, userNodeId } = await decided(app, TWO);
    const mine = ['UNANIMOUS_MISS: mine', 'UNANIMOUS_MISS'];
    await feedback(app, decisionId, { success: false, lessonsLearned: mine, ...(source && { source }) });
    const by = source ?? 'CALLER';
    expect(await lessonsOf(decisionId)).toEqual({
      lessonsLearned: [`UNANIMOUS_MISS: ${MISS}`, ...mine],
      lessons: [
        { code: 'UNANIMOUS_MISS', text: MISS, source: 'SERVER' },
        ...mine.map((text) => ({ code: null, text, source: by })),
      ],
    });
    expect((await statsOf(app, userNodeId)).topLessons).toEqual(
      [
        { lesson: 'UNANIMOUS_MISS', count: 1, source: 'SERVER' },
        { lesson: 'UNANIMOUS_MISS', count: 1, source: by },
        { lesson: 'UNANIMOUS_MISS: mine', count: 1, source: by },
      ].sort((a, b) => `${a.lesson} ${a.source}`.localeCompare(`${b.lesson} ${b.source}`, 'en')),
    );
  },
);

test('the most frequent lessons are ten, those of many sources apart, whoever came first', async () => {
  const { userNodeId } = await alone();
  const say = (source: string, lessonsLearned: string[]) =>
    judge(userNodeId, [{ success: true, source, lessonsLearned }]);
  await say('MODEL', ['b', 'c', ...'hgfedjik']);
  await say('HUMAN', ['b', 'a', 'a']);
  await say('EXECUTION', ['b']);
  await say('HUMAN', ['b']);
  const { topLessons } = await statsOf(app, userNodeId);
  expect(topLessons.map(({ lesson, count, source }: any) => `${lesson} ${count} ${source}`)).toEqual([
    'b 2 HUMAN',
    'a 1 HUMAN',
    'b 1 EXECUTION',
    'b 1 MODEL',
    ...[...'cdefgh'].map((lesson) => `${lesson} 1 MODEL`),
  ]);
});

test('a correction replaces what was found, and leaves what was added unless it says otherwise', async () => {
  const { decisionId, userNodeId } = await decided(app, TWO);
  await feedback(app, decisionId, { success: false, source: 'HUMAN', lessonsLearned: ['Mine.'] });
  await feedback(app, decisionId, { success: true });
  const mine = { code: null, text: 'Mine.', source: 'HUMAN' };
  expect((await lessonsOf(decisionId)).lessons).toEqual([mine]);
  expect((await statsOf(app, userNodeId)).topLessons).toEqual([
    { lesson: 'Mine.', count: 1, source: 'HUMAN' },
  ]);
  await feedback(app, decisionId, { success: false, lessonsLearned: null });
  expect((await lessonsOf(decisionId)).lessons).toEqual([
    { code: 'UNANIMOUS_MISS', text: MISS, source: 'SERVER' },
  ]);
});

describe('the reason why failures ended', () => {
  const stop = { success: false, exitReason: 'stop' };

  test('is told when it is that of three of the last five of this node', async () => {
    const { userNodeId } = await alone();
    await judge(userNodeId, [stop, { success: false, exitReason: 'time' }, { success: true }]);
    expect(await learned(userNodeId, stop)).toEqual([]);
    expect(await learned(userNodeId, stop)).toEqual([
      'EXIT_REASON_CLUSTER: 3 of the last 4 failures ended by "stop".',
    ]);
    await judge(userNodeId, times(3, { success: false, exitReason: 'time' }));
    expect(await learned(userNodeId, stop)).toEqual([]);
  });

  test('is told of the last to be judged, in whatever order they were decided', async () => {
    const { userNodeId, decisionId } = await alone();
    await judge(userNodeId, [stop, stop]);
    await feedback(app, decisionId, stop);
    expect((await lessonsOf(decisionId)).lessonsLearned).toEqual([
      'EXIT_REASON_CLUSTER: 3 of the last 3 failures ended by "stop".',
    ]);
  });

  test('is not told of another node’s failures, nor of another user’s', async () => {
    const { userNodeId } = await alone();
    const other = await as(running.app, { sub: id() });
    await judge(id(), times(4, stop));
    await judge(userNodeId, times(4, stop), other);
    expect(await learned(userNodeId, stop)).toEqual([]);
    expect(await learned(userNodeId, stop, other)).toEqual([
      'EXIT_REASON_CLUSTER: 5 of the last 5 failures ended by "stop".',
    ]);
  });

  test('does not count a failure that was corrected to a success', async () => {
    const { userNodeId, decisionId } = await alone();
    await feedback(app, decisionId, stop);
    await judge(userNodeId, [stop]);
    await feedback(app, decisionId, { success: true });
    expect(await learned(userNodeId, stop)).toEqual([]);
  });
});

describe('a loss', () => {
  const losses = [-10, -30, -5, -12, -8].map((pnl) => ({ success: false, pnl }));
  const odd = ['LOSS_OUTLIER: A loss of 20.5 is 2.0 times the median 10 of the last 5 losses.'];

  test('of more than twice the median of this node’s is told, and one of twice is not', async () => {
    const { userNodeId } = await alone();
    await judge(userNodeId, losses);
    expect(await learned(userNodeId, { success: false, pnl: -20.5 })).toEqual(odd);
    const { decisionId } = await alone(userNodeId);
    await feedback(app, decisionId, { success: false, pnl: -22 });
    expect((await lessonsOf(decisionId)).lessonsLearned).toEqual([]);
  });

  test('is compared when it is corrected, not with itself', async () => {
    const { userNodeId, decisionId } = await alone();
    await judge(userNodeId, losses);
    await feedback(app, decisionId, { success: false, pnl: -1_000 });
    await feedback(app, decisionId, { success: false, pnl: -20.5 });
    expect((await lessonsOf(decisionId)).lessonsLearned).toEqual(odd);
  });

  test('is not compared with another node’s, nor with another user’s', async () => {
    const { userNodeId } = await alone();
    const other = await as(running.app, { sub: id() });
    await judge(id(), losses);
    await judge(userNodeId, losses, other);
    expect(await learned(userNodeId, { success: false, pnl: -20.5 })).toEqual([]);
    expect(await learned(userNodeId, { success: false, pnl: -20.5 }, other)).toEqual(odd);
  });
});
