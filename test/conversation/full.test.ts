import { expect, test } from '@jest/globals';
import { ObjectId } from 'mongodb';
import { startTestApp, testDatabase } from '../support/app.js';
import { ADD, flow, messageInput } from '../support/scenario.js';

const { name, collection } = testDatabase();

const NO_ROOM =
  'Expected room for one more message, got none until older ones are moved out of the conversation’s document: send it again later with the same `idempotencyKey`.';

test('a message refused for want of room is taken when it is sent again after older ones were moved out', async () => {
  const app = await startTestApp(name);
  try {
    const { executionId } = await flow(app).start();
    await flow(app).say(executionId);
    // Real messages of 8 MiB take a minute to write: the document says that it has them, and none can be moved out.
    const sized = (head_bytes: number) =>
      collection('ai_conversations').updateOne(
        { execution_id: new ObjectId(executionId) },
        { $set: { head_bytes } },
      );
    await sized(8 * 1024 * 1024);
    const input = messageInput(executionId, { idempotencyKey: 'again' });
    for (let i = 0; i < 2; i++) {
      expect((await app.data(ADD, { input })).addMessage).toMatchObject({
        message: null,
        userErrors: [{ code: 'CONVERSATION_FULL', message: NO_ROOM, field: null }],
      });
    }
    await sized(1024);
    expect((await app.data(ADD, { input })).addMessage).toMatchObject({
      message: { seq: 2 },
      duplicate: false,
      userErrors: [],
    });
  } finally {
    await app.stop();
  }
});
