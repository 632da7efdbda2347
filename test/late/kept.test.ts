import { expect, test } from '@jest/globals';
import { MESSAGES, takeSeqs } from '../events/operations.js';
import { id, useApp } from '../support/app.js';
import { ADD, ballotInput, flow, START, startInput } from '../support/scenario.js';
import { closed, CLOSE, readOf } from './read.js';

const running = useApp();

test('what comes after the vote is kept in the log and marked, and counts for nothing', async () => {
  const { vote, say } = flow(running.app);
  const { executionId } = await closed(running.app, { keepLate: true });
  const before = await readOf(running.app, executionId);
  expect(before).toMatchObject({ keepsLate: true, status: 'COMPLETED', lastSeq: 3 });
  expect(await vote(executionId, 'c', { action: 'SELL', confidence: 90, weight: 4 })).toMatchObject({
    duplicate: false,
    userErrors: [],
    message: { seq: 4, vote: { action: 'SELL', confidence: 90, weight: 4, abstention: null } },
    conversation: { status: 'COMPLETED', lastSeq: 4 },
  });
  for (const messageType of ['THOUGHT', 'ANALYSIS', 'DECISION']) {
    expect((await say(executionId, { messageType, phase: 'RISK_CHECK', replyToSeq: 4 })).userErrors).toEqual(
      [],
    );
  }
  const after = await readOf(running.app, executionId);
  const { messages, swarmVote, lastSeq, ...rest } = after;
  expect([lastSeq, messages.totalCount]).toEqual([7, 7]);
  expect(
    messages.edges.map(({ node }: any) => [node.seq, node.messageType, node.status, node.phase]),
  ).toEqual([
    [1, 'VOTE', 'IN_TIME', 'MARKET_ANALYSIS'],
    [2, 'VOTE', 'IN_TIME', 'MARKET_ANALYSIS'],
    [3, 'DECISION', 'IN_TIME', 'MARKET_ANALYSIS'],
    [4, 'VOTE', 'LATE', 'MARKET_ANALYSIS'],
    [5, 'THOUGHT', 'LATE', 'RISK_CHECK'],
    [6, 'ANALYSIS', 'LATE', 'RISK_CHECK'],
    [7, 'DECISION', 'LATE', 'RISK_CHECK'],
  ]);
  const { lateVotes, ...counted } = swarmVote;
  expect(lateVotes).toEqual([
    {
      agentName: 'c',
      status: 'LATE',
      seq: 4,
      action: 'SELL',
      confidence: 90,
      weight: 4,
      abstention: null,
      timestamp: expect.any(String),
    },
  ]);
  const { lateVotes: none, ...countedBefore } = before.swarmVote;
  expect([none, counted]).toEqual([[], countedBefore]);
  const { status, context, lateRefused, decision } = before;
  expect(rest).toMatchObject({ status, context, lateRefused, decision });
  const again = await running.app.data(CLOSE, { input: { executionId } });
  expect(again.closeVoting).toEqual({
    swarmVote: { votingCompleted: before.swarmVote.votingCompleted, consensus: { action: 'BUY' } },
    userErrors: [],
  });
});

test('a late message sent again with its key is there once, and what is refused in time is refused late', async () => {
  const agents = [{ agentName: 'a' }, { agentName: 'b' }, { agentName: 'c', weight: 3 }];
  const { executionId } = await closed(running.app, { totalAgents: undefined, agents, keepLate: true });
  const input = ballotInput(executionId, 'c', { action: 'HOLD', confidence: 55 }, { idempotencyKey: 'late' });
  const sent = await Promise.all(Array.from({ length: 5 }, () => running.app.data(ADD, { input })));
  expect(sent.filter(({ addMessage }) => !addMessage.duplicate)).toHaveLength(1);
  for (const { addMessage } of sent) {
    expect(addMessage).toMatchObject({ userErrors: [], message: { seq: 4, vote: { weight: 3 } } });
  }
  const other = { ...input, content: { text: 'Other words.' } };
  expect((await running.app.data(ADD, { input: other })).addMessage.userErrors[0].code).toBe('CONFLICT');
  const { vote, say } = flow(running.app);
  const stranger = await vote(executionId, 'z', { action: 'BUY', confidence: 80 });
  expect(stranger.userErrors[0].code).toBe('AGENT_NOT_ALLOWED');
  expect((await say(executionId, { replyToSeq: 9 })).userErrors[0].field).toEqual(['input', 'replyToSeq']);
  expect((await readOf(running.app, executionId)).lastSeq).toBe(4);
});

test("an agent's first ballot after the vote stands beside it, whatever it says later", async () => {
  const { vote } = flow(running.app);
  const { executionId } = await closed(running.app, { keepLate: true });
  await vote(executionId, 'c', { abstention: 'TIMED_OUT' });
  await vote(executionId, 'c', { action: 'BUY', confidence: 99 });
  await vote(executionId, 'a', { action: 'SELL', confidence: 51 });
  const { swarmVote, messages } = await readOf(running.app, executionId);
  expect(swarmVote.lateVotes.map((one: any) => [one.agentName, one.seq, one.action, one.abstention])).toEqual(
    [
      ['c', 4, null, 'TIMED_OUT'],
      ['a', 6, 'SELL', null],
    ],
  );
  expect(swarmVote.votes.map((one: any) => [one.agentName, one.action])).toEqual([
    ['a', 'BUY'],
    ['b', 'BUY'],
  ]);
  expect(messages.edges[4].node).toMatchObject({
    seq: 5,
    status: 'LATE',
    vote: { action: 'BUY', confidence: 99 },
  });
});

test('each message after the vote has a past of its own', async () => {
  const { vote, say } = flow(running.app);
  const { executionId } = await closed(running.app, { keepLate: true });
  const completed = await readOf(running.app, executionId);
  await say(executionId, {});
  await vote(executionId, 'c', { action: 'SELL', confidence: 60 });
  const late = await readOf(running.app, executionId);
  for (const [seq, lateVotes] of [
    [3, 0],
    [4, 0],
    [5, 1],
  ] as const) {
    const then = await readOf(running.app, executionId, seq);
    expect(then).toMatchObject({ id: `${late.id}@${seq}`, status: 'COMPLETED', lastSeq: seq });
    expect(then.messages.edges).toEqual(late.messages.edges.slice(0, seq));
    expect(then.swarmVote.lateVotes).toHaveLength(lateVotes);
    expect(then.swarmVote.consensus).toEqual(completed.swarmVote.consensus);
  }
  expect(await readOf(running.app, executionId, 2)).toMatchObject({
    status: 'VOTING',
    swarmVote: { consensus: null, lateVotes: [] },
  });
});

test('a stream ends with the vote, and one that resumes brings every message once, late ones too', async () => {
  const { say } = flow(running.app);
  const { start, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 1, keepLate: true });
  const live = running.app.subscribe(MESSAGES, { executionId, afterSeq: 0 });
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  expect(await takeSeqs(live, 2)).toEqual([1, 2]);
  await live.ended();
  const changes = running.app.subscribe(
    `subscription Changed($executionId: ID!) { conversationChanged(executionId: $executionId) { lastSeq } }`,
    { executionId },
  );
  expect((await changes.next()).conversationChanged.lastSeq).toBe(2);
  for (let seq = 3; seq <= 12; seq++) await say(executionId, { content: { text: `Late ${seq}.` } });
  for (let seq = 2; seq < 12; ) seq = (await changes.next()).conversationChanged.lastSeq;
  changes.stop();
  for (const afterSeq of [0, 2, 7]) {
    const resumed = running.app.subscribe(MESSAGES, { executionId, afterSeq });
    const wanted = Array.from({ length: 12 - afterSeq }, (_, i) => afterSeq + 1 + i);
    expect(await takeSeqs(resumed, wanted.length)).toEqual(wanted);
    await resumed.ended();
  }
});

test('a start that keeps what comes late is another than one that does not', async () => {
  const input = startInput();
  const start = async (more: object) =>
    (await running.app.data(START, { input: { ...input, ...more } })).startConversation;
  expect(await start({})).toMatchObject({ duplicate: false, userErrors: [] });
  for (const keepLate of [false, null])
    expect(await start({ keepLate })).toMatchObject({ duplicate: true, userErrors: [] });
  expect((await start({ keepLate: true })).userErrors[0].code).toBe('CONFLICT');
});

test('the first late ballots of many agents at once are all there, each once', async () => {
  const { executionId } = await closed(running.app, { keepLate: true });
  const { vote } = flow(running.app);
  const names = Array.from({ length: 8 }, (_, i) => `late${i}`);
  await Promise.all(
    names.flatMap((name) =>
      [1, 2].map((n) =>
        vote(executionId, name, { action: 'HOLD', confidence: 50 + n }, { idempotencyKey: id() }),
      ),
    ),
  );
  const { swarmVote, lastSeq } = await readOf(running.app, executionId);
  expect(lastSeq).toBe(19);
  expect(swarmVote.lateVotes.map(({ agentName }: any) => agentName).sort()).toEqual(names.toSorted());
});

test('without a roster, of several late spellings of one name at once only one is kept', async () => {
  const { executionId } = await closed(running.app, { keepLate: true });
  const { vote } = flow(running.app);
  const names = ['Momentum', 'momentum', 'MOMENTUM', 'mOMENTUM'];
  const sent = await Promise.all(
    names.map((name) => vote(executionId, name, { action: 'HOLD', confidence: 55 })),
  );
  const refused = sent.flatMap(({ userErrors }) => userErrors);
  expect(refused.map(({ code }: { code: string }) => code)).toEqual(Array(3).fill('AGENT_NOT_ALLOWED'));
  const { swarmVote, lastSeq } = await readOf(running.app, executionId);
  expect([lastSeq, swarmVote.lateVotes.length]).toEqual([4, 1]);
  const [{ agentName }] = swarmVote.lateVotes;
  expect((await vote(executionId, agentName, { action: 'BUY', confidence: 60 })).userErrors).toEqual([]);
});
