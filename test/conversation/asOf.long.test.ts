import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { range } from '../events/operations.js';
import { CLOSE, OUTCOME } from '../input/refusals.js';
import { id, type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { createClient } from '../support/client.js';
import { until } from '../support/launcher-processes.js';
import { flow } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';

const { name, collection } = testDatabase();
const limits = { operationsPerSecond: 100_000, messagesPerSecond: 100_000 };
let running: RunningApp;
let app: RunningApp;
let stranger: RunningApp;
beforeAll(async () => {
  running = await startTestApp(name, { auth: AUTH, limits });
  const { url } = running;
  app = { ...running, ...createClient(url, await mint({ sub: id() })) };
  stranger = { ...running, ...createClient(url, await mint({ sub: id() })) };
});
afterAll(() => running.stop());

const PAGE = /* GraphQL */ `
  totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  edges { cursor node { id seq agentName messageType phase replyToSeq content { text } timestamp vote { action confidence weight abstention } } }
`;

/** All that a conversation says of itself; `updatedAt` too, which is the time of its newest message until it is complete. */
const ALL = /* GraphQL */ `
  id executionId flowId userNodeId status lastSeq createdAt updatedAt context { symbol action phase }
  messages { ${PAGE} } first: messages(first: 2) { ${PAGE} } last: messages(last: 3) { ${PAGE} }
  swarmVote {
    id totalAgents quorum rule parameterVersion deadline votingCompleted votes { agentName status seq action confidence weight abstention timestamp }
    results { buy { votes totalConfidence } sell { votes totalConfidence } hold { votes totalConfidence } }
    consensus { action confidence agreement isUnanimous reason } explanation { rule raw dissenters }
  }
  outcome { executed action reasoning timestamp } decision { id seq outcome { success } }
`;
const BY_EXECUTION = `query ByExecution($key: ID!, $seq: Int) { conversation(executionId: $key, asOfSeq: $seq) { ${ALL} } }`;
const BY_ID = `query ById($key: ID!, $seq: Int) { conversation(id: $key, asOfSeq: $seq) { ${ALL} } }`;

const read = async (key: string, seq?: number, query = BY_EXECUTION) =>
  (await app.data(query, { key, seq })).conversation;

/** The same state as read once it is past: it has ids of its own. */
const past = (then: any) => {
  const pastId = `${then.id}@${then.lastSeq}`;
  return { ...then, id: pastId, swarmVote: { ...then.swarmVote, id: `${pastId}.vote` } };
};

const messages = async (key: string, seq: number, page: string) => {
  const query = `query Page($key: ID!, $seq: Int) {
    conversation(executionId: $key, asOfSeq: $seq) { messages(${page}) { totalCount edges { node { seq } } pageInfo { hasNextPage hasPreviousPage } } }
  }`;
  const { data, errors } = await app.send(query, { key, seq });
  const found = data?.conversation?.messages;
  return errors === undefined
    ? { ...found, edges: found.edges.map(({ node }: any) => node.seq) }
    : errors.map(({ message, extensions }) => `${extensions.code}: ${message}`);
};

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
  const { start, say, vote } = flow(app);
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
    const { recordOutcome } = await app.data(OUTCOME, {
      input: { executionId, executed: true, action: 'HOLD', reasoning: 'Quiet.' },
    });
    expect(recordOutcome.userErrors).toEqual([]);
    await flow(app).feedback(completed.decision.id, { success: true });
    const now = await read(executionId);
    expect(now).toMatchObject({ outcome: { reasoning: 'Quiet.' }, decision: { outcome: { success: true } } });
    expect(await read(executionId, 9)).toEqual(now);
    for (const [seq, then] of seen.entries()) expect(await read(executionId, seq)).toEqual(past(then));
  });

  test('has no message that came later, whatever page is asked for', async () => {
    const { executionId, seen } = debated;
    const cursor = (seq: number) => JSON.stringify(seen[7].messages.edges[seq - 1].cursor);
    const page = (edges: number[], hasNextPage: boolean, hasPreviousPage: boolean) => ({
      totalCount: 5,
      edges,
      pageInfo: { hasNextPage, hasPreviousPage },
    });
    expect(await messages(executionId, 5, `first: 3`)).toEqual(page([1, 2, 3], true, false));
    expect(await messages(executionId, 5, `first: 3, after: ${cursor(3)}`)).toEqual(
      page([4, 5], false, true),
    );
    expect(await messages(executionId, 5, `after: ${cursor(5)}`)).toEqual(page([], false, true));
    expect(await messages(executionId, 5, `last: 2`)).toEqual(page([4, 5], false, true));
    expect(await messages(executionId, 5, `last: 2, before: ${cursor(4)}`)).toEqual(page([2, 3], true, true));
    expect(await messages(executionId, 5, `before: ${cursor(3)}`)).toEqual(page([1, 2], true, false));
    const later = [
      "BAD_USER_INPUT: Expected a cursor of this conversation's 5 messages, got one of message 6.",
    ];
    expect(await messages(executionId, 5, `after: ${cursor(6)}`)).toEqual(later);
    expect(await messages(executionId, 5, `before: ${cursor(6)}`)).toEqual(later);
  });

  test.each([-1, -2_147_483_648, 10, 2_147_483_647])('is refused as of message %i', async (seq) => {
    const { data, errors } = await app.send(BY_EXECUTION, { key: debated.executionId, seq });
    const message = `Expected \`asOfSeq\` from 0 to the conversation's last message 9, got ${seq}.`;
    expect([data, errors]).toMatchObject([
      { conversation: null },
      [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
    ]);
  });

  test('is nothing to another user, at any message, nor is one that is not there', async () => {
    for (const seq of [-1, 0, 5, 9, 10]) {
      const variables = { key: debated.executionId, seq };
      expect((await stranger.send(BY_EXECUTION, variables)).data).toEqual({ conversation: null });
      expect(await stranger.data(BY_ID, { key: debated.completed.id, seq })).toEqual({ conversation: null });
      expect(await read(id(), seq)).toBeNull();
    }
  });
});

test('a vote that was closed by hand is open as of the messages before', async () => {
  const { executionId } = await flow(app).start({ totalAgents: 3, votingTimeout: 60 });
  const seen = await live(executionId, [
    () => flow(app).vote(executionId, 'a', { action: 'BUY', confidence: 80 }),
    () => flow(app).vote(executionId, 'b', { action: 'BUY', confidence: 90 }),
  ]);
  const { closeVoting } = await app.data(CLOSE, { input: { executionId } });
  expect(closeVoting.swarmVote.consensus).toEqual({ action: 'BUY', reason: 'EVIDENCE' });
  for (const [seq, then] of seen.entries()) expect(await read(executionId, seq)).toEqual(past(then));
  expect(await read(executionId, 3)).toEqual(await read(executionId));
});

test('a conversation in which nobody spoke is the same as of message 0 and now, but for its ids, until it is closed', async () => {
  const { executionId } = await flow(app).start({ timeout: 60, phase: 'TRADE_DECISION' });
  const then = await read(executionId);
  expect(await read(executionId, 0)).toEqual(past(then));
  await app.data(CLOSE, { input: { executionId } });
  expect(await read(executionId, 0)).toEqual(past(then));
  expect(await read(executionId, 1)).toEqual(await read(executionId));
});

test('a long conversation whose older messages and ballots left its head is as it was, too', async () => {
  const { start, say, vote } = flow(app);
  const { executionId } = await start({ totalAgents: 5 });
  const ballots: [seq: number, agent: string, action: string][] = [
    [3, 'a', 'BUY'],
    [20, 'b', 'SELL'],
    [90, 'a', 'HOLD'],
    [130, 'c', 'BUY'],
    [131, 'b', 'BUY'],
    [205, 'a', 'SELL'],
  ];
  const seen = new Map([[0, await read(executionId)]]);
  let said = 0;
  for (const [seq, agent, action] of ballots) {
    const talk = (n: number) => say(executionId, { content: { text: `Talk ${n}.` } });
    await Promise.all(range(said + 1, seq - 2).map(talk));
    // One after all of those: their times need not be in their order, as they came at once.
    if (seq - 1 > said) await talk(seq - 1);
    seen.set(seq - 1, await read(executionId));
    expect((await vote(executionId, agent, { action, confidence: 50 + (seq % 50) })).userErrors).toEqual([]);
    seen.set(seq, await read(executionId));
    said = seq;
  }
  const paged = () => collection('ai_message_pages').countDocuments();
  await until('its older messages left the head', async () => (await paged()) >= 2);
  for (const [seq, then] of seen) {
    expect(then.lastSeq).toBe(seq);
    expect(await read(executionId, seq)).toEqual(past(then));
  }

  const cursor = (seq: number) => JSON.stringify(Buffer.from(`message:${seq}`).toString('base64url'));
  const seqs = async (seq: number, page: string) => (await messages(executionId, seq, page)).edges;
  expect(await seqs(40, `after: ${cursor(35)}`)).toEqual(range(36, 40));
  expect(await seqs(40, `after: ${cursor(40)}`)).toEqual([]);
  expect(await seqs(40, `last: 3, before: ${cursor(30)}`)).toEqual([27, 28, 29]);
  expect(await seqs(204, `last: 100`)).toEqual(range(105, 204));
  expect(await seqs(204, `first: 100, after: ${cursor(60)}`)).toEqual(range(61, 160));
  expect(await messages(executionId, 40, `after: ${cursor(150)}`)).toEqual([
    "BAD_USER_INPUT: Expected a cursor of this conversation's 40 messages, got one of message 150.",
  ]);
});
