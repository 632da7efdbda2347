import { afterEach, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { createObserver } from './observing.js';
import { completeOne, MESSAGES, sayMany, takeLines, takeSeqs } from './operations.js';

const observer = createObserver();
const running = useApp({ wrapPorts: observer.wrapPorts });

afterEach(() => until('every feed of the test before is let go', () => observer.listeners === 0));

test('tells what was said, then what is said, each once and in order, and ends with the conversation', async () => {
  const { app } = running;
  const { start, vote } = flow(app);
  const { executionId } = await start({ totalAgents: 1 });
  await sayMany(app, executionId, ['one', 'two']);

  const stream = app.subscribe(MESSAGES, { executionId, afterSeq: 0 });
  expect(await takeLines(stream, 2)).toEqual(['1 one', '2 two']);
  await sayMany(app, executionId, ['three']);
  expect(await takeLines(stream, 1)).toEqual(['3 three']);
  await vote(executionId, 'solo', { action: 'BUY', confidence: 80 });
  expect(await takeSeqs(stream, 2)).toEqual([4, 5]);
  await stream.ended();
  expect(stream.pending).toEqual([]);
});

test('begins with the first message when no afterSeq is given', async () => {
  const { app } = running;
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, ['one']);
  const stream = app.subscribe(MESSAGES, { executionId });
  expect(await takeLines(stream, 1)).toEqual(['1 one']);
  stream.stop();
});

test('goes on after the message already seen', async () => {
  const { app } = running;
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, ['one', 'two', 'three']);
  const stream = app.subscribe(MESSAGES, { executionId, afterSeq: 2 });
  expect(await takeLines(stream, 1)).toEqual(['3 three']);
  await sayMany(app, executionId, ['four']);
  expect(await takeLines(stream, 1)).toEqual(['4 four']);
  stream.stop();
});

test('tells only what is new when afterSeq is null', async () => {
  const { app } = running;
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, ['old', 'older']);
  const stream = app.subscribe(MESSAGES, { executionId, afterSeq: null });
  await until('the stream is open', () => observer.listeners === 1);
  await stream.silence(100);
  await sayMany(app, executionId, ['new']);
  expect(await takeLines(stream, 1)).toEqual(['3 new']);
  stream.stop();
});

test('waits when everything was seen', async () => {
  const { app } = running;
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, ['one']);
  const stream = app.subscribe(MESSAGES, { executionId, afterSeq: 1 });
  await stream.silence(100);
  await sayMany(app, executionId, ['two']);
  expect(await takeLines(stream, 1)).toEqual(['2 two']);
  stream.stop();
});

test('gives the rest of a completed conversation and ends', async () => {
  const { app } = running;
  const executionId = await completeOne(app);
  const whole = app.subscribe(MESSAGES, { executionId });
  const rest = app.subscribe(MESSAGES, { executionId, afterSeq: 1 });
  const nothing = app.subscribe(MESSAGES, { executionId, afterSeq: 2 });
  const onlyNew = app.subscribe(MESSAGES, { executionId, afterSeq: null });
  expect(await takeSeqs(whole, 2)).toEqual([1, 2]);
  expect(await takeSeqs(rest, 1)).toEqual([2]);
  for (const stream of [whole, rest, nothing, onlyNew]) await stream.ended();
  expect([whole, rest, nothing, onlyNew].flatMap(({ pending }) => pending)).toEqual([]);
});

test.each([
  ['above the last message', 3, "Expected `afterSeq` from 0 to the conversation's last message 2, got 3."],
  ['below 0', -1, "Expected `afterSeq` from 0 to the conversation's last message 2, got -1."],
])('refuses an afterSeq %s', async (_, afterSeq, message) => {
  const { app } = running;
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, ['one', 'two']);
  const [error] = await app.subscribe(MESSAGES, { executionId, afterSeq }).refused();
  expect(error).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
});

test('refuses an afterSeq above the last message of a completed conversation', async () => {
  const executionId = await completeOne(running.app);
  const [error] = await running.app.subscribe(MESSAGES, { executionId, afterSeq: 9 }).refused();
  expect(error?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
});

test('refuses an execution that is not there', async () => {
  const executionId = id();
  const [error] = await running.app.subscribe(MESSAGES, { executionId }).refused();
  expect(error).toMatchObject({
    message: `Expected an execution with a conversation, got "${executionId}".`,
    extensions: { code: 'NOT_FOUND' },
  });
});

test('follows an execution that was refused before it had a conversation', async () => {
  const { app } = running;
  const executionId = id();
  await app.subscribe(MESSAGES, { executionId }).refused();
  await flow(app).start({ executionId });
  await sayMany(app, executionId, ['one']);
  const stream = app.subscribe(MESSAGES, { executionId });
  expect(await takeLines(stream, 1)).toEqual(['1 one']);
  stream.stop();
});

test.each(['', 'x', '123', 'g'.repeat(24), `${'a'.repeat(24)} `])(
  'refuses the malformed id %j',
  async (executionId) => {
    const [error] = await running.app.subscribe(MESSAGES, { executionId }).refused();
    expect(error?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  },
);

test('shows the conversation of a message as it is when the event is read', async () => {
  const { app } = running;
  const { start, vote } = flow(app);
  const { executionId } = await start({ totalAgents: 1 });
  await sayMany(app, executionId, ['one']);
  const stream = app.subscribe(
    /* GraphQL */ `
      subscription Statuses($executionId: ID!) {
        messageAdded(executionId: $executionId) { seq conversation { status lastSeq } }
      }
    `,
    { executionId },
  );
  const next = async () => (await stream.next()).messageAdded;
  expect(await next()).toEqual({ seq: 1, conversation: { status: 'IN_PROGRESS', lastSeq: 1 } });
  await sayMany(app, executionId, ['two']);
  expect(await next()).toEqual({ seq: 2, conversation: { status: 'IN_PROGRESS', lastSeq: 2 } });
  await vote(executionId, 'solo', { action: 'SELL', confidence: 60 });
  expect((await next()).seq).toBe(3);
  expect(await next()).toEqual({ seq: 4, conversation: { status: 'COMPLETED', lastSeq: 4 } });
  await stream.ended();
});
