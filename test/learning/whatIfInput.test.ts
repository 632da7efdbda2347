import { expect, test } from '@jest/globals';
import { badId } from '../input/refusals.js';
import { id, useApp } from '../support/app.js';

const running = useApp();
const WHAT_IF = 'query WhatIf($input: WhatIfInput!) { whatIf(input: $input) { decisions } }';
const many = Array.from({ length: 201 }, (_, i) => `agent_${i}`);
test('nothing but the node is required', async () => {
  expect(await running.app.data(WHAT_IF, { input: { userNodeId: id() } })).toEqual({
    whatIf: { decisions: 0 },
  });
});

test.each<[input: Record<string, unknown>, message: string]>([
  [{ userNodeId: 'node' }, badId('userNodeId', 'node')],
  [{ quorum: 0 }, 'Expected `quorum` from 1 to 100, got 0.'],
  [{ quorum: 101 }, 'Expected `quorum` from 1 to 100, got 101.'],
  [{ minConfidence: -1 }, 'Expected `minConfidence` from 0 to 100, got -1.'],
  [{ minConfidence: 101 }, 'Expected `minConfidence` from 0 to 100, got 101.'],
  [{ last: 0 }, 'Expected `last` from 1 to 10,000, got 0.'],
  [{ last: 10_001 }, 'Expected `last` from 1 to 10,000, got 10001.'],
  [
    {
      weights: [
        { agentName: 'a', weight: 1 },
        { agentName: '', weight: 101 },
      ],
    },
    'Expected `weights.1.agentName` to have 1 to 64 characters, got "". Expected `weights.1.weight` from 0 to 100, got 101.',
  ],
  [
    { withoutAgents: ['swarm'] },
    'Expected `withoutAgents.0` to be another name than the reserved `swarm`, got "swarm".',
  ],
  [
    { weights: [{ agentName: 'a', weight: 2 }], withoutAgents: ['b', 'a'] },
    'Expected an agent in `weights` or `withoutAgents`, got "a" in both.',
  ],
  [{ withoutAgents: many }, 'Expected at most 200 `withoutAgents`, got 201.'],
  [
    { weights: many.map((agentName) => ({ agentName, weight: 1 })) },
    'Expected at most 200 `weights`, got 201.',
  ],
  [
    { quorum: 0, last: 0 },
    'Expected `quorum` from 1 to 100, got 0. Expected `last` from 1 to 10,000, got 0.',
  ],
])('what breaks a rule is refused with the rule and the value: %#', async (input, message) => {
  const { data, errors } = await running.app.send(WHAT_IF, { input: { userNodeId: id(), ...input } });
  expect([data, errors]).toMatchObject([
    { whatIf: null },
    [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
  ]);
});

test('of a list that is too long, as many names are looked at as there may be', async () => {
  const withoutAgents = Array.from({ length: 1_000 }, () => '');
  const { errors } = await running.app.send(WHAT_IF, { input: { userNodeId: id(), withoutAgents } });
  expect(errors?.[0]?.message.match(/Expected/g)).toHaveLength(1 + 200);
});
