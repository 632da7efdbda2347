import { beforeAll, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { whatIfNode } from './whatIfNode.js';

const running = useApp();

const WHAT_IF = /* GraphQL */ `
  query WhatIf($input: WhatIfInput!) {
    whatIf(input: $input) {
      counterfactual decisions evaluated changed changes { decision { id } from to wasRight wouldBeRight }
      actualSuccess { value n } counterfactualSuccess { value n }
      successDifference { value low high n changed reason needed }
      actualPnl counterfactualPnl pnlDifference { value low high n changed reason needed }
    }
  }
`;

let node: string;
let nameOf: (decisionId: string) => string;
beforeAll(async () => {
  ({ node, nameOf } = await whatIfNode(running.app));
});

const whatIf = async (input: Record<string, unknown>, userNodeId = node) =>
  (await running.app.data(WHAT_IF, { input: { userNodeId, ...input } })).whatIf;

/** `lost BUY → SELL, false → true` of each changed decision, newest first. */
const changesOf = ({ changes }: { changes: any[] }) =>
  changes.map(
    ({ decision, from, to, wasRight, wouldBeRight }) =>
      `${nameOf(decision.id)} ${from} → ${to}, ${wasRight} → ${wouldBeRight}`,
  );

const about = (value: number) => expect.closeTo(value, 4);
const TOO_FEW = { low: null, high: null, reason: 'NOT_ENOUGH_DATA', needed: 20 };

test('another rule changes which decisions come out otherwise, and by how much all would have been better', async () => {
  const found = await whatIf({ rule: 'MAJORITY' });
  expect({ ...found, changes: changesOf(found) }).toEqual({
    counterfactual: true,
    decisions: 8,
    evaluated: 7,
    changed: 5,
    changes: [
      'priceless BUY → SELL, false → true',
      'held HOLD → BUY, false → true',
      'open BUY → SELL, null → null',
      'won BUY → SELL, true → false',
      'lost BUY → SELL, false → true',
    ],
    actualSuccess: { value: 3 / 7, n: 7 },
    counterfactualSuccess: { value: 5 / 7, n: 7 },
    // Three of the four that changed got better: Wilson's interval is 0.3006 to 0.9544, of 4 in 7.
    successDifference: {
      value: about(2 / 7),
      low: about(-0.2278),
      high: about(0.5193),
      n: 7,
      changed: 4,
      reason: null,
      needed: 1,
    },
    // Of lost, won, agreed and the vote of two: +10 − 30 + 5 + 7. What a trade instead of the hold earns is not known.
    actualPnl: 32,
    counterfactualPnl: -8,
    pnlDifference: { ...TOO_FEW, value: -40, n: 4, changed: 2 },
  });
});

test('both sums of pnl are told as they grew, in as many points as are asked for', async () => {
  const query = /* GraphQL */ `
    query History($input: WhatIfInput!, $points: Int) {
      whatIf(input: $input) { pnlHistory(points: $points) { seq actual counterfactual } }
    }
  `;
  const read = (points: number | null) =>
    running.app.send(query, { input: { userNodeId: node, rule: 'MAJORITY' }, points });
  const { data } = await read(null);
  expect(data.whatIf.pnlHistory).toEqual([
    { seq: 1, actual: -10, counterfactual: 10 },
    { seq: 2, actual: 20, counterfactual: -20 },
    { seq: 4, actual: 25, counterfactual: -15 },
    { seq: 7, actual: 32, counterfactual: -8 },
  ]);
  expect((await read(2)).data.whatIf.pnlHistory.map(({ seq }: { seq: number }) => seq)).toEqual([2, 7]);
  for (const points of [0, 101]) {
    const { data: none, errors } = await read(points);
    expect([none?.whatIf ?? null, errors?.[0]?.message]).toEqual([
      null,
      `Expected \`points\` from 1 to 100, got ${points}.`,
    ]);
  }
});

const cases: [
  what: string,
  input: Record<string, unknown>,
  changes: string[],
  pnl: [n: number, was: number, is: number],
][] = [
  ['a higher quorum', { quorum: 100 }, ['of two BUY → HOLD, true → false'], [5, 32, 25]],
  ['a lower quorum', { quorum: 30 }, ['of one HOLD → SELL, false → true'], [5, 32, 32]],
  [
    'no weight for an agent, whose ballot then does not count for the quorum',
    { weights: [{ agentName: 'a', weight: 0 }] },
    [
      'of two BUY → HOLD, true → false',
      'priceless BUY → SELL, false → true',
      'held HOLD → BUY, false → true',
      'open BUY → SELL, null → null',
      'won BUY → SELL, true → false',
      'lost BUY → SELL, false → true',
    ],
    [4, 32, -15],
  ],
  [
    'no such agent, its seat taken away with it',
    { withoutAgents: ['a'] },
    [
      'priceless BUY → SELL, false → true',
      'held HOLD → BUY, false → true',
      'open BUY → SELL, null → null',
      'won BUY → SELL, true → false',
      'lost BUY → SELL, false → true',
    ],
    [4, 32, -8],
  ],
  [
    'a least confidence, below which it holds',
    { minConfidence: 70 },
    [
      'priceless BUY → HOLD, false → true',
      'open BUY → HOLD, null → null',
      'won BUY → HOLD, true → false',
      'lost BUY → HOLD, false → true',
    ],
    [5, 32, 12],
  ],
  [
    'all of it at once',
    { rule: 'MAJORITY', quorum: 100, minConfidence: 60, weights: [{ agentName: 'b', weight: 3 }] },
    [
      'of two BUY → HOLD, true → false',
      'priceless BUY → SELL, false → true',
      'held HOLD → BUY, false → true',
      'open BUY → SELL, null → null',
      'won BUY → SELL, true → false',
      'lost BUY → SELL, false → true',
    ],
    [4, 32, -15],
  ],
];

test.each(cases)('counts again with %s', async (_, input, changes, [n, was, is]) => {
  const found = await whatIf(input);
  expect(changesOf(found)).toEqual(changes);
  const evaluated = changes.filter((change) => !change.includes('null')).length;
  const better = changes.filter((change) => change.endsWith('true')).length;
  expect(found).toMatchObject({
    counterfactual: true,
    decisions: 8,
    evaluated: 7,
    changed: changes.length,
    actualSuccess: { value: 3 / 7, n: 7 },
    counterfactualSuccess: { value: (3 + 2 * better - evaluated) / 7, n: 7 },
    successDifference: { value: about((2 * better - evaluated) / 7), n: 7, changed: evaluated },
    actualPnl: was,
    counterfactualPnl: is,
    pnlDifference: { ...TOO_FEW, value: is - was, n },
  });
});

test.each([
  [{}],
  [{ rule: 'LOG_ODDS', quorum: 50, minConfidence: 0, weights: [], withoutAgents: [] }],
  [{ rule: null, quorum: null, minConfidence: null, weights: null, withoutAgents: null, last: null }],
  [{ weights: [{ agentName: 'a', weight: 1 }], withoutAgents: ['nobody'], last: 10_000 }],
])('changes nothing where nothing differs, as with %j', async (input) => {
  expect(await whatIf(input)).toEqual({
    counterfactual: true,
    decisions: 8,
    evaluated: 7,
    changed: 0,
    changes: [],
    actualSuccess: { value: 3 / 7, n: 7 },
    counterfactualSuccess: { value: 3 / 7, n: 7 },
    successDifference: { value: 0, low: 0, high: 0, n: 7, changed: 0, reason: null, needed: 1 },
    actualPnl: 32,
    counterfactualPnl: 32,
    pnlDifference: { ...TOO_FEW, value: 0, n: 5, changed: 0 },
  });
});

test('counts the last decisions of the swarm only, those it did not take left out of their number', async () => {
  const found = await whatIf({ rule: 'MAJORITY', last: 4 });
  expect(found).toMatchObject({ decisions: 4, evaluated: 4, changed: 2, actualPnl: 7, counterfactualPnl: 7 });
  expect(changesOf(found)).toEqual(['priceless BUY → SELL, false → true', 'held HOLD → BUY, false → true']);
  expect((await whatIf({ last: 1 })).decisions).toBe(1);
});

test('has no numbers for a node that never decided', async () => {
  expect(await whatIf({ rule: 'HEDGE' }, id())).toEqual({
    counterfactual: true,
    decisions: 0,
    evaluated: 0,
    changed: 0,
    changes: [],
    actualSuccess: null,
    counterfactualSuccess: null,
    successDifference: { ...TOO_FEW, value: null, n: 0, changed: 0, needed: 1 },
    actualPnl: 0,
    counterfactualPnl: 0,
    pnlDifference: { ...TOO_FEW, value: null, n: 0, changed: 0 },
  });
});
