import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';

const running = useApp();

test('an id in capitals is the same id in every mutation, query and filter', async () => {
  const { start, vote } = flow(running.app);
  const userNodeId = id();
  const { executionId } = await start({ totalAgents: 1, userNodeId });
  await vote(executionId, 'bull', { action: 'BUY', confidence: 80 });
  const capitals = { execution: executionId.toUpperCase(), node: userNodeId.toUpperCase() };
  const found = await running.app.data(
    `query ($execution: ID!, $node: ID!) {
      conversation(executionId: $execution) { executionId userNodeId }
      conversations(filter: { userNodeId: $node }) { edges { node { executionId } } }
      agentPerformance(userNodeId: $node) { agentName }
      learningStats(userNodeId: $node) { userNodeId }
    }`,
    capitals,
  );
  expect(found).toEqual({
    conversation: { executionId, userNodeId },
    conversations: { edges: [{ node: { executionId } }] },
    agentPerformance: [],
    learningStats: { userNodeId },
  });
  const { closeVoting } = await running.app.data(
    `mutation ($execution: ID!) {
      closeVoting(input: { executionId: $execution }) { duplicate swarmVote { conversation { executionId } } }
    }`,
    { execution: capitals.execution },
  );
  expect(closeVoting).toEqual({ duplicate: true, swarmVote: { conversation: { executionId } } });
});

test('a refusal echoes an id that is none as it was given', async () => {
  const answer = await running.app.data(
    'mutation { closeVoting(input: { executionId: "ABC" }) { userErrors { message } } }',
    {},
  );
  expect(answer.closeVoting.userErrors).toEqual([
    { message: 'Expected `executionId` to be 24 hex digits, got "ABC".' },
  ]);
});
