import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { flow, messageInput } from '../support/scenario.js';

const running = useApp();

test('each of two mutations in one operation answers with the conversation as it left it', async () => {
  const { executionId } = await flow(running.app).start();
  const answer = await running.app.data(
    /* GraphQL */ `
      mutation Twice($input: AddMessageInput!) {
        first: addMessage(input: $input) {
          conversation { lastSeq messages { totalCount } }
        }
        second: addMessage(input: $input) {
          conversation { lastSeq messages { totalCount } }
        }
      }
    `,
    { input: messageInput(executionId) },
  );
  expect(answer).toEqual({
    first: { conversation: { lastSeq: 1, messages: { totalCount: 1 } } },
    second: { conversation: { lastSeq: 2, messages: { totalCount: 2 } } },
  });
});
