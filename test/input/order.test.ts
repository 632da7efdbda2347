import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { ADD, ballotInput, flow, messageInput } from '../support/scenario.js';
import { invalid, refusal, storingNothing } from './refusals.js';

const running = useApp();
const buy = { action: 'BUY', confidence: 70 };
const roster = { agents: [{ agentName: 'analyst' }, { agentName: 'risk', weight: 15 }] };

const add = async (input: Record<string, unknown>) => (await running.app.data(ADD, { input })).addMessage;

/** A vote of a roster of two that is complete, with a ballot stored under the key `k`. */
async function completed() {
  const { start, vote } = flow(running.app);
  const started = await start(roster);
  const ballot = ballotInput(started.executionId, 'analyst', buy, { idempotencyKey: 'k' });
  const { message } = await add(ballot);
  await vote(started.executionId, 'risk', { abstention: 'NO_DATA' });
  const conversation = { status: 'COMPLETED', lastSeq: 3 };
  return { started, executionId: started.executionId, ballot, message, conversation };
}

const closed = refusal(
  'VOTING_CLOSED',
  null,
  'Expected an open vote, got one completed with message 3. A start with `keepLate: true` keeps what comes later.',
);
const otherContent = refusal(
  'CONFLICT',
  'idempotencyKey',
  'Expected what was stored under this `idempotencyKey`, got other content for "k".',
);

test('says what is invalid in itself before it looks for the execution', async () => {
  const { userErrors } = await add(messageInput(id(), { content: { text: 'Up.', confidence: 101 } }));
  expect(userErrors).toEqual([
    invalid('content.confidence', 'Expected `content.confidence` from 0 to 100, got 101.'),
  ]);
});

test('says what is invalid in itself before it knows the key', async () => {
  const { started, ballot } = await completed();
  const answer = await storingNothing(running.app, started, () => add({ ...ballot, agentRole: '' }));
  expect(answer).toEqual({
    duplicate: false,
    message: null,
    conversation: { status: 'COMPLETED', lastSeq: 3 },
    userErrors: [invalid('agentRole', 'Expected `agentRole` to have 1 to 64 characters, got 0: "".')],
  });
});

test('knows a key after completion, by its content', async () => {
  const { started, ballot, message, conversation } = await completed();
  await storingNothing(running.app, started, async () => {
    expect(await add(ballot)).toEqual({ duplicate: true, userErrors: [], message, conversation });
    const other = { ...ballot, content: { text: 'Another vote.' } };
    expect(await add(other)).toEqual({ duplicate: false, userErrors: [otherContent], message, conversation });
  });
});

test.each<[string, Record<string, unknown>]>([
  ['text', { content: { text: 'Another vote.' } }],
  ['agent', { agentName: 'risk' }],
  ['role', { agentRole: 'other' }],
  ['ballot', { vote: { action: 'SELL', confidence: 70 } }],
  ['phase', { phase: 'RISK_CHECK' }],
  ['message it answers', { replyToSeq: 1 }],
  ['data', { content: { text: 'My vote.', data: { rsi: 70 } } }],
])('the same key with another %s is a conflict, and shows the stored message', async (_, other) => {
  const { start, say } = flow(running.app);
  const started = await start(roster);
  await say(started.executionId);
  const ballot = ballotInput(started.executionId, 'analyst', buy, { idempotencyKey: 'k' });
  const { message, conversation } = await add(ballot);
  expect(await storingNothing(running.app, started, () => add({ ...ballot, ...other }))).toEqual({
    duplicate: false,
    userErrors: [otherContent],
    message,
    conversation,
  });
});

test('says that a key is taken before it says that an agent may not vote', async () => {
  const { start } = flow(running.app);
  const started = await start(roster);
  const ballot = ballotInput(started.executionId, 'analyst', buy, { idempotencyKey: 'k' });
  await add(ballot);
  const { userErrors } = await storingNothing(running.app, started, () =>
    add({ ...ballot, agentName: 'stranger' }),
  );
  expect(userErrors).toEqual([otherContent]);
});

test('refuses every message and ballot after completion', async () => {
  const { started, executionId, conversation } = await completed();
  for (const input of [
    messageInput(executionId),
    ballotInput(executionId, 'analyst', buy),
    ballotInput(executionId, 'analyst', buy, { idempotencyKey: 'new' }),
    // Closed comes before whose ballot it is, and before the roster's weight.
    ballotInput(executionId, 'stranger', buy),
    ballotInput(executionId, 'risk', { ...buy, weight: 14 }, { replyToSeq: 99 }),
  ]) {
    expect(await storingNothing(running.app, started, () => add(input))).toEqual({
      duplicate: false,
      userErrors: [closed],
      message: null,
      conversation,
    });
  }
});

test('says that an agent may not vote before it looks at what it answers', async () => {
  const { start } = flow(running.app);
  const started = await start(roster);
  const ballot = ballotInput(started.executionId, 'stranger', buy, { replyToSeq: 99 });
  const { userErrors } = await storingNothing(running.app, started, () => add(ballot));
  expect(userErrors).toEqual([
    refusal(
      'AGENT_NOT_ALLOWED',
      'agentName',
      'Expected a ballot of one of the 2 agents named at the start, got one of "stranger".',
    ),
  ]);
});

test('names all that is invalid by what is stored', async () => {
  const { start, say } = flow(running.app);
  const started = await start(roster);
  await say(started.executionId);
  const ballot = ballotInput(started.executionId, 'risk', { ...buy, weight: 14 }, { replyToSeq: 99 });
  const { userErrors } = await storingNothing(running.app, started, () => add(ballot));
  expect(userErrors).toEqual([
    invalid('vote.weight', 'Expected `vote.weight` to be 15 as named at the start, or left out, got 14.'),
    invalid('replyToSeq', 'Expected `replyToSeq` of a message there is, 1 to 1, got 99.'),
  ]);
});

test('refuses an answer where there is no message yet', async () => {
  const started = await flow(running.app).start();
  const { userErrors } = await storingNothing(running.app, started, () =>
    add(messageInput(started.executionId, { replyToSeq: 1 })),
  );
  expect(userErrors).toEqual([
    invalid('replyToSeq', 'Expected `replyToSeq` of a message there is, none yet, got 1.'),
  ]);
});

test.each<[string, Record<string, unknown>]>([
  ['a fault of its own', { content: { text: '' } }],
  ['a message that is not there', { replyToSeq: 99 }],
  ['an agent that may not vote', { agentName: 'stranger' }],
  ['a weight other than the roster’s', { agentName: 'risk', vote: { ...buy, weight: 14 } }],
])('a message refused for %s does not use up its key', async (_, fault) => {
  const { start } = flow(running.app);
  const { executionId } = await start(roster);
  const ballot = ballotInput(executionId, 'analyst', buy, { idempotencyKey: 'k' });
  expect((await add({ ...ballot, ...fault })).userErrors).toHaveLength(1);
  const { duplicate, userErrors, message } = await add(ballot);
  expect({ duplicate, userErrors, seq: message.seq }).toEqual({ duplicate: false, userErrors: [], seq: 1 });
});

test('a key belongs to its conversation', async () => {
  const { start } = flow(running.app);
  for (const { executionId } of [await start(), await start()]) {
    const { duplicate, userErrors } = await add(messageInput(executionId, { idempotencyKey: 'k' }));
    expect({ duplicate, userErrors }).toEqual({ duplicate: false, userErrors: [] });
  }
});
