import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { ADD, ballotInput, flow, messageInput } from '../support/scenario.js';
import { closed, readOf } from './read.js';

const running = useApp();
const send = async (input: Record<string, unknown>) => (await running.app.data(ADD, { input })).addMessage;

test('what is refused after the vote is counted on the conversation, each message once', async () => {
  const { executionId } = await closed(running.app);
  const before = await readOf(running.app, executionId);
  const nothing = { messages: 0, ballots: 0, agents: [], lastAt: null };
  expect(before).toMatchObject({ keepsLate: false, lateRefused: nothing });
  const ballot = ballotInput(executionId, 'c', { action: 'SELL', confidence: 90 }, { idempotencyKey: 'c-1' });
  const keyless = messageInput(executionId, { agentName: 'd' });
  for (let time = 0; time < 3; time++) {
    expect(await send(ballot)).toMatchObject({
      message: null,
      userErrors: [
        {
          code: 'VOTING_CLOSED',
          message:
            'Expected an open vote, got one completed with message 3. A start with `keepLate: true` keeps what comes later.',
        },
      ],
    });
    expect((await send(keyless)).userErrors[0].code).toBe('VOTING_CLOSED');
  }
  await Promise.all(Array.from({ length: 5 }, () => send({ ...ballot, idempotencyKey: 'c-2' })));
  const { lateRefused, ...rest } = await readOf(running.app, executionId);
  expect(lateRefused).toEqual({ messages: 3, ballots: 2, agents: ['c', 'd'], lastAt: expect.any(String) });
  expect({ ...rest, lateRefused: nothing }).toEqual(before);
});

test('a message of before the vote that is sent again is no late one', async () => {
  const { start, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 1 });
  const said = messageInput(executionId, { idempotencyKey: id() });
  await send(said);
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  expect(await send(said)).toMatchObject({ duplicate: true, userErrors: [], message: { seq: 1 } });
  expect((await readOf(running.app, executionId)).lateRefused.messages).toBe(0);
});
