import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';

const running = useApp();

const BRIEF = /* GraphQL */ `
  query Brief($userNodeId: ID!, $symbol: String!, $agentName: String) {
    decisionBrief(userNodeId: $userNodeId, symbol: $symbol, agentName: $agentName) { isEmpty }
  }
`;

test.each([
  [{ symbol: '' }, 'Expected `symbol` to have 1 to 64 characters, got 0: "".'],
  [{ symbol: 'x'.repeat(65) }, /^Expected `symbol` to have 1 to 64 characters, got 65: "x+/],
  [{ agentName: '' }, 'Expected `agentName` to have 1 to 64 characters, got "".'],
  [
    { agentName: 'two\nlines' },
    'Expected `agentName` to have no control, unseen or unassigned character such as U+000A, got "two\\nlines".',
  ],
  [{ agentName: 'Swarm' }, 'Expected `agentName` to be another name than the reserved `swarm`, got "Swarm".'],
  [{ userNodeId: 'x' }, 'Expected `userNodeId` to be 24 hex digits, got "x".'],
])('refuses %j', async (input, message) => {
  const { errors = [] } = await running.app.send(BRIEF, { userNodeId: id(), symbol: 'SPX', ...input });
  const told = typeof message === 'string' ? message : expect.stringMatching(message);
  expect(errors.map((error) => [error.message, error.extensions.code])).toEqual([[told, 'BAD_USER_INPUT']]);
});
