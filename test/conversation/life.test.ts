import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { ADD, ballotInput, flow, messageInput, START, startInput } from '../support/scenario.js';
import { stateOf } from './read.js';

const running = useApp();

const OUTCOME = /* GraphQL */ `
  mutation Outcome($input: RecordOutcomeInput!) {
    recordOutcome(input: $input) {
      userErrors { code message field }
      conversation { executionId status outcome { executed action reasoning timestamp } }
    }
  }
`;

const recordOutcome = async (input: Record<string, unknown>) =>
  (await running.app.data(OUTCOME, { input })).recordOutcome;

test('status and action follow the life of a conversation', async () => {
  const { start, say, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 2, phase: 'RISK_CHECK' });
  const context = { symbol: 'SPX', action: 'ANALYZING', phase: 'RISK_CHECK' };
  const begun = { status: 'IN_PROGRESS', lastSeq: 0, context, outcome: null };
  expect(await stateOf(running.app, executionId)).toEqual(begun);
  await say(executionId, { messageType: 'DECISION' });
  expect(await stateOf(running.app, executionId)).toEqual({ ...begun, lastSeq: 1 });
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  await say(executionId, { phase: 'TRADE_DECISION' });
  expect(await stateOf(running.app, executionId)).toEqual({
    status: 'VOTING',
    lastSeq: 3,
    context: { symbol: 'SPX', action: 'VOTING', phase: 'TRADE_DECISION' },
    outcome: null,
  });
  const last = await vote(executionId, 'b', { abstention: 'NO_DATA' });
  expect(last.conversation).toEqual({ status: 'COMPLETED', lastSeq: 5 });
  expect(await stateOf(running.app, executionId)).toEqual({
    status: 'COMPLETED',
    lastSeq: 5,
    context: { symbol: 'SPX', action: 'EXECUTING', phase: 'TRADE_DECISION' },
    outcome: null,
  });
});

test('starting again with the same values, the roster in another order, is the same conversation', async () => {
  const input = startInput({ agents: [{ agentName: 'a', weight: 2 }, { agentName: 'b' }] });
  const { startConversation: first } = await running.app.data(START, { input });
  expect(first).toEqual({
    duplicate: false,
    userErrors: [],
    conversation: {
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      executionId: input.executionId,
      status: 'IN_PROGRESS',
      lastSeq: 0,
    },
  });
  const reordered = { ...input, agents: [{ agentName: 'b' }, { agentName: 'a', weight: 2 }] };
  const { startConversation: again } = await running.app.data(START, { input: reordered });
  expect(again).toEqual({ ...first, duplicate: true });
  const { startConversation: other } = await running.app.data(START, { input: { ...input, symbol: 'NDX' } });
  expect(other).toEqual({
    ...first,
    userErrors: [
      {
        code: 'CONFLICT',
        message: `Expected the values this execution was started with, got others for "${input.executionId}".`,
        field: null,
      },
    ],
  });
});

test('one execution started many times at once has one conversation', async () => {
  const variables = { input: startInput() };
  const answers = await Promise.all(Array.from({ length: 20 }, () => running.app.data(START, variables)));
  const payloads = answers.map(({ startConversation }) => startConversation);
  expect(payloads.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  expect(new Set(payloads.map(({ conversation }) => conversation.id)).size).toBe(1);
});

test('the outcome is recorded once, after the vote', async () => {
  const { start, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 1 });
  const input = { executionId, executed: true, action: 'BUY', reasoning: 'As the swarm said.' };
  expect(await recordOutcome(input)).toEqual({
    conversation: null,
    userErrors: [
      {
        code: 'VOTING_OPEN',
        message: 'Expected a complete vote, got one that is IN_PROGRESS.',
        field: ['input', 'executionId'],
      },
    ],
  });
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  const recorded = await recordOutcome(input);
  expect(recorded).toEqual({
    userErrors: [],
    conversation: {
      executionId,
      status: 'COMPLETED',
      outcome: {
        executed: true,
        action: 'BUY',
        reasoning: 'As the swarm said.',
        timestamp: expect.any(String),
      },
    },
  });
  expect(await recordOutcome(input)).toEqual(recorded);
  expect(await recordOutcome({ ...input, action: 'HOLD', executed: false })).toEqual({
    ...recorded,
    userErrors: [
      {
        code: 'CONFLICT',
        message: 'Expected the outcome recorded before (executed, BUY), got not executed, HOLD.',
        field: null,
      },
    ],
  });
  expect(await recordOutcome({ ...input, executionId: id() })).toMatchObject({
    conversation: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['input', 'executionId'] }],
  });
});

test('different outcomes at once: one is recorded, the others conflict', async () => {
  const { start, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 1 });
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  const reasons = Array.from({ length: 8 }, (_, i) => `Reason ${i}.`);
  const answers = await Promise.all(
    reasons.map((reasoning) => recordOutcome({ executionId, executed: true, action: 'BUY', reasoning })),
  );
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  expect(new Set(answers.map(({ conversation }) => conversation.outcome.reasoning)).size).toBe(1);
});

test('a whole conversation goes over the WebSocket, its last ballot too', async () => {
  const socket = async (query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await running.app.sendOverSocket(query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const input = startInput({ totalAgents: 2 });
  const { executionId } = input;
  const { startConversation } = await socket(START, { input });
  expect(startConversation).toMatchObject({ duplicate: false, userErrors: [] });
  await socket(ADD, { input: messageInput(executionId) });
  await socket(ADD, { input: ballotInput(executionId, 'a', { action: 'BUY', confidence: 80 }) });
  const last = await socket(ADD, {
    input: ballotInput(executionId, 'b', { action: 'BUY', confidence: 60 }),
  });
  expect(last.addMessage).toMatchObject({
    duplicate: false,
    userErrors: [],
    message: { seq: 3, agentName: 'b', vote: { action: 'BUY', confidence: 60, weight: 1, abstention: null } },
    conversation: { status: 'COMPLETED', lastSeq: 4 },
  });
  const { conversation } = await socket(
    /* GraphQL */ `
      query End($executionId: ID!) {
        conversation(executionId: $executionId) {
          messages(last: 1) { edges { node { seq agentName messageType } } }
          swarmVote { consensus { action confidence agreement isUnanimous reason } }
        }
      }
    `,
    { executionId },
  );
  expect(conversation).toEqual({
    messages: { edges: [{ node: { seq: 4, agentName: 'swarm', messageType: 'DECISION' } }] },
    swarmVote: {
      consensus: { action: 'BUY', confidence: 74, agreement: 100, isUnanimous: true, reason: 'EVIDENCE' },
    },
  });
});

test('an execution is the same one in capitals', async () => {
  const input = startInput({ totalAgents: 1 });
  const capitals = input.executionId.toUpperCase();
  const { startConversation: first } = await running.app.data(START, { input });
  const again = await running.app.data(START, { input: { ...input, executionId: capitals } });
  expect(again.startConversation).toEqual({ ...first, duplicate: true });
  const { say } = flow(running.app);
  const said = await say(capitals, { idempotencyKey: 'k' });
  expect(said).toMatchObject({ duplicate: false, conversation: { status: 'IN_PROGRESS', lastSeq: 1 } });
  expect(await say(input.executionId, { idempotencyKey: 'k' })).toEqual({ ...said, duplicate: true });
});
