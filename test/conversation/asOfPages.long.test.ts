import { expect, test } from '@jest/globals';
import { range } from '../events/operations.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { past, useAsOf } from './asOf.js';

const running = useAsOf();
const { messages, read } = running;

test('a conversation as of a message has none that came later, whatever page is asked for', async () => {
  const { start, say } = flow(running.app);
  const { executionId } = await start();
  for (let n = 1; n <= 9; n++) await say(executionId, { content: { text: `Talk ${n}.` } });
  const { edges } = (await read(executionId)).messages;
  const cursor = (seq: number) => JSON.stringify(edges[seq - 1].cursor);
  const page = (seqs: number[], hasNextPage: boolean, hasPreviousPage: boolean) => ({
    totalCount: 5,
    edges: seqs,
    pageInfo: { hasNextPage, hasPreviousPage },
  });
  expect(await messages(executionId, 5, `first: 3`)).toEqual(page([1, 2, 3], true, false));
  expect(await messages(executionId, 5, `first: 3, after: ${cursor(3)}`)).toEqual(page([4, 5], false, true));
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

test('a long conversation whose older messages and ballots left its head is as it was, too', async () => {
  const { start, say, vote } = flow(running.app);
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
  const paged = () => running.collection('ai_message_pages').countDocuments();
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
