import { beforeAll, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { FEEDBACK, flow } from '../support/scenario.js';
import {
  BAD_IDS,
  BAD_KEYS,
  badId,
  invalid,
  LOG,
  refusal,
  shortened,
  storingNothing,
  type UserError,
} from './refusals.js';

const running = useApp();
const x = (count: number) => 'x'.repeat(count);

/** A decision with one feedback, on a conversation's node. */
let open: { executionId: string; userNodeId: string };
let decisionId: string;
beforeAll(async () => {
  const { start, feedback } = flow(running.app);
  open = await start();
  decisionId = await log(open.userNodeId);
  await feedback(decisionId, { success: true, pnl: 1.5 });
});

/** The id of a new decision of a node. */
async function log(userNodeId: string): Promise<string> {
  const input = { userNodeId, type: 'PAUSE', action: x(64), confidence: 60 };
  return (await running.app.data(LOG, { input })).logDecision.decisionLog.id;
}
const recordFeedback = async (input: Record<string, unknown>) =>
  (await running.app.data(FEEDBACK, { input })).recordFeedback;

async function expectNoFeedback(input: Record<string, unknown>, userErrors: UserError[]) {
  const answer = await storingNothing(running.app, open, () =>
    recordFeedback({ decisionId, success: false, ...input }),
  );
  expect(answer).toEqual({ decisionLog: null, duplicate: false, userErrors });
}

const unknown = id();

test.each<[string, Record<string, unknown>, UserError]>([
  ...BAD_IDS.map(([what, value]): [string, Record<string, unknown>, UserError] => [
    `a decision id of ${what}`,
    { decisionId: value },
    invalid('decisionId', badId('decisionId', value)),
  ]),
  [
    'a decision that is not logged',
    { decisionId: unknown },
    refusal('NOT_FOUND', 'decisionId', `Expected a decision that is logged, got "${unknown}".`),
  ],
  [
    'an exit reason of 65 characters',
    { exitReason: x(65) },
    invalid('exitReason', `Expected \`exitReason\` to have at most 64 characters, got 65: "${x(65)}".`),
  ],
  ...BAD_KEYS,
  [
    'a negative time held',
    { timeHeld: -1 },
    invalid('timeHeld', 'Expected `timeHeld` from 0 to 2,147,483,647, got -1.'),
  ],
  [
    'a negative expected revision',
    { expectedRevision: -1 },
    invalid('expectedRevision', 'Expected `expectedRevision` from 0 to 2,147,483,647, got -1.'),
  ],
  [
    '21 lessons',
    { lessonsLearned: Array.from({ length: 21 }, (_, i) => `Lesson ${i}.`) },
    invalid('lessonsLearned', 'Expected at most 20 `lessonsLearned`, got 21.'),
  ],
  [
    'a lesson of 501 characters',
    { lessonsLearned: ['Short.', x(501)] },
    invalid(
      'lessonsLearned.1',
      `Expected \`lessonsLearned.1\` to have 1 to 500 characters, got 501: ${shortened(x(501))}.`,
    ),
  ],
  [
    'an empty lesson',
    { lessonsLearned: [''] },
    invalid('lessonsLearned.0', 'Expected `lessonsLearned.0` to have 1 to 500 characters, got 0: "".'),
  ],
])('refuses feedback with %s', (_, input, fault) => expectNoFeedback(input, [fault]));

test('names every fault of a feedback at once', () =>
  expectNoFeedback({ decisionId: 'd', timeHeld: -1, exitReason: x(65), lessonsLearned: ['', 'Fine.', ''] }, [
    invalid('decisionId', badId('decisionId', 'd')),
    invalid('timeHeld', 'Expected `timeHeld` from 0 to 2,147,483,647, got -1.'),
    invalid('exitReason', `Expected \`exitReason\` to have at most 64 characters, got 65: "${x(65)}".`),
    invalid('lessonsLearned.0', 'Expected `lessonsLearned.0` to have 1 to 500 characters, got 0: "".'),
    invalid('lessonsLearned.2', 'Expected `lessonsLearned.2` to have 1 to 500 characters, got 0: "".'),
  ]));

test.each(['1e309', '-1e309'])('refuses a pnl of %s written into the document', async (pnl) => {
  const query = `mutation { recordFeedback(input: { decisionId: "${decisionId}", success: true, pnl: ${pnl} }) {
    decisionLog { id } duplicate userErrors { code message field }
  } }`;
  expect(await storingNothing(running.app, open, () => running.app.data(query))).toEqual({
    recordFeedback: {
      decisionLog: null,
      duplicate: false,
      userErrors: [invalid('pnl', `Expected \`pnl\` to be a number, got ${pnl}.`)],
    },
  });
});

test('takes the largest feedback there may be', async () => {
  const lessonsLearned = Array.from({ length: 20 }, (_, i) => String.fromCodePoint(0x1f600 + i).repeat(500));
  const input = {
    decisionId: await log(id()),
    idempotencyKey: x(128),
    success: true,
    pnl: -0.01,
    timeHeld: 2_147_483_647,
    exitReason: x(64),
    lessonsLearned,
  };
  const answer = await recordFeedback(input);
  expect(answer.userErrors).toEqual([]);
  expect(answer.decisionLog.outcome).toEqual({
    success: true,
    pnl: -0.01,
    timeHeld: 2_147_483_647,
    exitReason: x(64),
  });
});
