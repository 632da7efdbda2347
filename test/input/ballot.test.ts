import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { ballotInput, flow } from '../support/scenario.js';
import { useOpenConversation } from './openConversation.js';
import { invalid, storingNothing, type UserError } from './refusals.js';

const running = useApp();
const conversation = useOpenConversation(running);
const { add, expectRefused } = conversation;
const buy = { action: 'BUY', confidence: 70 };

test.each<[string, Record<string, unknown>, UserError]>([
  [
    'an action together with an abstention',
    { ...buy, abstention: 'NO_DATA' },
    invalid('vote.abstention', 'Expected `vote.action` or `vote.abstention`, got both: BUY and NO_DATA.'),
  ],
  [
    'neither an action nor an abstention',
    { weight: 1 },
    invalid('vote', 'Expected `vote.action` with `vote.confidence`, or `vote.abstention`, got neither.'),
  ],
  [
    'an action without a confidence',
    { action: 'SELL' },
    invalid('vote.confidence', 'Expected `vote.confidence` from 0 to 100 with `vote.action`, got none.'),
  ],
  [
    'a confidence with an abstention',
    { abstention: 'ABSTAINED', confidence: 50 },
    invalid('vote.confidence', 'Expected `vote.confidence` with `vote.action` only, got 50.'),
  ],
  ...[-1, 101].map((confidence): [string, Record<string, unknown>, UserError] => [
    `a confidence of ${confidence}`,
    { action: 'BUY', confidence },
    invalid('vote.confidence', `Expected \`vote.confidence\` from 0 to 100, got ${confidence}.`),
  ]),
  ...[-1, 101].map((weight): [string, Record<string, unknown>, UserError] => [
    `a weight of ${weight}`,
    { ...buy, weight },
    invalid('vote.weight', `Expected \`vote.weight\` from 0 to 100, got ${weight}.`),
  ]),
  [
    'another weight than the roster names',
    { ...buy, weight: 14 },
    invalid('vote.weight', 'Expected `vote.weight` to be 15 as named at the start, or left out, got 14.'),
  ],
])('refuses a ballot with %s', (_, vote, fault) =>
  expectRefused(ballotInput(conversation.open.executionId, 'risk', vote), [fault]),
);

test('refuses a ballot of an agent outside the roster, who may talk all the same', async () => {
  const { start, say } = flow(running.app);
  const started = await start({ agents: [{ agentName: 'analyst' }, { agentName: 'risk' }] });
  const ballot = ballotInput(started.executionId, 'stranger', buy);
  expect(await storingNothing(running.app, started, () => add(ballot))).toEqual({
    addMessage: {
      duplicate: false,
      userErrors: [
        {
          code: 'AGENT_NOT_ALLOWED',
          message: 'Expected a ballot of one of the 2 agents named at the start, got one of "stranger".',
          field: ['input', 'agentName'],
        },
      ],
      message: null,
      conversation: { status: 'IN_PROGRESS', lastSeq: 0 },
    },
  });
  const said = await say(started.executionId, { agentName: 'stranger' });
  expect(said.userErrors).toEqual([]);
  expect(said.message.seq).toBe(1);
});
