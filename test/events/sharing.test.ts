import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { createObserver } from './observing.js';
import { CHANGED, COMPLETED, MESSAGES, sayMany, takeSeqs } from './operations.js';

const POLL_MS = 30;
const quiet = createObserver();
/** Polls so seldom that each reading is one that somebody asked for. */
const unpolled = useApp({ wrapPorts: quiet.wrapPorts, pollMs: 60_000, watchChanges: false });
const busy = createObserver();
const polled = useApp({ wrapPorts: busy.wrapPorts, pollMs: POLL_MS });

afterEach(() =>
  until('every feed of the test before is let go', () => quiet.listeners + busy.listeners === 0),
);

/** A feed that is being opened when its last follower leaves is let go once it is open. */
const noMoreReads = () =>
  until('nothing is read for five polls', async () => {
    const { reads } = busy;
    await sleep(POLL_MS * 5);
    return busy.listeners === 0 && busy.reads === reads;
  });

test.each([
  ['messageAdded', MESSAGES],
  ['voteCompleted', COMPLETED],
  ['conversationChanged', CHANGED],
])('reads no more once the last who follows %s has left', async (_, operation) => {
  const { app } = polled;
  const { executionId } = await flow(app).start();
  const streams = [1, 2, 3].map(() => app.subscribe(operation, { executionId }));
  await until('the feed is open', () => busy.listeners === 1);
  const readsBefore = busy.reads;
  await until('it polls', () => busy.reads > readsBefore + 2);
  const [first, ...others] = streams;
  for (const stream of others) stream.stop();
  const readsOfOne = busy.reads;
  await until('it polls for the last one', () => busy.reads > readsOfOne + 2);
  first?.stop();
  await noMoreReads();
});

test.each([
  ['voteCompleted', COMPLETED],
  ['conversationChanged', CHANGED],
])('lets the feed of all conversations go once the last who follows %s has left', async (_, operation) => {
  const streams = [1, 2].map(() => polled.app.subscribe(operation));
  await until('the feed is open', () => busy.listeners === 1);
  for (const stream of streams) stream.stop();
  await until('the feed is let go', () => busy.listeners === 0);
});

test('reads no more for one who left before the first event', async () => {
  const { app } = polled;
  const { executionId } = await flow(app).start();
  const stream = app.subscribe(MESSAGES, { executionId });
  await until('the feed is open', () => busy.listeners === 1);
  await stream.silence(POLL_MS);
  stream.stop();
  await noMoreReads();
});

test('reads no more for those who left while the stream was being opened', async () => {
  const { app } = polled;
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, ['one']);
  const { reads } = busy;
  for (let round = 0; round < 10; round++) app.subscribe(MESSAGES, { executionId }).stop();
  const opening = app.subscribe(MESSAGES, { executionId });
  await until('it is being opened', () => busy.reads > reads);
  opening.stop();
  await noMoreReads();
});

test('reads no more for one whose socket broke off', async () => {
  const { app } = polled;
  const { executionId } = await flow(app).start();
  app.subscribe(MESSAGES, { executionId });
  await until('the feed is open', () => busy.listeners === 1);
  await app.close();
  await noMoreReads();
});

test('reads a message once for a hundred who follow', async () => {
  const { app } = unpolled;
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, ['one']);
  const streams = Array.from({ length: 100 }, () => app.subscribe(MESSAGES, { executionId }));
  for (const stream of streams) expect(await takeSeqs(stream, 1)).toEqual([1]);
  const readsToCatchUp = quiet.reads;
  expect(readsToCatchUp).toBeLessThan(10);

  await sayMany(app, executionId, ['two']);
  for (const stream of streams) expect(await takeSeqs(stream, 1)).toEqual([2]);
  expect(quiet.reads - readsToCatchUp).toBeLessThan(5);
  for (const stream of streams) stream.stop();
});
