import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { flow, messageInput } from '../support/scenario.js';
import { useOpenConversation } from './openConversation.js';
import {
  BAD_IDS,
  BAD_KEYS,
  BAD_NAMES,
  badId,
  invalid,
  jsonOfBytes,
  shortened,
  storingNothing,
  type UserError,
} from './refusals.js';

const running = useApp();
const conversation = useOpenConversation(running);
const { add, expectRefused } = conversation;
const buy = { action: 'BUY', confidence: 70 };
const x = (count: number) => 'x'.repeat(count);

test.each<[string, Record<string, unknown>, UserError]>([
  ...BAD_NAMES.map(([what, name, rule]): [string, Record<string, unknown>, UserError] => [
    `an agent name ${what}`,
    { agentName: name },
    invalid('agentName', `Expected \`agentName\` ${rule}.`),
  ]),
  ...['swarm', 'Swarm', 'SWARM', 'ｓｗａｒｍ', 'ſwarm'].map(
    (name): [string, Record<string, unknown>, UserError] => [
      `the reserved name ${name}`,
      { agentName: name },
      invalid(
        'agentName',
        `Expected \`agentName\` to be another name than the reserved \`swarm\`, got "${name}".`,
      ),
    ],
  ),
  [
    'a role of 65 characters',
    { agentRole: x(65) },
    invalid('agentRole', `Expected \`agentRole\` to have 1 to 64 characters, got 65: "${x(65)}".`),
  ],
  [
    'an empty role',
    { agentRole: '' },
    invalid('agentRole', 'Expected `agentRole` to have 1 to 64 characters, got 0: "".'),
  ],
  [
    'a model of 65 characters',
    { aiModel: x(65) },
    invalid('aiModel', `Expected \`aiModel\` to have at most 64 characters, got 65: "${x(65)}".`),
  ],
  [
    'a prompt version of 65 characters',
    { promptVersion: x(65) },
    invalid('promptVersion', `Expected \`promptVersion\` to have at most 64 characters, got 65: "${x(65)}".`),
  ],
  ...BAD_KEYS,
  [
    'an empty text',
    { content: { text: '' } },
    invalid('content.text', 'Expected `content.text` to have 1 to 32,768 bytes of UTF-8, got 0: "".'),
  ],
  [
    'a text of 16,385 characters of two bytes',
    { content: { text: 'é'.repeat(16_385) } },
    invalid(
      'content.text',
      `Expected \`content.text\` to have 1 to 32,768 bytes of UTF-8, got 32,770: ${shortened('é'.repeat(16_385))}.`,
    ),
  ],
  [
    'a text with half a character',
    { content: { text: 'up \ud83d' } },
    invalid(
      'content.text',
      'Expected `content.text` to be well-formed Unicode, got a lone surrogate in "up \\ud83d".',
    ),
  ],
  ...[-1, 101].map((confidence): [string, Record<string, unknown>, UserError] => [
    `a confidence of ${confidence}`,
    { content: { text: 'Up.', confidence } },
    invalid('content.confidence', `Expected \`content.confidence\` from 0 to 100, got ${confidence}.`),
  ]),
  ...['red', '#fff', '#12345g', '1a7f37', '#1a7f37ff', ''].map(
    (color): [string, Record<string, unknown>, UserError] => [
      `the color ${JSON.stringify(color)}`,
      { ui: { color } },
      invalid('ui.color', `Expected \`ui.color\` to be \`#rrggbb\`, got ${JSON.stringify(color)}.`),
    ],
  ),
  [
    'an icon of 33 characters',
    { ui: { icon: x(33) } },
    invalid('ui.icon', `Expected \`ui.icon\` to have at most 32 characters, got 33: "${x(33)}".`),
  ],
  ...[-1, 0].map((replyToSeq): [string, Record<string, unknown>, UserError] => [
    `an answer to message ${replyToSeq}`,
    { replyToSeq },
    invalid('replyToSeq', `Expected \`replyToSeq\` from 1 to 2,147,483,647, got ${replyToSeq}.`),
  ]),
  [
    'an answer to a message that is not there',
    { replyToSeq: 2 },
    invalid('replyToSeq', 'Expected `replyToSeq` of a message there is, 1 to 1, got 2.'),
  ],
  [
    'a VOTE without a ballot',
    { messageType: 'VOTE' },
    invalid('vote', 'Expected a `vote` on a message of type VOTE, got none.'),
  ],
  ...['THOUGHT', 'ANALYSIS', 'DECISION'].map((messageType): [string, Record<string, unknown>, UserError] => [
    `a ballot on a message of type ${messageType}`,
    { messageType, vote: buy },
    invalid('vote', `Expected a \`vote\` on messages of type VOTE only, got one on ${messageType}.`),
  ]),
])('refuses a message with %s', (_, input, fault) =>
  expectRefused(messageInput(conversation.open.executionId, input), [fault]),
);

test.each(BAD_IDS)('refuses an execution id of %s, and shows no conversation', async (_, executionId) => {
  expect(await storingNothing(running.app, conversation.open, () => add(messageInput(executionId)))).toEqual({
    addMessage: {
      duplicate: false,
      userErrors: [invalid('executionId', badId('executionId', executionId))],
      message: null,
      conversation: null,
    },
  });
});

test('refuses a message to an execution that has no conversation', async () => {
  const executionId = id();
  expect(await add(messageInput(executionId))).toEqual({
    addMessage: {
      duplicate: false,
      userErrors: [
        {
          code: 'NOT_FOUND',
          message: `Expected an execution with a conversation, got "${executionId}".`,
          field: ['input', 'executionId'],
        },
      ],
      message: null,
      conversation: null,
    },
  });
  expect(
    await running.app.data('query Q($id: ID!) { conversation(executionId: $id) { id } }', {
      id: executionId,
    }),
  ).toEqual({
    conversation: null,
  });
});

test('names every fault of a message at once', () =>
  expectRefused(
    {
      executionId: conversation.open.executionId,
      idempotencyKey: '',
      agentName: 'Swarm',
      agentRole: '',
      aiModel: x(65),
      messageType: 'ANALYSIS',
      content: { text: '', confidence: 101, data: { $where: '\ud83d' } },
      vote: { action: 'BUY', weight: 101, abstention: 'NO_DATA' },
      ui: { color: 'red', icon: x(33) },
    },
    [
      invalid('idempotencyKey', 'Expected `idempotencyKey` to have 1 to 128 characters, got 0: "".'),
      invalid('agentName', 'Expected `agentName` to be another name than the reserved `swarm`, got "Swarm".'),
      invalid('agentRole', 'Expected `agentRole` to have 1 to 64 characters, got 0: "".'),
      invalid('aiModel', `Expected \`aiModel\` to have at most 64 characters, got 65: "${x(65)}".`),
      invalid('content.text', 'Expected `content.text` to have 1 to 32,768 bytes of UTF-8, got 0: "".'),
      invalid('content.confidence', 'Expected `content.confidence` from 0 to 100, got 101.'),
      invalid(
        'content.data.$where',
        'Expected `content.data` to be well-formed Unicode, got a lone surrogate in "\\ud83d" at ["$where"].',
      ),
      invalid('ui.icon', `Expected \`ui.icon\` to have at most 32 characters, got 33: "${x(33)}".`),
      invalid('ui.color', 'Expected `ui.color` to be `#rrggbb`, got "red".'),
      invalid('vote', 'Expected a `vote` on messages of type VOTE only, got one on ANALYSIS.'),
      invalid('vote.weight', 'Expected `vote.weight` from 0 to 100, got 101.'),
      invalid('vote.abstention', 'Expected `vote.action` or `vote.abstention`, got both: BUY and NO_DATA.'),
      invalid('vote.confidence', 'Expected `vote.confidence` from 0 to 100 with `vote.action`, got none.'),
    ],
  ));

test('takes the largest message there may be, and gives it back unaltered', async () => {
  const { start } = flow(running.app);
  const { executionId } = await start();
  const data = jsonOfBytes(65_536);
  const input = {
    executionId,
    idempotencyKey: '💡'.repeat(128),
    agentName: x(64),
    agentRole: '💡'.repeat(64),
    aiModel: x(64),
    promptVersion: x(64),
    messageType: 'VOTE',
    content: { text: 'é'.repeat(16_384), confidence: 100, data },
    vote: { action: 'HOLD', confidence: 0, weight: 100 },
    ui: { icon: x(32), color: '#1A7f37' },
  };
  const query = `mutation Add($input: AddMessageInput!) { addMessage(input: $input) {
    userErrors { message }
    message {
      agentName agentRole aiModel promptVersion messageType content { text confidence data }
      vote { action confidence weight } ui { icon color }
    }
  } }`;
  const { executionId: _, idempotencyKey: __, ...message } = input;
  expect(await running.app.data(query, { input })).toEqual({ addMessage: { userErrors: [], message } });
});
