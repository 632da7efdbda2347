import { afterEach, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import type { Subscription } from '../support/client.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { createObserver } from './observing.js';
import { CHANGED, RECORD_OUTCOME, sayMany } from './operations.js';

const observer = createObserver();
const running = useApp({ wrapPorts: observer.wrapPorts, pollMs: 100 });

afterEach(() => until('every feed of the test before is let go', () => observer.listeners === 0));

interface State {
  executionId: string;
  status: string;
  lastSeq: number;
  outcome: { executed: boolean; action: string } | null;
  decision: { outcome: { success: boolean } | null } | null;
}

const next = async (stream: Subscription): Promise<State> => (await stream.next()).conversationChanged;

/** The states up to the first of which it holds; events in between are the server's choice. */
async function nextWith(stream: Subscription, isWanted: (state: State) => boolean): Promise<State> {
  for (;;) {
    const state = await next(stream);
    if (isWanted(state)) return state;
  }
}

test('shows a conversation now and after each change, beyond its completion', async () => {
  const { app } = running;
  const { start, vote, feedback, outcome } = flow(app);
  const { executionId } = await start({ totalAgents: 1 });
  const stream = app.subscribe(CHANGED, { executionId });
  const begun = { executionId, status: 'IN_PROGRESS', lastSeq: 0, outcome: null, decision: null };
  expect(await next(stream)).toEqual(begun);
  await stream.silence(150);

  await sayMany(app, executionId, ['one']);
  expect(await next(stream)).toEqual({ ...begun, lastSeq: 1 });
  await vote(executionId, 'solo', { action: 'BUY', confidence: 80 });
  const completed = await nextWith(stream, ({ status }) => status === 'COMPLETED');
  expect(completed).toMatchObject({ lastSeq: 3, outcome: null });

  await app.data(RECORD_OUTCOME, { input: { executionId, executed: true, action: 'BUY' } });
  const executed = { executed: true, action: 'BUY' };
  expect((await nextWith(stream, (state) => state.outcome !== null)).outcome).toEqual(executed);

  await feedback((await outcome(executionId)).decision.id, { success: true });
  expect(await nextWith(stream, ({ decision }) => decision?.outcome != null)).toEqual({
    executionId,
    status: 'COMPLETED',
    lastSeq: 3,
    outcome: executed,
    decision: { outcome: { success: true } },
  });
  await stream.silence(250);
  stream.stop();
});

test('shows a completed conversation at once and does not end', async () => {
  const { app } = running;
  const { start, vote } = flow(app);
  const { executionId } = await start({ totalAgents: 1 });
  await vote(executionId, 'solo', { action: 'SELL', confidence: 60 });
  const stream = app.subscribe(CHANGED, { executionId });
  expect((await next(stream)).status).toBe('COMPLETED');
  await stream.silence(150);
  await app.data(RECORD_OUTCOME, { input: { executionId, executed: false, action: 'HOLD' } });
  expect((await next(stream)).outcome).toEqual({ executed: false, action: 'HOLD' });
  stream.stop();
});

test('shows only ever later states, and the last one in the end', async () => {
  const { app } = running;
  const { executionId } = await flow(app).start();
  const stream = app.subscribe(CHANGED, { executionId });
  await Promise.all(Array.from({ length: 30 }, (_, n) => sayMany(app, executionId, [`message ${n}`])));
  const seqs: number[] = [];
  while (seqs.at(-1) !== 30) seqs.push((await next(stream)).lastSeq);
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  await stream.silence(150);
  stream.stop();
});

test.each([
  ['an execution that is not there', id(), 'NOT_FOUND'],
  ['a malformed id', 'x', 'BAD_USER_INPUT'],
])('refuses %s', async (_, executionId, code) => {
  const [error] = await running.app.subscribe(CHANGED, { executionId }).refused();
  expect(error?.extensions).toEqual({ code });
});

test('shows each conversation that changes from now on, none of before', async () => {
  const { app } = running;
  const { start } = flow(app);
  await start();
  const { executionId: known } = await start();
  const stream = app.subscribe(CHANGED);
  await until('the stream is open', () => observer.listeners === 1);
  await stream.silence(350);
  await sayMany(app, known, ['one']);
  expect(await next(stream)).toMatchObject({ executionId: known, lastSeq: 1 });
  const { executionId: added } = await start();
  expect(await next(stream)).toMatchObject({ executionId: added, lastSeq: 0 });
  await stream.silence(250);

  const later = app.subscribe(CHANGED);
  await later.silence(250);
  await sayMany(app, added, ['one']);
  for (const follower of [stream, later]) {
    expect(await next(follower)).toMatchObject({ executionId: added, lastSeq: 1 });
    follower.stop();
  }
});

test('shows those changed since an instant first, oldest change first, then goes on live', async () => {
  const { app } = running;
  const { start } = flow(app);
  await start();
  const before = new Date();
  await until('the clock goes on', () => new Date() > before);
  const since = new Date().toISOString();
  const { executionId: first } = await start();
  const { executionId: second } = await start();
  await sayMany(app, first, ['one']);
  const stream = app.subscribe(CHANGED, { since });
  expect(await next(stream)).toMatchObject({ executionId: second, lastSeq: 0 });
  expect(await next(stream)).toMatchObject({ executionId: first, lastSeq: 1 });
  await sayMany(app, second, ['two']);
  expect(await nextWith(stream, ({ lastSeq }) => lastSeq === 1)).toMatchObject({ executionId: second });
  stream.stop();
});
