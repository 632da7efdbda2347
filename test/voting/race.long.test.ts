import { expect, test } from '@jest/globals';
import { startTestApp, testDatabase } from '../support/app.js';
import { flow } from '../support/scenario.js';

const ROUNDS = 200;
const AT_ONCE = 4;

const database = testDatabase();

const END = /* GraphQL */ `
  query End($executionId: ID!, $userNodeId: ID!) {
    conversation(executionId: $executionId) {
      status
      lastSeq
      messages { edges { node { seq agentName messageType } } }
      decision { id }
    }
    decisions(userNodeId: $userNodeId) { edges { node { id } } }
  }
`;

test('two last ballots at once, through two processes, complete the vote once', async () => {
  const apps = await Promise.all([startTestApp(database.name), startTestApp(database.name)] as const);
  try {
    const [left, right] = [flow(apps[0]), flow(apps[1])];
    const round = async (): Promise<void> => {
      const { executionId, userNodeId } = await left.start({ totalAgents: 2 });
      const answers = await Promise.all([
        left.vote(executionId, 'a', { action: 'BUY', confidence: 80 }),
        right.vote(executionId, 'b', { action: 'BUY', confidence: 60 }),
      ]);
      expect(answers.map(({ userErrors, duplicate }) => ({ userErrors, duplicate }))).toEqual([
        { userErrors: [], duplicate: false },
        { userErrors: [], duplicate: false },
      ]);
      const { conversation, decisions } = await apps[0].data(END, { executionId, userNodeId });
      const messages = conversation.messages.edges.map((edge: { node: object }) => edge.node);
      expect({ status: conversation.status, lastSeq: conversation.lastSeq, messages }).toEqual({
        status: 'COMPLETED',
        lastSeq: 3,
        messages: [
          { seq: 1, agentName: expect.stringMatching(/^[ab]$/), messageType: 'VOTE' },
          { seq: 2, agentName: expect.stringMatching(/^[ab]$/), messageType: 'VOTE' },
          { seq: 3, agentName: 'swarm', messageType: 'DECISION' },
        ],
      });
      expect(decisions.edges).toEqual([{ node: conversation.decision }]);
    };
    for (let done = 0; done < ROUNDS; done += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, round));
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
  }
}, 60_000);
