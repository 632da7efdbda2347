import { beforeAll, expect, test } from '@jest/globals';
import { badId } from '../input/refusals.js';
import { id, useApp } from '../support/app.js';
import { type Cast, decide } from '../voting/decide.js';
import { HISTORY, settings, UNDECIDED } from './changes.js';

const running = useApp();

const FEEDBACK = /* GraphQL */ `
  mutation Feedback($input: RecordFeedbackInput!) {
    recordFeedback(input: $input) {
      userErrors { code }
      decisionLog { learning { parametersToAdjust { path from to reason applied timestamp } } }
    }
  }
`;

/** What feedback changes by itself, as the history has it. */
async function learnFrom(userNodeId: string, decisionId: string, success: boolean) {
  const input = { decisionId, success, pnl: success ? 10 : -10 };
  const { recordFeedback } = await running.app.data(FEEDBACK, { input });
  expect(recordFeedback.userErrors).toEqual([]);
  return recordFeedback.decisionLog.learning.parametersToAdjust.map(
    ({ timestamp, applied, ...change }: any) => {
      expect(applied).toBe(true);
      return {
        id: expect.stringMatching(/^[0-9a-f]{24}\.\d+$/),
        userNodeId,
        ...change,
        evidence: null,
        status: 'APPLIED',
        proposedBy: null,
        proposedAt: timestamp,
        ...UNDECIDED,
        decidedAt: timestamp,
        decision: { id: decisionId },
      };
    },
  );
}

/** Proposals of every fate, in between what feedback of six decisions changed. */
async function live() {
  const { propose, decideOn } = settings(running.app);
  const node = id();
  const ids: string[] = [];
  for (let i = 0; i < 6; i++) {
    const ballots = ['a', 'b', 'c'].slice(0, 1 + (i % 3)).map((name): Cast => [name, 'BUY', 60 + 5 * i]);
    const { decision } = await decide(running.app, ballots, { userNodeId: node });
    ids.push(decision.id);
  }
  const steps: any[][] = [];
  const learn = async (i: number) => steps.push(await learnFrom(node, ids[i] as string, i % 2 === 0));
  const change = async (path: string, to: unknown, ...decisions: ('APPROVE' | 'REJECT' | 'ROLL_BACK')[]) => {
    let { parameterChange } = await propose(node, path, to);
    for (const decision of decisions) ({ parameterChange } = await decideOn(parameterChange.id, decision));
    steps.push([parameterChange]);
  };
  await change('quorum', 60, 'APPROVE');
  await learn(0);
  await learn(1);
  await change('rule', 'MAJORITY', 'REJECT');
  await change('agents.a.weight', 5, 'APPROVE', 'ROLL_BACK');
  await learn(2);
  await change('quorum', 70);
  await learn(3);
  await learn(4);
  await learn(5);
  await change('min_confidence', 55, 'APPROVE');
  return { node, changes: steps.reverse().flat() };
}

let node: string;
let changes: any[];
beforeAll(async () => {
  ({ node, changes } = await live());
});

/** The whole list in pages of a size. */
async function pages(size: number, filter?: Record<string, unknown>) {
  const found: any[] = [];
  let after: string | undefined;
  for (let isMore = true; isMore; ) {
    const { edges, pageInfo } = await settings(running.app).history(node, { first: size, after, filter });
    expect(pageInfo).toEqual({
      hasNextPage: pageInfo.hasNextPage,
      hasPreviousPage: after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    });
    found.push(...edges.map((edge: any) => edge.node));
    if (pageInfo.hasNextPage) expect(edges).toHaveLength(size);
    isMore = pageInfo.hasNextPage;
    after = pageInfo.endCursor;
    if (found.length > changes.length) throw new Error('A page was repeated.');
  }
  return found;
}

const only = (filter: Record<string, unknown>) =>
  changes.filter((change) => Object.entries(filter).every(([name, value]) => change[name] === value));

test('has what was proposed and what feedback changed by itself, newest first', async () => {
  const sizes = changes.filter(({ status }) => status === 'APPLIED').length;
  expect(sizes).toBeGreaterThanOrEqual(12);
  expect(await pages(100)).toEqual(changes);
});

test.each([1, 2, 3, 5])('pages of %i have no hole and no repetition', async (size) => {
  expect(await pages(size)).toEqual(changes);
});

test.each([
  [{ status: 'APPLIED' }],
  [{ status: 'PROPOSED' }],
  [{ status: 'APPROVED' }],
  [{ status: 'REJECTED' }],
  [{ status: 'ROLLED_BACK' }],
  [{ path: 'quorum' }],
  [{ path: 'agents.a.learned_weight' }],
  [{ path: 'agents.a.slope' }],
  [{ path: 'quorum', status: 'APPROVED' }],
])('only %j is told where only that is asked for, in pages of any size', async (filter) => {
  const wanted = only(filter);
  expect(wanted.length).toBeGreaterThan(0);
  for (const size of [1, 2, 100]) expect(await pages(size, filter)).toEqual(wanted);
});

test.each([
  [{ path: 'quorum', status: 'REJECTED' }],
  [{ path: 'agents' }],
  [{ path: '' }],
  [{ path: '$gt' }],
])('nothing is told of %j, which there is not', async (filter) => {
  expect(await pages(2, filter)).toEqual([]);
});

test('has nothing of another node', async () => {
  const other = id();
  expect(await settings(running.app).history(other)).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
  const { edges } = await settings(running.app).history(node, { first: 1 });
  const behind = await settings(running.app).history(other, { after: edges[0].cursor });
  expect(behind.edges).toEqual([]);
});

test('stays where it was read while more is decided', async () => {
  const { history, propose } = settings(running.app);
  const { edges, pageInfo } = await history(node, { first: 4 });
  await propose(node, 'quorum', 80);
  const { edges: rest } = await history(node, { first: 100, after: pageInfo.endCursor });
  expect([...edges, ...rest].map((edge: any) => edge.node)).toEqual(changes);
});

const cursorOf = (place: string) => Buffer.from(place).toString('base64url');

test.each([
  [{ first: 0 }, 'Expected `first` from 1 to 100, got 0.'],
  [{ first: 101 }, 'Expected `first` from 1 to 100, got 101.'],
  [{ userNodeId: 'node' }, badId('userNodeId', 'node')],
  ...[
    'change',
    `message:${id()}`,
    'change:5',
    `change:${id()}.`,
    `change:${id()}.1.2`,
    `change:${id()}.99999`,
  ].map((place): [Record<string, string>, string] => [
    { after: cursorOf(place) },
    `Expected \`after\` to be a cursor of this list, got "${cursorOf(place)}".`,
  ]),
  [
    { filter: { path: '\ud83d' } },
    'Expected `filter.path` to be well-formed Unicode, got a lone surrogate in "\\ud83d".',
  ],
])('is refused by %j', async (bad, message) => {
  const { data, errors } = await running.app.send(HISTORY, { userNodeId: node, ...bad });
  expect([data, errors]).toMatchObject([
    { parameterChanges: null },
    [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
  ]);
});
