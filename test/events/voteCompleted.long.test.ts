import { afterEach, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { createObserver } from './observing.js';
import { COMPLETED, completeOne, RECORD_OUTCOME, sayMany } from './operations.js';

const observer = createObserver();
const running = useApp({ wrapPorts: observer.wrapPorts, pollMs: 100 });

afterEach(() => until('every feed of the test before is let go', () => observer.listeners === 0));

test('waits for the vote of one conversation, tells it, and ends', async () => {
  const { app } = running;
  const { start, vote } = flow(app);
  const { executionId } = await start({ totalAgents: 2 });
  const stream = app.subscribe(COMPLETED, { executionId });
  await until('the stream is open', () => observer.listeners === 1);
  await vote(executionId, 'first', { action: 'BUY', confidence: 80 });
  await stream.silence(150);
  await vote(executionId, 'second', { action: 'BUY', confidence: 70 });
  expect((await stream.next()).voteCompleted).toEqual({
    consensus: { action: 'BUY' },
    conversation: { executionId, status: 'COMPLETED' },
  });
  await stream.ended();
  expect(stream.pending).toEqual([]);
});

test('tells a vote that is already complete at once, and ends', async () => {
  const executionId = await completeOne(running.app);
  const stream = running.app.subscribe(COMPLETED, { executionId });
  expect((await stream.next()).voteCompleted.conversation).toEqual({ executionId, status: 'COMPLETED' });
  await stream.ended();
  expect(stream.pending).toEqual([]);
});

test.each([
  ['an execution that is not there', id(), 'NOT_FOUND'],
  ['a malformed id', 'x', 'BAD_USER_INPUT'],
])('refuses %s', async (_, executionId, code) => {
  const [error] = await running.app.subscribe(COMPLETED, { executionId }).refused();
  expect(error?.extensions).toEqual({ code });
});

test('tells each vote that completes from now on once, also when outcome and feedback follow', async () => {
  const { app } = running;
  const { start, feedback, outcome } = flow(app);
  await completeOne(app);
  const { executionId: other } = await start();
  const stream = app.subscribe(COMPLETED);
  await until('the stream is open', () => observer.listeners === 1);
  await stream.silence(250);

  const first = await completeOne(app);
  expect((await stream.next()).voteCompleted.conversation.executionId).toBe(first);
  await app.data(RECORD_OUTCOME, { input: { executionId: first, executed: true, action: 'BUY' } });
  const { decision } = await outcome(first);
  await feedback(decision.id, { success: true });
  await sayMany(app, other, ['not a vote']);
  await stream.silence(250);

  const second = await completeOne(app);
  expect((await stream.next()).voteCompleted.conversation.executionId).toBe(second);
  await stream.silence(250);
  stream.stop();
});

test('tells those completed since an instant first, then goes on live', async () => {
  const { app } = running;
  await completeOne(app);
  const since = (await app.data('{ conversations(first: 1) { edges { node { updatedAt } } } }')).conversations
    .edges[0].node.updatedAt;
  const next = new Date(Date.parse(since) + 1);
  await until('the clock goes on', () => new Date() > next);
  const earlier = [await completeOne(app), await completeOne(app)];
  const stream = app.subscribe(COMPLETED, { since: next.toISOString() });
  const told = async (n: number) =>
    (await stream.take(n)).map(({ voteCompleted }) => voteCompleted.conversation.executionId);
  expect(await told(2)).toEqual(earlier);
  await stream.silence(250);
  const live = await completeOne(app);
  expect(await told(1)).toEqual([live]);
  stream.stop();
});

test('tells each of forty votes that complete at once to each who follows', async () => {
  const { app } = running;
  const streams = [1, 2, 3].map(() => app.subscribe(COMPLETED));
  await until('the stream is open', () => observer.listeners === 1);
  await streams[0]?.silence(100);
  const completed = await Promise.all(Array.from({ length: 40 }, () => completeOne(app)));
  for (const stream of streams) {
    const told = (await stream.take(40)).map(({ voteCompleted }) => voteCompleted.conversation.executionId);
    expect(told.sort()).toEqual([...completed].sort());
    await stream.silence(50);
    stream.stop();
  }
});
