import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MESSAGES, range, takeSeqs } from '../events/operations.js';
import { type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { pageOf } from './read.js';

/** Long enough for several pages. */
const LONG = 260;
const { name, collection } = testDatabase();
let here: RunningApp;
let there: RunningApp;
beforeAll(async () => {
  [here, there] = await Promise.all([startTestApp(name), startTestApp(name)]);
});
afterAll(() => Promise.all([here.stop(), there.stop()]));

/** What is stored of a conversation: the numbers in its head and in its pages. */
async function stored(executionId: string) {
  const head = (await collection('ai_conversations').find().toArray()).find(
    ({ execution_id }) => execution_id.toHexString() === executionId,
  );
  const pages = await collection('ai_message_pages').find({ execution_id: head?.['execution_id'] }).toArray();
  const seqs = (messages: { seq: number }[]) => messages.map(({ seq }) => seq);
  return {
    head: seqs(head?.['messages']),
    pagedSeq: head?.['paged_seq'] as number,
    bytes: head?.['head_bytes'] as number,
    paged: pages.flatMap(({ messages }) => seqs(messages)).sort((a, b) => a - b),
  };
}

/** Says `count` messages with keys of their own, by so many writers on both servers at once. */
async function write(executionId: string, count: number, writers = 10): Promise<void> {
  let next = 0;
  await Promise.all(
    range(1, writers).map(async (writer) => {
      const { say } = flow(writer % 2 === 0 ? here : there);
      while (next < count) {
        const n = ++next;
        const answer = await say(executionId, { content: { text: `text ${n}` }, idempotencyKey: `key ${n}` });
        if (answer.userErrors.length > 0) throw new Error(JSON.stringify(answer));
      }
    }),
  );
}

describe('a conversation that outgrew its head', () => {
  let executionId = '';
  beforeAll(async () => {
    executionId = (await flow(here).start()).executionId;
    await write(executionId, LONG);
  });

  test('keeps its newest messages in the head and the others in pages, each in one place', async () => {
    await until('it is paged out', async () => (await stored(executionId)).head.length <= 96);
    const { head, paged, pagedSeq } = await stored(executionId);
    expect([...paged, ...head]).toEqual(range(1, LONG));
    expect(pagedSeq).toBe(paged.at(-1));
    expect(head.length).toBeGreaterThanOrEqual(64);
  });

  test('is read whole in both directions, whatever the size of a page', async () => {
    for (const size of [7, 64, 100]) {
      const forwards: number[] = [];
      for (let after: string | undefined; forwards.length < LONG; ) {
        const page = await pageOf(there, executionId, { first: size, ...(after && { after }) });
        expect(page).toMatchObject({ totalCount: LONG, hasPreviousPage: forwards.length > 0 });
        forwards.push(...page.seqs);
        after = page.endCursor;
        expect(page.hasNextPage).toBe(forwards.length < LONG);
      }
      expect(forwards).toEqual(range(1, LONG));
      const backwards: number[] = [];
      for (let before: string | undefined; backwards.length < LONG; ) {
        const page = await pageOf(there, executionId, { last: size, ...(before && { before }) });
        backwards.unshift(...page.seqs);
        before = page.startCursor;
        expect(page.hasPreviousPage).toBe(backwards.length < LONG);
      }
      expect(backwards).toEqual(range(1, LONG));
    }
  });

  test('is streamed from any message on', async () => {
    for (const afterSeq of [0, 1, 31, 32, 33, 63, 64, 65, 128, 195, 196, LONG - 1]) {
      const stream = here.subscribe(MESSAGES, { executionId, afterSeq });
      expect(await takeSeqs(stream, LONG - afterSeq)).toEqual(range(afterSeq + 1, LONG));
      stream.stop();
    }
  });

  test('knows the key of a message that left the head, on either server', async () => {
    const texts = await Promise.all(range(1, 100).map((n) => sayAgain(n % 2 ? here : there, executionId, n)));
    expect(texts).toEqual(range(1, 100).map((n) => `true text ${n}`));
    const other = await flow(there).say(executionId, {
      content: { text: 'Other.' },
      idempotencyKey: 'key 3',
    });
    expect(other.userErrors[0].code).toBe('CONFLICT');
    expect(other.message.content.text).toBe('text 3');
    expect((await pageOf(here, executionId, { last: 1 })).totalCount).toBe(LONG);
  });

  test('knows them when it is completed, too', async () => {
    const { start, vote } = flow(here);
    const { executionId: short } = await start({ totalAgents: 1 });
    await write(short, 130);
    await vote(short, 'solo', { action: 'BUY', confidence: 80 });
    expect(await sayAgain(there, short, 1)).toBe('true text 1');
    const late = await flow(there).say(short, { idempotencyKey: 'new' });
    expect(late.userErrors[0].code).toBe('VOTING_CLOSED');
  });
});

const sayAgain = async (app: RunningApp, executionId: string, n: number): Promise<string> => {
  const content = { text: `text ${n}` };
  const { duplicate, message } = await flow(app).say(executionId, { content, idempotencyKey: `key ${n}` });
  return `${duplicate} ${message?.content.text}`;
};

test('a retry that races the paging out of its message is stored once', async () => {
  const { executionId } = await flow(here).start();
  await write(executionId, 60);
  const retries = range(1, 60).map((n) => () => sayAgain(n % 2 ? here : there, executionId, n));
  const writing = write(executionId, 100, 4).then(() => 'written');
  const answers: string[] = [];
  for (const retry of retries) answers.push(await retry());
  expect(await writing).toBe('written');
  expect(answers).toEqual(range(1, 60).map((n) => `true text ${n}`));
  const { head, paged } = await stored(executionId);
  expect([...paged, ...head]).toEqual(range(1, 100));
});

test('a page that was copied by a process that died is not copied again, nor are its messages lost', async () => {
  const { executionId } = await flow(here).start();
  await write(executionId, 90);
  const document = (await collection('ai_conversations').find().toArray()).find(
    ({ execution_id }) => execution_id.toHexString() === executionId,
  );
  const { user_id, execution_id, messages } = document as unknown as Record<string, any>;
  await collection('ai_message_pages').insertOne({
    user_id,
    execution_id,
    first_seq: 1,
    last_seq: 20,
    messages: messages.slice(0, 20),
  });
  expect(await takeSeqs(here.subscribe(MESSAGES, { executionId, afterSeq: 0 }), 90)).toEqual(range(1, 90));
  expect(await sayAgain(here, executionId, 5)).toBe('true text 5');
  const { say } = flow(here);
  for (const n of range(91, 200)) await say(executionId, { idempotencyKey: `key ${n}` });
  await until('it is paged out', async () => (await stored(executionId)).head.length <= 96);
  const { head, paged } = await stored(executionId);
  expect([...paged, ...head]).toEqual(range(1, 200));
  expect((await pageOf(there, executionId, { first: 30 })).seqs).toEqual(range(1, 30));
});

test('a head of large messages is paged out by its size', async () => {
  const { executionId } = await flow(here).start();
  const text = 'x'.repeat(32_000);
  for (const _ of range(1, 30)) await flow(here).say(executionId, { content: { text } });
  await until('it is paged out', async () => (await stored(executionId)).bytes <= 384 * 1024);
  const { head, paged, bytes } = await stored(executionId);
  expect([...paged, ...head]).toEqual(range(1, 30));
  expect(bytes).toBeGreaterThan(head.length * 32_000);
  expect((await pageOf(there, executionId, {})).seqs).toEqual(range(1, 30));
});
