import { expect, test } from '@jest/globals';
import { MESSAGES, range, takeSeqs } from '../events/operations.js';
import { id, testDatabase, startTestApp } from '../support/app.js';
import { until } from '../support/until.js';
import { ADD, flow, messageInput } from '../support/scenario.js';
import { closed, readOf } from './read.js';

const { name, collection } = testDatabase();

test('late messages leave the head of a long conversation as others do, each found by its key and by its seq', async () => {
  const app = await startTestApp(name);
  try {
    const { executionId } = await closed(app, { keepLate: true });
    await flow(app).vote(executionId, 'c', { action: 'SELL', confidence: 60 });
    const first = messageInput(executionId, { idempotencyKey: id() });
    await app.data(ADD, { input: first });
    for (let seq = 6; seq <= 210; seq++)
      await flow(app).say(executionId, { content: { text: `Late ${seq}.` } });
    const paged = () => collection('ai_message_pages').countDocuments();
    await until('its older messages left the head', async () => (await paged()) >= 1);
    expect((await app.data(ADD, { input: first })).addMessage).toMatchObject({
      duplicate: true,
      message: { seq: 5 },
    });
    const stream = app.subscribe(MESSAGES, { executionId, afterSeq: 2 });
    expect(await takeSeqs(stream, 208)).toEqual(range(3, 210));
    await stream.ended();
    const then = await readOf(app, executionId, 4);
    expect(then).toMatchObject({ lastSeq: 4, swarmVote: { lateVotes: [{ agentName: 'c', seq: 4 }] } });
    expect(then.messages.edges.map(({ node }: any) => node.status)).toEqual([
      'IN_TIME',
      'IN_TIME',
      'IN_TIME',
      'LATE',
    ]);
  } finally {
    await app.stop();
  }
}, 120_000);
