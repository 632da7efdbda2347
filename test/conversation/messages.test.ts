import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { flow, messageInput } from '../support/scenario.js';
import { MESSAGE_FIELDS, stateOf } from './read.js';

const running = useApp();

const LOG = `query Log($executionId: ID!) {
  conversation(executionId: $executionId) { messages { edges { node { ${MESSAGE_FIELDS} } } } }
}`;

const logOf = async (executionId: string) =>
  (await running.app.data(LOG, { executionId })).conversation.messages.edges.map(
    (edge: { node: object }) => edge.node,
  );

test('numbers messages from 1, keeps what they say, moves the phase and knows what they answer', async () => {
  const { start, say } = flow(running.app);
  const { executionId } = await start();
  expect(await logOf(executionId)).toEqual([]);
  await say(executionId);
  await say(executionId, {
    agentName: 'risk',
    agentRole: 'risk',
    messageType: 'THOUGHT',
    phase: 'RISK_CHECK',
    replyToSeq: 1,
    content: {
      text: 'Too <b>steep</b>. 🌊',
      confidence: 61,
      sentiment: 'BEARISH',
      data: { atr: [1.5, null] },
    },
  });
  await say(executionId, { messageType: 'DECISION' });
  await say(executionId, { phase: 'MARKET_ANALYSIS', replyToSeq: 3 });

  const analyst = { agentName: 'analyst', agentRole: 'analysis', replyToSeq: null };
  const content = { text: 'The trend is up.', confidence: null, sentiment: null, data: null };
  expect(await logOf(executionId)).toEqual([
    { seq: 1, ...analyst, messageType: 'ANALYSIS', phase: 'MARKET_ANALYSIS', content },
    {
      seq: 2,
      agentName: 'risk',
      agentRole: 'risk',
      messageType: 'THOUGHT',
      phase: 'RISK_CHECK',
      replyToSeq: 1,
      content: {
        text: 'Too <b>steep</b>. 🌊',
        confidence: 61,
        sentiment: 'BEARISH',
        data: { atr: [1.5, null] },
      },
    },
    { seq: 3, ...analyst, messageType: 'DECISION', phase: 'RISK_CHECK', content },
    { seq: 4, ...analyst, replyToSeq: 3, messageType: 'ANALYSIS', phase: 'MARKET_ANALYSIS', content },
  ]);
});

test('messages of many agents at once are numbered without a gap', async () => {
  const { start, say } = flow(running.app);
  const { executionId } = await start();
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, i) => say(executionId, { agentName: `agent-${i % 7}` })),
  );
  const seqs = answers.map(({ message }) => message.seq).sort((a, b) => a - b);
  expect(seqs).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  expect((await logOf(executionId)).map(({ seq }: { seq: number }) => seq)).toEqual(seqs);
});

test('a message that answers one not yet there is refused and not stored', async () => {
  const { start, say } = flow(running.app);
  const { executionId } = await start();
  await say(executionId);
  expect(await say(executionId, { replyToSeq: 2 })).toEqual({
    duplicate: false,
    message: null,
    conversation: { status: 'IN_PROGRESS', lastSeq: 1 },
    userErrors: [
      {
        code: 'INVALID',
        message: 'Expected `replyToSeq` of a message there is, 1 to 1, got 2.',
        field: ['input', 'replyToSeq'],
      },
    ],
  });
  expect(await stateOf(running.app, executionId)).toMatchObject({ lastSeq: 1 });
});

test('100 equal retries at once store one message, and all get it', async () => {
  const { start, say } = flow(running.app);
  const { executionId } = await start();
  const input = { idempotencyKey: 'thought-1' };
  const answers = await Promise.all(Array.from({ length: 100 }, () => say(executionId, input)));
  // None, where the first had to be asked again itself.
  expect(answers.filter(({ duplicate }) => !duplicate).length).toBeLessThanOrEqual(1);
  for (const { userErrors, message } of answers) {
    expect({ userErrors, message }).toEqual({ userErrors: [], message: answers[0].message });
  }
  expect(await stateOf(running.app, executionId)).toMatchObject({ lastSeq: 1 });
});

test('a key with other content is a conflict and answers what is stored', async () => {
  const { start, say } = flow(running.app);
  const { executionId } = await start();
  const first = await say(executionId, { idempotencyKey: 'k' });
  expect(await say(executionId, { idempotencyKey: 'k', content: { text: 'Other words.' } })).toEqual({
    ...first,
    userErrors: [
      {
        code: 'CONFLICT',
        message: 'Expected what was stored under this `idempotencyKey`, got other content for "k".',
        field: ['input', 'idempotencyKey'],
      },
    ],
  });
});

test('a stored key answers its message for ever, a refused attempt does not use its key up', async () => {
  const { start, say, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 1 });
  expect((await say(executionId, { idempotencyKey: 'k', replyToSeq: 9 })).message).toBeNull();
  const first = await say(executionId, { idempotencyKey: 'k' });
  expect(first).toMatchObject({ duplicate: false, userErrors: [], message: { seq: 1 } });
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  const completed = { status: 'COMPLETED', lastSeq: 3 };
  const again = await say(executionId, { idempotencyKey: 'k' });
  expect(again).toEqual({ ...first, duplicate: true, conversation: completed });
  expect(await say(executionId, { idempotencyKey: 'new' })).toEqual({
    duplicate: false,
    message: null,
    conversation: completed,
    userErrors: [
      {
        code: 'VOTING_CLOSED',
        message:
          'Expected an open vote, got one completed with message 3. A start with `keepLate: true` keeps what comes later.',
        field: null,
      },
    ],
  });
});

test('a message for an execution that was never started is refused', async () => {
  const { executionId } = messageInput('0123456789abcdef01234567');
  expect(await flow(running.app).say(executionId)).toEqual({
    duplicate: false,
    message: null,
    conversation: null,
    userErrors: [
      {
        code: 'NOT_FOUND',
        message: `Expected an execution with a conversation, got "${executionId}".`,
        field: ['input', 'executionId'],
      },
    ],
  });
});
