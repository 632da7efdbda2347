import { beforeAll, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { pageErrors, pageOf } from './read.js';

const running = useApp();
const SEVEN = [1, 2, 3, 4, 5, 6, 7];
let executionId = '';

beforeAll(async () => {
  const { start, say } = flow(running.app);
  executionId = (await start()).executionId;
  for (const _ of SEVEN) await say(executionId);
});

test('without arguments the first hundred come', async () => {
  expect(await pageOf(running.app, executionId, {})).toMatchObject({
    seqs: SEVEN,
    totalCount: 7,
    hasNextPage: false,
    hasPreviousPage: false,
  });
});

test('forwards, page by page, each message comes once', async () => {
  const first = await pageOf(running.app, executionId, { first: 3 });
  expect(first).toMatchObject({ seqs: [1, 2, 3], totalCount: 7, hasNextPage: true, hasPreviousPage: false });
  const second = await pageOf(running.app, executionId, { first: 3, after: first.endCursor });
  expect(second).toMatchObject({ seqs: [4, 5, 6], hasNextPage: true, hasPreviousPage: true });
  const third = await pageOf(running.app, executionId, { first: 3, after: second.endCursor });
  expect(third).toMatchObject({ seqs: [7], hasNextPage: false, hasPreviousPage: true });
  const past = await pageOf(running.app, executionId, { first: 3, after: third.endCursor });
  expect(past).toEqual({
    seqs: [],
    totalCount: 7,
    hasNextPage: false,
    hasPreviousPage: true,
    startCursor: null,
    endCursor: null,
  });
});

test('backwards, page by page, each message comes once, oldest first within a page', async () => {
  const last = await pageOf(running.app, executionId, { last: 3 });
  expect(last).toMatchObject({ seqs: [5, 6, 7], totalCount: 7, hasNextPage: false, hasPreviousPage: true });
  const middle = await pageOf(running.app, executionId, { last: 3, before: last.startCursor });
  expect(middle).toMatchObject({ seqs: [2, 3, 4], hasNextPage: true, hasPreviousPage: true });
  const oldest = await pageOf(running.app, executionId, { last: 3, before: middle.startCursor });
  expect(oldest).toMatchObject({ seqs: [1], hasNextPage: true, hasPreviousPage: false });
  const past = await pageOf(running.app, executionId, { last: 3, before: oldest.startCursor });
  expect(past).toMatchObject({ seqs: [], hasNextPage: true, hasPreviousPage: false });
});

test('a page has at most a hundred messages', async () => {
  const { start, say } = flow(running.app);
  const { executionId: long } = await start();
  for (let n = 0; n < 130; n += 10) await Promise.all(Array.from({ length: 10 }, () => say(long)));
  const all = Array.from({ length: 130 }, (_, i) => i + 1);
  const first = await pageOf(running.app, long, {});
  expect(first).toMatchObject({ seqs: all.slice(0, 100), totalCount: 130, hasNextPage: true });
  const rest = await pageOf(running.app, long, { after: first.endCursor });
  expect(rest).toMatchObject({ seqs: all.slice(100), hasNextPage: false, hasPreviousPage: true });
  const before = await pageOf(running.app, long, { before: rest.endCursor });
  expect(before).toMatchObject({ seqs: all.slice(29, 129), hasNextPage: true, hasPreviousPage: true });
});

test('what is added behind a cursor comes with the next page', async () => {
  const { start, say } = flow(running.app);
  const { executionId: other } = await start();
  await say(other);
  const { endCursor } = await pageOf(running.app, other, { first: 3 });
  await say(other);
  expect(await pageOf(running.app, other, { first: 3, after: endCursor })).toMatchObject({ seqs: [2] });
});

test('a cursor of a message the conversation has not is an error', async () => {
  const { endCursor } = await pageOf(running.app, executionId, {});
  const { executionId: empty } = await flow(running.app).start();
  expect(await pageErrors(running.app, empty, { after: endCursor })).toEqual([
    {
      message: "Expected a cursor of this conversation's 0 messages, got one of message 7.",
      code: 'BAD_USER_INPUT',
    },
  ]);
});

test.each([
  [{ afterSeq: 0 }, SEVEN, { hasNextPage: false, hasPreviousPage: false }],
  [{ afterSeq: 2, first: 3 }, [3, 4, 5], { hasNextPage: true, hasPreviousPage: true }],
  [{ afterSeq: 2, beforeSeq: 5 }, [3, 4], { hasNextPage: false, hasPreviousPage: true }],
  [{ afterSeq: 2, beforeSeq: 6, first: 2 }, [3, 4], { hasNextPage: true, hasPreviousPage: true }],
  [{ afterSeq: 2, beforeSeq: 6, last: 2 }, [4, 5], { hasNextPage: true, hasPreviousPage: true }],
  [{ afterSeq: 3, last: 2 }, [6, 7], { hasNextPage: false, hasPreviousPage: true }],
  [{ afterSeq: 5, last: 5 }, [6, 7], { hasNextPage: false, hasPreviousPage: false }],
  [{ afterSeq: 7 }, [], { hasNextPage: false, hasPreviousPage: true }],
  [{ afterSeq: 4, beforeSeq: 5 }, [], { hasNextPage: false, hasPreviousPage: true }],
  [{ beforeSeq: 8, last: 2 }, [6, 7], { hasNextPage: false, hasPreviousPage: true }],
  [{ beforeSeq: 4 }, [1, 2, 3], { hasNextPage: true, hasPreviousPage: false }],
  [{ beforeSeq: 4, first: 2 }, [1, 2], { hasNextPage: true, hasPreviousPage: false }],
  [{ beforeSeq: 1 }, [], { hasNextPage: true, hasPreviousPage: false }],
])('by their numbers, %j, come the messages %j', async (page, seqs, around) => {
  expect(await pageOf(running.app, executionId, page)).toMatchObject({ seqs, totalCount: 7, ...around });
});

test('read on by number from either end, each message comes once', async () => {
  const forwards: number[] = [];
  for (let isMore = true; isMore; ) {
    const page = { afterSeq: forwards.at(-1) ?? 0, beforeSeq: 7, first: 2 };
    const { seqs, hasNextPage } = await pageOf(running.app, executionId, page);
    forwards.push(...seqs);
    isMore = hasNextPage;
  }
  const backwards: number[] = [];
  for (let isMore = true; isMore; ) {
    const page = { afterSeq: 1, beforeSeq: backwards[0] ?? 8, last: 4 };
    const { seqs, hasPreviousPage } = await pageOf(running.app, executionId, page);
    backwards.unshift(...seqs);
    isMore = hasPreviousPage;
  }
  expect([forwards, backwards]).toEqual([SEVEN.slice(0, 6), SEVEN.slice(1)]);
});

test('a number bounds the messages of an earlier state, too', async () => {
  const asked = `query ($id: ID!) { conversation(executionId: $id, asOfSeq: 5) {
    up: messages(afterSeq: 2) { edges { node { seq } } } down: messages(afterSeq: 1, last: 2) { edges { node { seq } } }
  } }`;
  const { conversation } = await running.app.data(asked, { id: executionId });
  const seqsOf = ({ edges }: { edges: { node: { seq: number } }[] }) => edges.map(({ node }) => node.seq);
  expect([seqsOf(conversation.up), seqsOf(conversation.down)]).toEqual([
    [3, 4, 5],
    [4, 5],
  ]);
});

test.each([
  [{ afterSeq: -1 }, 'Expected `afterSeq` of 0 or more, got -1.'],
  [{ beforeSeq: 0 }, 'Expected `beforeSeq` of 1 or more, got 0.'],
  [{ afterSeq: 8 }, "Expected `afterSeq` from 0 to the conversation's last message 7, got 8."],
  [{ beforeSeq: 9 }, "Expected `beforeSeq` from 1 to 8, one above the conversation's last message, got 9."],
  [{ afterSeq: 5, beforeSeq: 5 }, 'Expected `afterSeq` below `beforeSeq`, got 5 and 5.'],
  [{ afterSeq: 1, first: 2, last: 3 }, 'Expected `first` or `last`, got both (first 2, last 3).'],
  [
    { afterSeq: 1, before: 'x' },
    'Expected cursors (`after`, `before`) or numbers (`afterSeq`, `beforeSeq`), got both.',
  ],
  [{ first: 0 }, 'Expected `first` from 1 to 100, got 0.'],
  [{ last: 101 }, 'Expected `last` from 1 to 100, got 101.'],
  [{ first: 1, last: 1 }, 'Expected `first` with `after`, or `last` with `before`, got some of both.'],
  [{ after: 'x' }, 'Expected `after` to be a cursor of this list, got "x".'],
  [{ before: 'x' }, 'Expected `before` to be a cursor of this list, got "x".'],
])('a page %j is refused', async (page, message) => {
  expect(await pageErrors(running.app, executionId, page)).toEqual([{ message, code: 'BAD_USER_INPUT' }]);
});
