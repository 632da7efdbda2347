import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { FEEDBACK, flow } from '../support/scenario.js';
import { badId, invalid, LOG, OUTCOME, refusal, storingNothing } from './refusals.js';

const running = useApp();

const log = async (input: Record<string, unknown>) => (await running.app.data(LOG, { input })).logDecision;
const record = async (input: Record<string, unknown>) =>
  (await running.app.data(FEEDBACK, { input })).recordFeedback;

test('the key of a decision belongs to its node, is not used up by a refusal, and takes no other content', async () => {
  const started = await flow(running.app).start();
  const input = {
    userNodeId: started.userNodeId,
    type: 'PAUSE',
    action: 'pause',
    confidence: 50,
    idempotencyKey: 'k',
  };
  expect((await log({ ...input, confidence: 101 })).decisionLog).toBeNull();
  const first = await log(input);
  expect(first).toEqual({
    duplicate: false,
    userErrors: [],
    decisionLog: {
      id: first.decisionLog.id,
      seq: 1,
      revision: 0,
      decision: { type: 'PAUSE', action: 'pause', symbol: null, confidence: 50 },
    },
  });
  await storingNothing(running.app, started, async () => {
    expect(await log(input)).toEqual({ ...first, duplicate: true });
    expect(await log({ ...input, confidence: 51 })).toEqual({
      duplicate: false,
      decisionLog: first.decisionLog,
      userErrors: [
        refusal(
          'CONFLICT',
          'idempotencyKey',
          'Expected what was logged under this `idempotencyKey`, got other content for "k".',
        ),
      ],
    });
  });
  const elsewhere = await log({ ...input, userNodeId: id() });
  expect({ duplicate: elsewhere.duplicate, seq: elsewhere.decisionLog.seq }).toEqual({
    duplicate: false,
    seq: 1,
  });
});

test('feedback: what is invalid, then the key, then the revision', async () => {
  const started = await flow(running.app).start();
  const { decisionLog } = await log({
    userNodeId: started.userNodeId,
    type: 'TRADE',
    action: 'BUY',
    confidence: 60,
  });
  const decisionId = decisionLog.id;
  const input = { decisionId, success: true, idempotencyKey: 'k' };
  expect((await record({ ...input, timeHeld: -1 })).userErrors).toHaveLength(1);
  const atZero = refusal(
    'CONFLICT',
    'expectedRevision',
    "Expected `expectedRevision` to be the decision's revision 0, got 7.",
  );
  expect((await record({ ...input, expectedRevision: 7 })).userErrors).toEqual([atZero]);
  // Neither refusal has used up the key.
  const first = await record({ ...input, expectedRevision: 0 });
  expect({ duplicate: first.duplicate, userErrors: first.userErrors }).toEqual({
    duplicate: false,
    userErrors: [],
  });

  await storingNothing(running.app, started, async () => {
    const refusedFor = async (other: Record<string, unknown>) => record({ ...input, ...other });
    expect(await refusedFor({ expectedRevision: 7 })).toEqual({ ...first, duplicate: true });
    expect(await refusedFor({ success: false, expectedRevision: 7 })).toEqual({
      ...first,
      userErrors: [
        refusal(
          'CONFLICT',
          'idempotencyKey',
          'Expected what was recorded under this `idempotencyKey`, got other content for "k".',
        ),
      ],
    });
    expect(await refusedFor({ idempotencyKey: 'other', success: false, expectedRevision: 0 })).toEqual({
      ...first,
      userErrors: [
        refusal(
          'CONFLICT',
          'expectedRevision',
          "Expected `expectedRevision` to be the decision's revision 1, got 0.",
        ),
      ],
    });
    expect(await refusedFor({ decisionId: 'd', expectedRevision: 7 })).toEqual({
      decisionLog: null,
      duplicate: false,
      userErrors: [invalid('decisionId', badId('decisionId', 'd'))],
    });
  });
});

test('an outcome: what is invalid comes before where it belongs', async () => {
  const executionId = id();
  const input = { executionId, executed: true, action: 'BUY' };
  const { recordOutcome } = await running.app.data(OUTCOME, {
    input: { ...input, reasoning: 'x'.repeat(32_769) },
  });
  expect(recordOutcome.userErrors.map(({ code }: { code: string }) => code)).toEqual(['INVALID']);
});
