import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { START, startInput } from '../support/scenario.js';

const running = useApp();

const start = async (input: Record<string, unknown>) =>
  (await running.app.data(START, { input })).startConversation;

const started = async (): Promise<unknown> =>
  (await running.app.data('{ conversations(first: 100) { edges { node { id } } } }')).conversations.edges;

const FULL = () =>
  startInput({
    phase: 'RISK_CHECK',
    agents: [
      { agentName: 'a', weight: 1 },
      { agentName: 'b', weight: null },
    ],
    quorum: 60,
    votingTimeout: 3_600,
    timeout: 7_200,
    decisionContext: { marketConditions: { rsi: 70, trend: 'up' } },
  });

test.each<[string, Record<string, unknown>]>([
  ['flow', { flowId: id() }],
  ['node', { userNodeId: id() }],
  ['symbol', { symbol: 'NDX' }],
  ['phase', { phase: 'TRADE_DECISION' }],
  ['roster', { agents: [{ agentName: 'a', weight: 1 }, { agentName: 'c' }] }],
  ['weight', { agents: [{ agentName: 'a', weight: 2 }, { agentName: 'b' }] }],
  ['way to count its agents', { agents: null, totalAgents: 2 }],
  ['quorum', { quorum: 61 }],
  ['votingTimeout', { votingTimeout: 3_601 }],
  ['timeout', { timeout: null }],
  ['context', { decisionContext: { marketConditions: { rsi: 71, trend: 'up' } } }],
])(
  'a second start with another %s is a conflict, and shows the conversation that is there',
  async (_, other) => {
    const input = FULL();
    const { conversation } = await start(input);
    const before = await started();
    expect(await start({ ...input, ...other })).toEqual({
      conversation,
      duplicate: false,
      userErrors: [
        {
          code: 'CONFLICT',
          message: `Expected the values this execution was started with, got others for "${input['executionId']}".`,
          field: null,
        },
      ],
    });
    expect(await started()).toEqual(before);
  },
);

test.each<[string, Record<string, unknown>]>([
  ['with the same values', {}],
  ['with its roster in another order', { agents: [{ agentName: 'b' }, { agentName: 'a', weight: 1 }] }],
  [
    'with its context in another order',
    { decisionContext: { riskMetrics: null, marketConditions: { trend: 'up', rsi: 70 } } },
  ],
  ['with totalAgents null where it had been left out', { totalAgents: null }],
])('a second start %s is a duplicate', async (_, again) => {
  const input = FULL();
  const { conversation } = await start(input);
  expect(await start({ ...input, ...again })).toEqual({ conversation, duplicate: true, userErrors: [] });
});

test('a second start is a duplicate whatever the case of its ids', async () => {
  const input = startInput({ executionId: 'abcdef0123456789abcdef01' });
  const { conversation } = await start(input);
  const upper = {
    ...input,
    executionId: 'ABCDEF0123456789ABCDEF01',
    flowId: (input['flowId'] as string).toUpperCase(),
    userNodeId: (input['userNodeId'] as string).toUpperCase(),
  };
  expect(await start(upper)).toEqual({ conversation, duplicate: true, userErrors: [] });
});

test('nulls say the same as what is left out', async () => {
  const input = startInput();
  const { conversation } = await start(input);
  const nulls = {
    agents: null,
    quorum: null,
    votingTimeout: null,
    timeout: null,
    phase: null,
    decisionContext: null,
  };
  expect(await start({ ...input, ...nulls })).toEqual({ conversation, duplicate: true, userErrors: [] });
});

test('a refused start leaves its execution free', async () => {
  const input = startInput();
  await start({ ...input, quorum: 0 });
  const { duplicate, userErrors } = await start(input);
  expect({ duplicate, userErrors }).toEqual({ duplicate: false, userErrors: [] });
});
