import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { close, decide, decisionsOf, messagesOf } from './decide.js';

const running = useApp();

test("counts an agent's latest ballot only, and keeps the earlier ones in the log", async () => {
  const { start, vote, outcome } = flow(running.app);
  const { executionId } = await start({ totalAgents: 2 });
  await vote(executionId, 'a', { action: 'BUY', confidence: 90 });
  await vote(executionId, 'a', { abstention: 'NO_DATA' });
  await vote(executionId, 'a', { action: 'SELL', confidence: 70 });
  expect((await outcome(executionId)).status).toBe('VOTING');
  await vote(executionId, 'b', { action: 'SELL', confidence: 70 });

  const { swarmVote } = await outcome(executionId);
  expect(swarmVote.results).toEqual({
    buy: { votes: 0, totalConfidence: 0 },
    sell: { votes: 2, totalConfidence: 140 },
    hold: { votes: 0, totalConfidence: 0 },
  });
  expect(swarmVote.votes).toEqual([
    {
      agentName: 'a',
      status: 'COUNTED',
      seq: 3,
      action: 'SELL',
      confidence: 70,
      weight: 1,
      abstention: null,
    },
    {
      agentName: 'b',
      status: 'COUNTED',
      seq: 4,
      action: 'SELL',
      confidence: 70,
      weight: 1,
      abstention: null,
    },
  ]);
  const voter = { agentRole: 'voter', messageType: 'VOTE' };
  expect(await messagesOf(running.app, executionId)).toEqual([
    { seq: 1, agentName: 'a', ...voter },
    { seq: 2, agentName: 'a', ...voter },
    { seq: 3, agentName: 'a', ...voter },
    { seq: 4, agentName: 'b', ...voter },
    { seq: 5, agentName: 'swarm', agentRole: 'consensus', messageType: 'DECISION' },
  ]);
});

test.each(['ABSTAINED', 'NO_DATA', 'MODEL_ERROR', 'PARSE_ERROR', 'TIMED_OUT'])(
  'a ballot that says %s is no hold',
  async (abstention) => {
    const { start, vote, outcome } = flow(running.app);
    const { executionId } = await start({ totalAgents: 2 });
    await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
    await vote(executionId, 'b', { abstention });
    const { status, swarmVote } = await outcome(executionId);
    expect(status).toBe('COMPLETED');
    expect(swarmVote.results.hold).toEqual({ votes: 0, totalConfidence: 0 });
    expect(swarmVote.consensus).toEqual({
      action: 'BUY',
      confidence: 65,
      agreement: 100,
      isUnanimous: false,
      reason: 'EVIDENCE',
    });
    const isAbstention = abstention === 'ABSTAINED' || abstention === 'NO_DATA';
    expect(swarmVote.votes[1]).toEqual({
      agentName: 'b',
      status: isAbstention ? 'ABSTAINED' : 'FAILED',
      seq: 2,
      action: null,
      confidence: null,
      weight: 1,
      abstention,
    });
  },
);

test('a ballot of weight 0 is advice: shown and not counted', async () => {
  const { swarmVote, decision } = await decide(running.app, [
    ['a', 'BUY', 80],
    ['adviser', 'SELL', 99, 0],
  ]);
  expect(swarmVote.results.sell).toEqual({ votes: 0, totalConfidence: 0 });
  expect(swarmVote.votes.map((ballot: { status: string }) => ballot.status)).toEqual(['COUNTED', 'ADVISORY']);
  expect(decision.decision).toEqual({ type: 'TRADE', action: 'BUY', symbol: 'SPX', confidence: 65 });
});

test('below its quorum the swarm holds without a confidence, and the decision is logged', async () => {
  const { start, vote, outcome } = flow(running.app);
  const { executionId, userNodeId } = await start({ totalAgents: 5, quorum: 50 });
  for (const name of ['a', 'b']) await vote(executionId, name, { action: 'BUY', confidence: 80 });
  for (const name of ['c', 'd', 'e']) await vote(executionId, name, { abstention: 'NO_DATA' });
  const { status, swarmVote, decision } = await outcome(executionId);
  expect(status).toBe('COMPLETED');
  expect(swarmVote.consensus).toEqual({
    action: 'HOLD',
    confidence: null,
    agreement: 0,
    isUnanimous: false,
    reason: 'NO_QUORUM',
  });
  expect(await decisionsOf(running.app, userNodeId)).toEqual([
    { ...decision, conversation: { executionId } },
  ]);
  expect(decision.decision).toEqual({ type: 'TRADE', action: 'HOLD', symbol: 'SPX', confidence: null });
});

test('a quorum that is just reached counts', async () => {
  const { start, vote, outcome } = flow(running.app);
  const { executionId } = await start({ totalAgents: 5, quorum: 40 });
  for (const name of ['a', 'b']) await vote(executionId, name, { action: 'BUY', confidence: 80 });
  for (const name of ['c', 'd', 'e']) await vote(executionId, name, { abstention: 'NO_DATA' });
  const { swarmVote } = await outcome(executionId);
  expect(swarmVote.consensus).toMatchObject({ action: 'BUY', reason: 'EVIDENCE', isUnanimous: true });
});

test('a vote closed without any ballot has no quorum and no decision, and closing again answers the same', async () => {
  const { start, outcome } = flow(running.app);
  const { executionId, userNodeId } = await start({ agents: [{ agentName: 'a' }, { agentName: 'b' }] });
  const closed = await close(running.app, executionId);
  expect(closed).toEqual({
    duplicate: false,
    userErrors: [],
    swarmVote: {
      id: expect.any(String),
      votingCompleted: expect.any(String),
      consensus: {
        action: 'HOLD',
        confidence: null,
        agreement: 0,
        isUnanimous: false,
        reason: 'NO_QUORUM',
      },
      votes: [
        { agentName: 'a', status: 'MISSING', seq: null },
        { agentName: 'b', status: 'MISSING', seq: null },
      ],
    },
  });
  expect(await close(running.app, executionId)).toEqual({ ...closed, duplicate: true });
  expect(await outcome(executionId)).toMatchObject({ status: 'COMPLETED', lastSeq: 1, decision: null });
  expect(await decisionsOf(running.app, userNodeId)).toEqual([]);
});

test('closing counts the ballots there are, once', async () => {
  const { start, vote, outcome } = flow(running.app);
  const { executionId, userNodeId } = await start({ totalAgents: 2 });
  await vote(executionId, 'a', { action: 'SELL', confidence: 80 });
  const closed = await Promise.all(Array.from({ length: 10 }, () => close(running.app, executionId)));
  expect(closed.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  for (const answer of closed) expect(answer.swarmVote).toEqual(closed[0].swarmVote);
  const { lastSeq, decision } = await outcome(executionId);
  expect({ lastSeq, decision: decision.decision }).toEqual({
    lastSeq: 2,
    decision: { type: 'TRADE', action: 'SELL', symbol: 'SPX', confidence: 65 },
  });
  expect(await decisionsOf(running.app, userNodeId)).toHaveLength(1);
});

test('closing the vote of an execution that was never started is refused', async () => {
  const executionId = '0123456789abcdef01234567';
  expect(await close(running.app, executionId)).toEqual({
    duplicate: false,
    swarmVote: null,
    userErrors: [
      {
        code: 'NOT_FOUND',
        message: `Expected an execution with a conversation, got "${executionId}".`,
        field: ['input', 'executionId'],
      },
    ],
  });
});

test.each([
  [1, 4, 1],
  [50, 4, 2],
  [51, 4, 3],
  [7, 100, 7],
  [100, 3, 3],
])('a quorum of %i %% of %i agents is %i counted ballots: with one fewer the swarm holds', async (...of) => {
  const [quorum, totalAgents, needed] = of;
  const { start, vote } = flow(running.app);
  for (const cast of [needed - 1, needed]) {
    const { executionId } = await start({ totalAgents, quorum });
    for (let i = 0; i < cast; i++) await vote(executionId, `a${i}`, { action: 'BUY', confidence: 60 });
    const asked = 'query ($id: ID!) { conversation(executionId: $id) { swarmVote { neededBallots } } }';
    const { conversation } = await running.app.data(asked, { id: executionId });
    expect(conversation.swarmVote).toEqual({ neededBallots: needed });
    await close(running.app, executionId);
    const { consensus } = (await flow(running.app).outcome(executionId)).swarmVote;
    expect(consensus.action).toBe(cast < needed ? 'HOLD' : 'BUY');
  }
});
