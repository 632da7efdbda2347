import { expect, test } from '@jest/globals';
import { type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { crashPoints, createDoomedApps } from '../support/crash.js';
import { until } from '../support/until.js';
import { ADD, ballotInput, flow, START, startInput } from '../support/scenario.js';

const database = testDatabase();
const startDoomedApp = createDoomedApps();

const END = /* GraphQL */ `
  query End($executionId: ID!, $userNodeId: ID!) {
    conversation(executionId: $executionId) {
      status
      lastSeq
      messages { edges { node { seq agentName messageType } } }
      swarmVote { consensus { action confidence agreement isUnanimous reason } }
    }
    decisions(userNodeId: $userNodeId) {
      edges {
        node { revision decision { type action symbol confidence } conversation { executionId } }
      }
    }
  }
`;

/** In the order in which a vote with two agents writes them, its last ballot first. */
const WRITES = [
  { store: 'conversations', write: 'append', nth: 2 },
  { store: 'nodes', write: 'takeNumber', nth: 1 },
  { store: 'conversations', write: 'complete', nth: 1 },
  { store: 'decisions', write: 'insert', nth: 1 },
  { store: 'conversations', write: 'clearPending', nth: 1 },
] as const;

test.each(crashPoints(WRITES))('a vote survives a server that dies %s', async (name, point) => {
  const doomed = await startDoomedApp(database.name, point);
  const start = startInput({ totalAgents: 2 });
  const { executionId, userNodeId } = start;
  await doomed.client.data(START, { input: start });
  const vote = (agent: string, confidence: number) => ({
    input: ballotInput(
      executionId,
      agent,
      { action: 'BUY', confidence },
      { idempotencyKey: `vote-${agent}` },
    ),
  });
  await doomed.client.data(ADD, vote('a', 80));
  const lastBallot = vote('b', 60);
  await doomed.diesDuring((client) => client.data(ADD, lastBallot));

  const app = await startTestApp(database.name, { sweepMs: 20 });
  try {
    const isStored = name !== 'before conversations.append';
    if (isStored) await completesByItself(app, executionId);
    const retried = await flow(app).vote(
      executionId,
      'b',
      { action: 'BUY', confidence: 60 },
      { idempotencyKey: 'vote-b' },
    );
    expect(retried).toMatchObject({
      duplicate: isStored,
      userErrors: [],
      message: { seq: 2 },
      conversation: { status: 'COMPLETED', lastSeq: 3 },
    });
    await until('no decision is pending', async () => (await pending()) === 0);
    expect(await app.data(END, { executionId, userNodeId })).toEqual(completedOnce(executionId));
  } finally {
    await app.stop();
  }
});

const pending = () => database.collection('ai_conversations').countDocuments({ decision_pending: true });

/** Without asking for the decision: that would log it where the sweep had not. */
const completesByItself = (app: RunningApp, executionId: string) =>
  until('the vote completes by itself, its decision logged', async () => {
    const { conversation } = await app.data(
      'query Status($executionId: ID!) { conversation(executionId: $executionId) { status } }',
      { executionId },
    );
    return conversation.status === 'COMPLETED' && (await pending()) === 0;
  });

const completedOnce = (executionId: string) => ({
  conversation: {
    status: 'COMPLETED',
    lastSeq: 3,
    messages: {
      edges: [
        { node: { seq: 1, agentName: 'a', messageType: 'VOTE' } },
        { node: { seq: 2, agentName: 'b', messageType: 'VOTE' } },
        { node: { seq: 3, agentName: 'swarm', messageType: 'DECISION' } },
      ],
    },
    swarmVote: {
      consensus: { action: 'BUY', confidence: 74, agreement: 100, isUnanimous: true, reason: 'EVIDENCE' },
    },
  },
  decisions: {
    edges: [
      {
        node: {
          revision: 0,
          decision: { type: 'TRADE', action: 'BUY', symbol: 'SPX', confidence: 74 },
          conversation: { executionId },
        },
      },
    ],
  },
});
