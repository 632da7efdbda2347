import { describe, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { messagesOf } from './decide.js';

let nowMs = Date.parse('2026-01-05T09:00:00.000Z');
/** The sweep leaves a vote that is due to whoever casts its last ballot for a while, less than this. */
const GRACE_MS = 1_000;
const clock = { now: () => new Date(nowMs) };

describe('a vote with a deadline', () => {
  let sweeps = 0;
  const running = useApp({
    sweepMs: 10,
    wrapPorts: (ports) => ({
      ...ports,
      clock,
      conversations: {
        ...ports.conversations,
        async dueKeys(now, limit) {
          const keys = await ports.conversations.dueKeys(now, limit);
          sweeps += 1;
          return keys;
        },
      },
    }),
  });
  /** Until a sweep began and ended with the clock as it is now, and what it found is done. */
  const swept = () => {
    const enough = sweeps + 3;
    return until('the app looks three times', () => sweeps >= enough);
  };
  const completed = (executionId: string) =>
    until(
      'the vote completes by itself',
      async () => (await flow(running.app).outcome(executionId)).status === 'COMPLETED',
    );

  test('completes by itself `votingTimeout` seconds after its first ballot, not before', async () => {
    const { start, vote, outcome } = flow(running.app);
    const { executionId } = await start({ totalAgents: 3, quorum: 1, votingTimeout: 1 });
    nowMs += 5_000;
    await swept();
    await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
    nowMs += 999;
    await swept();
    expect(await outcome(executionId)).toMatchObject({ status: 'VOTING', lastSeq: 1 });
    nowMs += 1 + GRACE_MS;
    await completed(executionId);

    const { lastSeq, swarmVote, decision } = await outcome(executionId);
    expect({ lastSeq, votingCompleted: swarmVote.votingCompleted }).toEqual({
      lastSeq: 2,
      votingCompleted: new Date(nowMs).toISOString(),
    });
    expect(decision.decision).toEqual({ type: 'TRADE', action: 'BUY', symbol: 'SPX', confidence: 65 });
    expect(await messagesOf(running.app, executionId)).toEqual([
      { seq: 1, agentName: 'a', agentRole: 'voter', messageType: 'VOTE' },
      { seq: 2, agentName: 'swarm', agentRole: 'consensus', messageType: 'DECISION' },
    ]);
  });

  test('completes by itself `timeout` seconds after its start, without any ballot', async () => {
    const { start, say, outcome } = flow(running.app);
    const { executionId } = await start({ timeout: 1 });
    await say(executionId);
    nowMs += 999;
    await swept();
    expect(await outcome(executionId)).toMatchObject({ status: 'IN_PROGRESS', lastSeq: 1 });
    nowMs += 1 + GRACE_MS;
    await completed(executionId);
    const { lastSeq, swarmVote, decision } = await outcome(executionId);
    expect({ lastSeq, decision, consensus: swarmVote.consensus }).toEqual({
      lastSeq: 2,
      decision: null,
      consensus: {
        action: 'HOLD',
        confidence: null,
        agreement: 0,
        isUnanimous: false,
        reason: 'NO_QUORUM',
      },
    });
  });

  test('takes the earlier of the two deadlines, and a second ballot does not move it', async () => {
    const { start, vote, outcome } = flow(running.app);
    const deadline = async (executionId: string) =>
      (
        await running.app.data(
          'query Deadline($id: ID!) { conversation(executionId: $id) { swarmVote { deadline } } }',
          { id: executionId },
        )
      ).conversation.swarmVote.deadline;
    const { executionId } = await start({ totalAgents: 3, votingTimeout: 60, timeout: 3_600 });
    const startedMs = nowMs;
    expect(await deadline(executionId)).toBe(new Date(startedMs + 3_600_000).toISOString());
    nowMs += 10_000;
    await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
    nowMs += 10_000;
    await vote(executionId, 'b', { action: 'BUY', confidence: 80 });
    expect(await deadline(executionId)).toBe(new Date(startedMs + 70_000).toISOString());
    expect((await outcome(executionId)).status).toBe('VOTING');
  });
});

describe('between the deadline and the completion', () => {
  const running = useApp({ sweepMs: 3_600_000, wrapPorts: (ports) => ({ ...ports, clock }) });

  test('a ballot still counts, and completes the vote', async () => {
    const { start, vote, outcome } = flow(running.app);
    const { executionId } = await start({ totalAgents: 3, votingTimeout: 1 });
    await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
    nowMs += 10_000;
    const late = await vote(executionId, 'b', { action: 'BUY', confidence: 60 });
    expect(late).toMatchObject({
      userErrors: [],
      message: { seq: 2 },
      conversation: { status: 'COMPLETED' },
    });
    const { lastSeq, swarmVote } = await outcome(executionId);
    expect({ lastSeq, consensus: swarmVote.consensus }).toEqual({
      lastSeq: 3,
      consensus: { action: 'BUY', confidence: 74, agreement: 100, isUnanimous: true, reason: 'EVIDENCE' },
    });
  });
});
