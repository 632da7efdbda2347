import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { START, startInput } from '../support/scenario.js';
import { BAD_IDS, BAD_NAMES, badId, invalid, REFUSED_JSON, shortened, type UserError } from './refusals.js';

const running = useApp();
const x = (count: number) => 'x'.repeat(count);
const agents = (...names: string[]) => names.map((agentName) => ({ agentName }));

const start = async (input: Record<string, unknown>) =>
  (await running.app.data(START, { input })).startConversation;

const started = async (): Promise<unknown> =>
  (await running.app.data('{ conversations(first: 100) { edges { node { id } } } }')).conversations.edges;

async function expectRefused(input: Record<string, unknown>, userErrors: UserError[]) {
  const before = await started();
  expect(await start(startInput(input))).toEqual({ conversation: null, duplicate: false, userErrors });
  expect(await started()).toEqual(before);
}

test.each<[string, Record<string, unknown>, UserError]>([
  ...BAD_IDS.flatMap(([what, value]) =>
    ['executionId', 'flowId', 'userNodeId'].map((field): [string, Record<string, unknown>, UserError] => [
      `${what} as ${field}`,
      { [field]: value },
      invalid(field, badId(field, value)),
    ]),
  ),
  [
    'an empty symbol',
    { symbol: '' },
    invalid('symbol', 'Expected `symbol` to have 1 to 64 characters, got 0: "".'),
  ],
  [
    'a symbol of 65 characters',
    { symbol: x(65) },
    invalid('symbol', `Expected \`symbol\` to have 1 to 64 characters, got 65: "${x(65)}".`),
  ],
  [
    'both agents and totalAgents',
    { agents: agents('a', 'b'), totalAgents: 2 },
    invalid('totalAgents', 'Expected `agents` or `totalAgents`, got both (totalAgents 2).'),
  ],
  [
    'neither agents nor totalAgents',
    { totalAgents: null },
    invalid('agents', 'Expected `agents` or `totalAgents`, got neither.'),
  ],
  ...[0, -1, 201].map((totalAgents): [string, Record<string, unknown>, UserError] => [
    `${totalAgents} counted agents`,
    { totalAgents },
    invalid('totalAgents', `Expected \`totalAgents\` from 1 to 200, got ${totalAgents}.`),
  ]),
  ['no named agents', { agents: [] }, invalid('agents', 'Expected 1 to 200 `agents`, got 0.')],
  [
    '201 named agents',
    { agents: agents(...Array.from({ length: 201 }, (_, i) => `a${i}`)) },
    invalid('agents', 'Expected 1 to 200 `agents`, got 201.'),
  ],
  [
    'an agent named twice',
    { agents: agents('a', 'b', 'a') },
    invalid('agents.2.agentName', 'Expected each agent to be named once, got "a" again.'),
  ],
  ...BAD_NAMES.map(([what, name, rule]): [string, Record<string, unknown>, UserError] => [
    `an agent name ${what}`,
    { agents: agents('a', name) },
    invalid('agents.1.agentName', `Expected \`agents.1.agentName\` ${rule}.`),
  ]),
  ...[
    ['Momentum', 'momentum'],
    ['Bull Researcher', 'bull  researcher'],
    ['Straße', 'STRASSE'],
    ['Model 1', 'Ｍｏｄｅｌ １'],
  ].map(([one = '', other = '']): [string, Record<string, unknown>, UserError] => [
    `an agent named ${one} and ${other}`,
    { agents: agents(one, other) },
    invalid(
      'agents.1.agentName',
      `Expected each agent to be named once, got ${JSON.stringify(other)} after ${JSON.stringify(one)}.`,
    ),
  ]),
  ...['swarm', 'Swarm', 'SWARM'].map((name): [string, Record<string, unknown>, UserError] => [
    `the reserved name ${name}`,
    { agents: agents(name) },
    invalid(
      'agents.0.agentName',
      `Expected \`agents.0.agentName\` to be another name than the reserved \`swarm\`, got "${name}".`,
    ),
  ]),
  ...[-1, 101].map((weight): [string, Record<string, unknown>, UserError] => [
    `a weight of ${weight}`,
    { agents: [{ agentName: 'a', weight }] },
    invalid('agents.0.weight', `Expected \`agents.0.weight\` from 0 to 100, got ${weight}.`),
  ]),
  ...[0, -1, 101].map((quorum): [string, Record<string, unknown>, UserError] => [
    `a quorum of ${quorum}`,
    { quorum },
    invalid('quorum', `Expected \`quorum\` from 1 to 100, got ${quorum}.`),
  ]),
  ...['votingTimeout', 'timeout'].flatMap((field) =>
    [0, -1, 86_401].map((seconds): [string, Record<string, unknown>, UserError] => [
      `a ${field} of ${seconds}`,
      { [field]: seconds },
      invalid(field, `Expected \`${field}\` from 1 to 86,400, got ${seconds}.`),
    ]),
  ),
])('refuses to start with %s', (_, input, fault) => expectRefused(input, [fault]));

const PARTS = ['marketConditions', 'portfolioState', 'riskMetrics'];
test.each(REFUSED_JSON.map(([...row], i) => [PARTS[i % 3] as string, ...row] as const))(
  'refuses %s with %s',
  (part, _, value, rule, path = []) =>
    expectRefused({ decisionContext: { [part]: value } }, [
      invalid(
        [`decisionContext.${part}`, ...path].join('.'),
        `Expected \`decisionContext.${part}\` ${rule}.`,
      ),
    ]),
);

test('names every fault of a start at once', () =>
  expectRefused(
    {
      executionId: 'e',
      flowId: 'f',
      userNodeId: x(129),
      symbol: '',
      agents: [{ agentName: 'a\u0007b', weight: 101 }, { agentName: 'swarm' }],
      totalAgents: 0,
      quorum: 0,
      votingTimeout: 0,
      timeout: 86_401,
      decisionContext: { marketConditions: { '\ud83d': 1 }, riskMetrics: { a: '\ud83d' } },
    },
    [
      invalid('executionId', badId('executionId', 'e')),
      invalid('flowId', badId('flowId', 'f')),
      invalid('userNodeId', `Expected \`userNodeId\` to be 24 hex digits, got ${shortened(x(129))}.`),
      invalid('symbol', 'Expected `symbol` to have 1 to 64 characters, got 0: "".'),
      invalid('totalAgents', 'Expected `agents` or `totalAgents`, got both (totalAgents 0).'),
      invalid('totalAgents', 'Expected `totalAgents` from 1 to 200, got 0.'),
      invalid(
        'agents.0.agentName',
        'Expected `agents.0.agentName` to have no control, unseen or unassigned character such as U+0007, got "a\\u0007b".',
      ),
      invalid('agents.0.weight', 'Expected `agents.0.weight` from 0 to 100, got 101.'),
      invalid(
        'agents.1.agentName',
        'Expected `agents.1.agentName` to be another name than the reserved `swarm`, got "swarm".',
      ),
      invalid('quorum', 'Expected `quorum` from 1 to 100, got 0.'),
      invalid('votingTimeout', 'Expected `votingTimeout` from 1 to 86,400, got 0.'),
      invalid('timeout', 'Expected `timeout` from 1 to 86,400, got 86401.'),
      invalid(
        'decisionContext.marketConditions',
        'Expected `decisionContext.marketConditions` to have well-formed keys, got a lone surrogate in "\\ud83d".',
      ),
      invalid(
        'decisionContext.riskMetrics.a',
        'Expected `decisionContext.riskMetrics` to be well-formed Unicode, got a lone surrogate in "\\ud83d" at ["a"].',
      ),
    ],
  ));

test('takes 200 named agents, and the longest times', async () => {
  const input = startInput({
    agents: agents(...Array.from({ length: 199 }, (_, i) => `a${i}`), x(64)),
    quorum: 100,
    votingTimeout: 86_400,
    timeout: 86_400,
    symbol: '💡'.repeat(64),
  });
  expect((await start(input)).userErrors).toEqual([]);
});
