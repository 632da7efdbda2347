import { beforeAll, describe, expect, test } from '@jest/globals';
import { CLOSE, OUTCOME } from '../input/refusals.js';
import { id } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { BY_EXECUTION, BY_ID, past, useAsOf } from './asOf.js';

const running = useAsOf();
const { read } = running;

/** The conversation as it was read before anything was said, and after each of these. */
async function live(executionId: string, steps: readonly (() => Promise<{ userErrors: object[] }>)[]) {
  const seen = [await read(executionId)];
  for (const step of steps) {
    expect((await step()).userErrors).toEqual([]);
    seen.push(await read(executionId));
  }
  return seen;
}

/** Thoughts, ballots, a changed one, an abstention, advice and every phase; the last of them completes it. */
async function debate() {
  const { start, say, vote } = flow(running.app);
  const agents = [{ agentName: 'a', weight: 10 }, { agentName: 'b' }, { agentName: 'c' }, { agentName: 'd' }];
  const { executionId } = await start({ agents, phase: 'RISK_CHECK', votingTimeout: 3_600, timeout: 7_200 });
  const seen = await live(executionId, [
    () => say(executionId, { messageType: 'THOUGHT', phase: 'MARKET_ANALYSIS' }),
    () => vote(executionId, 'a', { action: 'BUY', confidence: 80 }),
    () => say(executionId, { replyToSeq: 2 }),
    () => vote(executionId, 'b', { action: 'SELL', confidence: 70, weight: 3 }),
    () => vote(executionId, 'a', { action: 'HOLD', confidence: 55 }, { phase: 'TRADE_DECISION' }),
    () => vote(executionId, 'c', { abstention: 'NO_DATA' }),
    () => say(executionId, { messageType: 'THOUGHT', phase: 'RISK_CHECK' }),
    () => vote(executionId, 'd', { action: 'BUY', confidence: 60, weight: 0 }),
  ]);
  const completed = seen.pop();
  return { executionId, seen, completed };
}

describe('a conversation as of one of its messages', () => {
  let debated: Awaited<ReturnType<typeof debate>>;
  beforeAll(async () => {
    debated = await debate();
  });

  test('is what was read right after that message, by either of its ids', async () => {
    const { executionId, seen } = debated;
    expect(seen.map(({ status, context }) => [status, context.action, context.phase])).toEqual([
      ['IN_PROGRESS', 'ANALYZING', 'RISK_CHECK'],
      ['IN_PROGRESS', 'ANALYZING', 'MARKET_ANALYSIS'],
      ...Array.from({ length: 3 }, () => ['VOTING', 'VOTING', 'MARKET_ANALYSIS']),
      ...Array.from({ length: 2 }, () => ['VOTING', 'VOTING', 'TRADE_DECISION']),
      ['VOTING', 'VOTING', 'RISK_CHECK'],
    ]);
    for (const [seq, then] of seen.entries()) {
      expect(await read(executionId, seq)).toEqual(past(then));
      expect(await read(then.id, seq, BY_ID)).toEqual(past(then));
    }
  });

  test('has every ballot and no consensus as of the last ballot, which completes it', async () => {
    const { executionId, completed } = debated;
    const { votes, results } = completed.swarmVote;
    const { timestamp } = completed.messages.edges[7].node;
    expect(completed).toMatchObject({ status: 'COMPLETED', lastSeq: 9 });
    const before = await read(executionId, 8);
    expect(before).toMatchObject({
      status: 'VOTING',
      lastSeq: 8,
      context: { action: 'VOTING', phase: 'RISK_CHECK' },
      swarmVote: {
        votes,
        results,
        deadline: timestamp,
        consensus: null,
        votingCompleted: null,
        explanation: null,
      },
      outcome: null,
      decision: null,
      updatedAt: timestamp,
    });
    expect(before.messages.edges).toEqual(completed.messages.edges.slice(0, 8));
  });

  test('is as it is now as of the closing message, with what came of it later, which changes no message before', async () => {
    const { executionId, seen, completed } = debated;
    expect(await read(executionId, 9)).toEqual(completed);
    const { recordOutcome } = await running.app.data(OUTCOME, {
      input: { executionId, executed: true, action: 'HOLD', reasoning: 'Quiet.' },
    });
    expect(recordOutcome.userErrors).toEqual([]);
    await flow(running.app).feedback(completed.decision.id, { success: true });
    const now = await read(executionId);
    expect(now).toMatchObject({ outcome: { reasoning: 'Quiet.' }, decision: { outcome: { success: true } } });
    expect(await read(executionId, 9)).toEqual(now);
    for (const [seq, then] of seen.entries()) expect(await read(executionId, seq)).toEqual(past(then));
  });

  test.each([-1, -2_147_483_648, 10, 2_147_483_647])('is refused as of message %i', async (seq) => {
    const { data, errors } = await running.app.send(BY_EXECUTION, { key: debated.executionId, seq });
    const message = `Expected \`asOfSeq\` from 0 to the conversation's last message 9, got ${seq}.`;
    expect([data, errors]).toMatchObject([
      { conversation: null },
      [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
    ]);
  });

  test('is nothing to another user, at any message, nor is one that is not there', async () => {
    for (const seq of [-1, 0, 5, 9, 10]) {
      const variables = { key: debated.executionId, seq };
      expect((await running.stranger.send(BY_EXECUTION, variables)).data).toEqual({ conversation: null });
      expect(await running.stranger.data(BY_ID, { key: debated.completed.id, seq })).toEqual({
        conversation: null,
      });
      expect(await read(id(), seq)).toBeNull();
    }
  });
});

test('a vote that was closed by hand is open as of the messages before', async () => {
  const { executionId } = await flow(running.app).start({ totalAgents: 3, votingTimeout: 60 });
  const seen = await live(executionId, [
    () => flow(running.app).vote(executionId, 'a', { action: 'BUY', confidence: 80 }),
    () => flow(running.app).vote(executionId, 'b', { action: 'BUY', confidence: 90 }),
  ]);
  const { closeVoting } = await running.app.data(CLOSE, { input: { executionId } });
  expect(closeVoting.swarmVote.consensus).toEqual({ action: 'BUY', reason: 'EVIDENCE' });
  for (const [seq, then] of seen.entries()) expect(await read(executionId, seq)).toEqual(past(then));
  expect(await read(executionId, 3)).toEqual(await read(executionId));
});

test('a conversation in which nobody spoke is the same as of message 0 and now, but for its ids, until it is closed', async () => {
  const { executionId } = await flow(running.app).start({ timeout: 60, phase: 'TRADE_DECISION' });
  const then = await read(executionId);
  expect(await read(executionId, 0)).toEqual(past(then));
  await running.app.data(CLOSE, { input: { executionId } });
  expect(await read(executionId, 0)).toEqual(past(then));
  expect(await read(executionId, 1)).toEqual(await read(executionId));
});
