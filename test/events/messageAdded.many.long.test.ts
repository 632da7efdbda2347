import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import type { Subscription } from '../support/client.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { createObserver } from './observing.js';
import { MESSAGES, range, sayMany, takeSeqs } from './operations.js';

const observer = createObserver();
const running = useApp({ wrapPorts: observer.wrapPorts });
/** More than what streams keep in memory. */
const LONG = 600;

/** Says `count` things in `executionId`, by so many writers at once; `said` is how many are stored so far. */
function write(executionId: string, count: number, writers: number) {
  const progress = { said: 0 };
  const each = range(1, count / writers).map((n) => `message ${n}`);
  const done = Promise.all(
    range(1, writers).map(async () => {
      for (const text of each) {
        await sayMany(running.app, executionId, [text]);
        progress.said++;
      }
    }),
  );
  return { progress, done };
}

test('catches up and goes on live without gap or repeat while four writers write', async () => {
  const { app } = running;
  const { executionId } = await flow(app).start();
  const { progress, done } = write(executionId, 300, 4);
  const streams: { stream: Subscription; afterSeq: number }[] = [];
  for (const [said, afterSeq] of [
    [0, 0],
    [40, 0],
    [100, 90],
    [170, 3],
    [260, 250],
  ] as const) {
    await until(`${said} are said`, () => progress.said >= said);
    streams.push({ stream: app.subscribe(MESSAGES, { executionId, afterSeq }), afterSeq });
  }
  const taken = streams.map(({ stream, afterSeq }) => takeSeqs(stream, 300 - afterSeq, 20_000));
  await done;
  for (const [index, { stream, afterSeq }] of streams.entries()) {
    expect(await taken[index]).toEqual(range(afterSeq + 1, 300));
    await stream.silence(20);
    stream.stop();
  }
});

test('streams a conversation longer than what is kept in memory whole to who joins late', async () => {
  const { app } = running;
  const { start, vote } = flow(app);
  const { executionId } = await start({ totalAgents: 1 });
  const early = app.subscribe(MESSAGES, { executionId });
  await write(executionId, LONG, 4).done;
  expect(await takeSeqs(early, LONG)).toEqual(range(1, LONG));

  // The feed is held by the early one: these are behind what it keeps in memory by different amounts.
  const late = [0, 1, 99, 100, 250, 344, 345, 599].map((afterSeq) => ({
    afterSeq,
    stream: app.subscribe(MESSAGES, { executionId, afterSeq }),
  }));
  for (const { afterSeq, stream } of late) {
    expect(await takeSeqs(stream, LONG - afterSeq)).toEqual(range(afterSeq + 1, LONG));
  }
  await vote(executionId, 'solo', { action: 'HOLD', confidence: 50 });
  for (const stream of [early, ...late.map(({ stream }) => stream)]) {
    expect(await takeSeqs(stream, 2)).toEqual([LONG + 1, LONG + 2]);
    await stream.ended();
  }
  // Nobody holds the feed any more: a new one keeps nothing in memory at first.
  await until('the feed is let go', () => observer.listeners === 0);
  const afterwards = app.subscribe(MESSAGES, { executionId });
  expect(await takeSeqs(afterwards, LONG + 2)).toEqual(range(1, LONG + 2));
  await afterwards.ended();
}, 120_000);
