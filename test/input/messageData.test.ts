import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { flow, messageInput } from '../support/scenario.js';
import { useOpenConversation } from './openConversation.js';
import { invalid, nested, REFUSED_JSON, storingNothing } from './refusals.js';

const running = useApp();
const conversation = useOpenConversation(running);
const { expectRefused } = conversation;

test.each(REFUSED_JSON)('refuses data with %s', (_, data, rule, path = []) =>
  expectRefused(messageInput(conversation.open.executionId, { content: { text: 'Up.', data } }), [
    invalid(['content.data', ...path].join('.'), `Expected \`content.data\` ${rule}.`),
  ]),
);

test('refuses data with a number that is not finite written into the document', async () => {
  const query = `mutation { addMessage(input: {
    executionId: "${conversation.open.executionId}", agentName: "analyst", agentRole: "analysis", messageType: ANALYSIS,
    content: { text: "Up.", data: { rsi: 1e309 } }
  }) { message { id } userErrors { code message field } } }`;
  const text = 'Expected `content.data` to hold finite numbers only, got Infinity at ["rsi"].';
  expect(await storingNothing(running.app, conversation.open, () => running.app.data(query))).toEqual({
    addMessage: { message: null, userErrors: [invalid('content.data.rsi', text)] },
  });
});

test('takes data of 12 levels', async () => {
  const { start, say } = flow(running.app);
  const { executionId } = await start();
  const { userErrors } = await say(executionId, { content: { text: 'Deep.', data: nested(12) } });
  expect(userErrors).toEqual([]);
  const { conversation } = await running.app.data(
    'query Q($id: ID!) { conversation(executionId: $id) { messages { edges { node { content { data } } } } } }',
    { id: executionId },
  );
  expect(conversation.messages.edges).toEqual([{ node: { content: { data: nested(12) } } }]);
});

test('gives back unaltered whatever else JSON may hold', async () => {
  const data = {
    hasOwnProperty: 1,
    toString: 'text',
    toJSON: true,
    toBSON: {},
    valueOf: null,
    length: -1,
    _id: 'mine',
    id: '0123456789abcdef01234567',
    '': 'no name',
    'a b': [[], {}, null, '', 'NUL \0 inside', '2025-11-22T13:09:00.000Z'],
    numbers: [0, -1, 0.1, 1e20, 1e-300, 2_147_483_648, 9_007_199_254_740_991, 1.7976931348623157e308],
    7: 'before its neighbours',
    π: '💡',
  };
  const { start, say } = flow(running.app);
  const { executionId } = await start();
  expect((await say(executionId, { content: { text: 'Odd.', data } })).userErrors).toEqual([]);
  const { conversation } = await running.app.data(
    'query Q($id: ID!) { conversation(executionId: $id) { messages { edges { node { content { data } } } } } }',
    { id: executionId },
  );
  expect(conversation.messages.edges).toEqual([{ node: { content: { data } } }]);
});
