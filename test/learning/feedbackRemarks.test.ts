import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { decided, statsOf } from './node.js';

const running = useApp();

const FEEDBACK = /* GraphQL */ `
  mutation Feedback($input: RecordFeedbackInput!) {
    recordFeedback(input: $input) {
      duplicate
      userErrors { code }
      remarks { code text field didYouMean }
      decisionLog { outcome { result pnl } }
    }
  }
`;
const record = async (decisionId: string, input: Record<string, unknown>) =>
  (await running.app.data(FEEDBACK, { input: { decisionId, ...input } })).recordFeedback;

const replaces = (is: string, was: string, change: string) => ({
  code: 'PNL_REPLACED',
  text: `The pnl of ${is} replaces the ${was} recorded before, so the total changes by ${change}. Each feedback is the whole outcome: for one part of a trade, send the sum of its parts so far. To correct, name \`expectedRevision\`.`,
  field: ['input', 'pnl'],
  didYouMean: null,
});

test('parts of one trade under keys of their own replace each other, and each is told so, again too', async () => {
  const { decisionId, userNodeId } = await decided(running.app, [['a', 'BUY', 80]]);
  const fills = [50, 30, -10].map((pnl, i) => ({ success: pnl > 0, pnl, idempotencyKey: `fill-${i}` }));
  const remarks = [];
  for (const fill of fills) remarks.push((await record(decisionId, fill)).remarks);
  expect(remarks).toEqual([[], [replaces('30', '50', '-20')], [replaces('-10', '30', '-40')]]);
  expect((await statsOf(running.app, userNodeId)).totalPnl).toBe(-10);
  const again = await record(decisionId, fills[1] ?? {});
  expect([again.duplicate, again.remarks]).toEqual([true, [replaces('30', '50', '-20')]]);
});

test('feedback that changed nothing is never told to have replaced anything, also not after a correction', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  await record(decisionId, { success: true, pnl: 20, idempotencyKey: 'first' });
  await record(decisionId, { success: true, pnl: 50, idempotencyKey: 'broker' });
  const idle = { success: true, pnl: 50, idempotencyKey: 'strategy' };
  for (const said of [idle, { success: true, pnl: 50 }]) {
    expect(await record(decisionId, said)).toMatchObject({ duplicate: true, remarks: [] });
  }
  const correction = { success: true, pnl: 45, idempotencyKey: 'fees', expectedRevision: 2 };
  expect(await record(decisionId, correction)).toMatchObject({ duplicate: false, remarks: [] });
  expect(await record(decisionId, idle)).toMatchObject({
    duplicate: true,
    userErrors: [],
    remarks: [],
    decisionLog: { outcome: { pnl: 45 } },
  });
});

test('feedback that changed nothing is told of what stands only while that is what it said', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  const codes = async (input: Record<string, unknown>) =>
    (await record(decisionId, input)).remarks.map(({ code }: { code: string }) => code);
  const failure = { success: false, pnl: 0 };
  await record(decisionId, { pnl: 0, idempotencyKey: 'scratch' });
  expect(await codes({ pnl: 0, idempotencyKey: 'scratch again' })).toEqual([]);
  expect(await codes(failure)).toEqual(['SCRATCH_AS_FAILURE']);
  expect(await codes({ ...failure, idempotencyKey: 'failure again' })).toEqual(['SCRATCH_AS_FAILURE']);
  expect(await codes({ pnl: 0, idempotencyKey: 'scratch again' })).toEqual([]);
  await record(decisionId, { success: true, pnl: 100 / 3, idempotencyKey: 'third' });
  const rounded = { success: true, pnl: 100 / 3, idempotencyKey: 'third again' };
  expect(await codes(rounded)).toEqual(['PNL_ROUNDED']);
  await record(decisionId, { success: true, pnl: 5 });
  expect(await codes(rounded)).toEqual([]);
});

test('who names the revision to correct is told nothing', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  await record(decisionId, { success: true, pnl: 50, idempotencyKey: 'first' });
  const { remarks } = await record(decisionId, {
    success: true,
    pnl: 30,
    idempotencyKey: 'second',
    expectedRevision: 1,
  });
  expect(remarks).toEqual([]);
});

test('a failure without a loss stays one by the word of who says so, and is told how to say a scratch', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  const answer = await record(decisionId, { success: false, pnl: 0 });
  expect(answer).toEqual({
    duplicate: false,
    userErrors: [],
    remarks: [
      {
        code: 'SCRATCH_AS_FAILURE',
        text: 'Recorded as a failure with a pnl of 0. If nothing was gained and nothing lost, send `pnl: 0` without `success`: a scratch is neither a success nor a failure.',
        field: ['input', 'success'],
        didYouMean: null,
      },
    ],
    decisionLog: { outcome: { result: 'FAILURE', pnl: 0 } },
  });
  const scratch = await record(decisionId, { pnl: 0 });
  expect([scratch.remarks, scratch.decisionLog.outcome.result]).toEqual([[], 'SCRATCH']);
});

test('a calculated pnl that had to be rounded is told as what, one that had not is not', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  const told = [];
  for (const pnl of [0.1 + 0.2, 100 / 3]) {
    const { remarks } = await record(decisionId, { success: true, pnl });
    told.push(remarks.filter(({ code }: { code: string }) => code === 'PNL_ROUNDED'));
  }
  expect(told).toEqual([
    [],
    [
      {
        code: 'PNL_ROUNDED',
        text: 'The pnl of 33.333333333333336 is recorded as 33.33333333, to 8 digits behind the point.',
        field: ['input', 'pnl'],
        didYouMean: null,
      },
    ],
  ]);
});

test('a refusal has no remarks', async () => {
  const { decisionId } = await decided(running.app, [['a', 'BUY', 80]]);
  const answer = await record(decisionId, { pnl: 3 });
  expect([answer.userErrors, answer.remarks]).toEqual([[{ code: 'INVALID' }], []]);
});
