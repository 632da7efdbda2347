import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AppOptions } from '../../src/app.js';
import { type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { withoutBus } from './observing.js';
import {
  CHANGED,
  COMPLETED,
  completeOne,
  MESSAGES,
  range,
  sayMany,
  takeLines,
  takeSeqs,
} from './operations.js';

/** A bus is its own process's; what the other does is heard of only by what the case leaves. */
const WAYS: [string, Partial<AppOptions>][] = [
  ['the change stream', { pollMs: 60_000 }],
  ['the poll, for their own writes too', { wrapPorts: withoutBus, pollMs: 50, watchChanges: false }],
];

describe.each(WAYS)('two servers on one database, woken by %s only', (_, options) => {
  const { name } = testDatabase();
  let here: RunningApp;
  let there: RunningApp;
  beforeAll(async () => {
    [here, there] = await Promise.all([startTestApp(name, options), startTestApp(name, options)]);
  });
  afterAll(() => Promise.all([here.stop(), there.stop()]));

  test('tell a subscriber of one what is said on the other', async () => {
    const { executionId } = await flow(there).start();
    await sayMany(there, executionId, ['one']);
    const stream = here.subscribe(MESSAGES, { executionId });
    expect(await takeLines(stream, 1)).toEqual(['1 one']);
    await sayMany(there, executionId, ['two']);
    expect(await takeLines(stream, 1)).toEqual(['2 two']);
    await sayMany(here, executionId, ['three']);
    expect(await takeLines(stream, 1)).toEqual(['3 three']);
    stream.stop();
  });

  test('take an afterSeq that the other has just given out', async () => {
    const { executionId } = await flow(there).start();
    const held = here.subscribe(MESSAGES, { executionId });
    for (const seq of range(1, 20)) {
      await sayMany(there, executionId, [`message ${seq}`]);
      const stream = here.subscribe(MESSAGES, { executionId, afterSeq: seq });
      await sayMany(there, executionId, []);
      stream.stop();
    }
    const last = here.subscribe(MESSAGES, { executionId, afterSeq: 20 });
    await sayMany(there, executionId, ['message 21']);
    expect(await takeLines(last, 1)).toEqual(['21 message 21']);
    expect(await takeSeqs(held, 21)).toEqual(range(1, 21));
    last.stop();
    held.stop();
  });

  test('tell both what both write at once, in the same order', async () => {
    const { executionId } = await flow(here).start();
    const streams = [here, there].map((app) => app.subscribe(MESSAGES, { executionId }));
    const texts = range(1, 25).map((n) => `message ${n}`);
    await Promise.all([here, there].map((app) => sayMany(app, executionId, texts)));
    const [ofHere, ofThere] = await Promise.all(streams.map((stream) => takeLines(stream, 50)));
    expect(ofHere).toEqual(ofThere);
    expect(ofHere?.map((line) => Number.parseInt(line, 10))).toEqual(range(1, 50));
    for (const stream of streams) stream.stop();
  });

  test('tell a subscriber of one which votes complete on the other', async () => {
    const all = here.subscribe(COMPLETED);
    await all.silence(100);
    const { executionId } = await flow(there).start({ totalAgents: 1 });
    const one = here.subscribe(COMPLETED, { executionId });
    const changed = here.subscribe(CHANGED, { executionId });
    expect((await changed.next()).conversationChanged.status).toBe('IN_PROGRESS');
    await flow(there).vote(executionId, 'solo', { action: 'BUY', confidence: 80 });
    for (const stream of [all, one]) {
      expect((await stream.next()).voteCompleted.conversation.executionId).toBe(executionId);
    }
    await one.ended();
    let status = '';
    while (status !== 'COMPLETED') status = (await changed.next()).conversationChanged.status;
    const other = await completeOne(there);
    expect((await all.next()).voteCompleted.conversation.executionId).toBe(other);
    all.stop();
    changed.stop();
  });
});
