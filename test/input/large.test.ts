import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { ADD, ballotInput, FEEDBACK, flow, messageInput, START, startInput } from '../support/scenario.js';
import { invalid, LOG, storingNothing, type UserError } from './refusals.js';

const running = useApp();

/** What is refused as data, with nothing stored; of a message it is one of a conversation there is. */
async function faultsOf(query: string, input: Record<string, unknown>): Promise<UserError[]> {
  const open = await flow(running.app).start();
  const data = await storingNothing(running.app, open, () =>
    running.app.data(query, { input: { ...input, ...(query === ADD && { executionId: open.executionId }) } }),
  );
  const [payload] = Object.values(data) as { userErrors: UserError[] }[];
  return payload?.userErrors ?? [];
}

test('tells at most a hundred faults of an input, and twenty of free JSON, however many there are', async () => {
  const countOf = async (...asked: Parameters<typeof faultsOf>) => (await faultsOf(...asked)).length;
  const agents = Array.from({ length: 50_000 }, () => ({ name: 'momentum' }));
  expect(await countOf(START, startInput({ agents }))).toBe(100);
  const unknown = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`price${i}`, 1]));
  expect(await countOf(ADD, messageInput(id(), unknown))).toBe(100);
  const data = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`\ud800${i}`, 1]));
  expect(await countOf(ADD, messageInput(id(), { content: { text: 'Up.', data } }))).toBe(20);
  const logged = { userNodeId: id(), type: 'PAUSE', action: 'pause', confidence: 50 };
  const { decisionLog } = (await running.app.data(LOG, { input: logged })).logDecision;
  const lessonsLearned = Array.from({ length: 50_000 }, () => '');
  expect(await countOf(FEEDBACK, { decisionId: decisionLog.id, success: true, lessonsLearned })).toBe(1 + 20);
});

const DEEP: unknown = JSON.parse('['.repeat(990) + ']'.repeat(990));
const GOT = `got ${'['.repeat(80)}… (1980 characters).`;

test.each(['messageType', 'agentRole', 'replyToSeq', 'content'])(
  'refuses lists in lists, as deep as JSON may be, as a %s',
  async (field) => {
    const faults = await faultsOf(ADD, { ...messageInput(id()), [field]: DEEP });
    expect(faults).toEqual([{ ...invalid(field, ''), message: expect.stringContaining(GOT) }]);
  },
);

test('refuses lists in lists as what a ballot is for', async () => {
  const faults = await faultsOf(ADD, ballotInput(id(), 'analyst', { action: DEEP, confidence: 70 }));
  expect(faults).toEqual([{ ...invalid('vote.action', ''), message: expect.stringContaining(GOT) }]);
});
