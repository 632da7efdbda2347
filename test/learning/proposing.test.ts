import { describe, expect, test } from '@jest/globals';
import { badId, invalid, shortened } from '../input/refusals.js';
import { id, useApp } from '../support/app.js';
import { approved, settings } from './changes.js';

const running = useApp();

const pathRule =
  'Expected `path` to be `quorum`, `rule`, `min_confidence`, `agents.<name>.weight` or `agents["<name>"].weight`, got';
const rules = 'LOG_ODDS, MAJORITY, CONFIDENCE_WEIGHTED, HEDGE';

describe('a path that names no parameter is refused:', () => {
  test.each([
    '',
    'speed',
    'Quorum',
    'quorum ',
    'minConfidence',
    'agents.a',
    'agents..weight',
    'agents.a.weight.b',
    'agents.a.learned_weight',
    'agents.swarm.weight',
    'agents.Swarm.weight',
    'agents.a b.weight',
    `agents.${'a'.repeat(65)}.weight`,
    '__proto__',
    'agents.$a.weight',
    'agents.model-4.1.weight',
    'agents["a\nb"].weight',
    'agents[""].weight',
    'agents[a].weight',
    'agents["a"b"].weight',
    'agents.\ud83d.weight',
  ])('%j', async (path) => {
    const { propose, history } = settings(running.app);
    const node = id();
    const echoed = path.length > 78 ? shortened(path) : JSON.stringify(path);
    expect(await propose(node, path, 5)).toEqual({
      duplicate: false,
      userErrors: [invalid('path', `${pathRule} ${echoed}.`)],
      parameterChange: null,
    });
    expect((await history(node)).edges).toEqual([]);
  });
});

describe('a value that its parameter cannot have is refused:', () => {
  const cases: [path: string, to: unknown, rule: string][] = [
    ...[0, 101, 50.5, 0.5, -1, '60', '60%', true, null, [60], { a: 60 }].map(
      (to): [string, unknown, string] => ['quorum', to, 'to be a whole number from 1 to 100'],
    ),
    ...[-1, 101, 0.5, '5', null].map((to): [string, unknown, string] => [
      'min_confidence',
      to,
      'to be a whole number from 0 to 100',
    ]),
    ...[-1, 101, 1.5, '5', false, [], {}].map((to): [string, unknown, string] => [
      'agents.a.weight',
      to,
      'to be a whole number from 0 to 100, or null for none',
    ]),
    ...['majority', 'Majority', 'log-odds', '', 'toString', '__PROTO__', 1, null, ['HEDG']].map(
      (to): [string, unknown, string] => ['rule', to, `to be one of ${rules}`],
    ),
  ];
  /** What is to be sent instead, where that can be told. */
  const ADVICE: [path: string, to: unknown, advice: string][] = [
    ['quorum', 0.5, ' For a share of 0.5 send 50.'],
    ['quorum', 50.5, ' Send 51.'],
    ['quorum', '60', ' Send 60.'],
    ['quorum', '60%', ' Send 60.'],
    ['min_confidence', 0.5, ' For a share of 0.5 send 50.'],
    ['min_confidence', '5', ' Send 5.'],
    ['agents.a.weight', '5', ' Send 5.'],
    ['rule', 'majority', ' Did you mean MAJORITY?'],
    ['rule', 'Majority', ' Did you mean MAJORITY?'],
    ['rule', 'log-odds', ' Did you mean LOG_ODDS?'],
  ];
  const adviceOf = (path: string, to: unknown) =>
    ADVICE.find(([ofPath, of]) => ofPath === path && of === to)?.[2] ?? '';
  test.each(cases)('of %s %j', async (path, to, rule) => {
    const { propose, history } = settings(running.app);
    const node = id();
    expect(await propose(node, path, to)).toEqual({
      duplicate: false,
      userErrors: [
        invalid(
          'to',
          `Expected \`to\` of \`${path}\` ${rule}, got ${JSON.stringify(to)}.${adviceOf(path, to)}`,
        ),
      ],
      parameterChange: null,
    });
    expect((await history(node)).edges).toEqual([]);
  });
});

test.each([
  ['quorum', 50],
  ['rule', 'LOG_ODDS'],
  ['min_confidence', 0],
  ['agents.a.weight', null],
])('the value of %s that is in force, %j, is no change', async (path, to) => {
  const text = `Expected \`to\` to be another value of \`${path}\` than the one in force, got ${JSON.stringify(to)}.`;
  expect((await settings(running.app).propose(id(), path, to)).userErrors).toEqual([invalid('to', text)]);
});

test('what is in force is what was approved, not what is usual', async () => {
  const { propose } = settings(running.app);
  const node = id();
  await approved(running.app, node, 'quorum', 60);
  expect((await propose(node, 'quorum', 60)).userErrors).toMatchObject([{ code: 'INVALID' }]);
  expect((await propose(node, 'quorum', 50)).parameterChange).toMatchObject({ from: 60, to: 50 });
});

test('a value left out is null, which takes a default weight away', async () => {
  const node = id();
  await approved(running.app, node, 'agents.a.weight', 5);
  const { proposeParameterChange } = await running.app.data(
    /* GraphQL */ `
      mutation ($node: ID!) {
        proposeParameterChange(input: { userNodeId: $node, path: "agents.a.weight", reason: "As before." }) {
          userErrors { code }
          parameterChange { from to }
        }
      }
    `,
    { node },
  );
  expect(proposeParameterChange).toEqual({ userErrors: [], parameterChange: { from: 5, to: null } });
});

describe('of one input', () => {
  const long = 'é'.repeat(501);

  test('every fault of a proposal is told', async () => {
    const { propose } = settings(running.app);
    const bad = (field: string, text: string) => invalid(field, text);
    expect((await propose('node', 'rule', 'BEST', '')).userErrors).toEqual([
      bad('userNodeId', badId('userNodeId', 'node')),
      bad('reason', 'Expected `reason` to have 1 to 500 characters, got 0: "".'),
      bad('to', `Expected \`to\` of \`rule\` to be one of ${rules}, got "BEST".`),
    ]);
    expect((await propose('node', 'best', 1, long)).userErrors).toEqual([
      bad('userNodeId', badId('userNodeId', 'node')),
      bad('reason', `Expected \`reason\` to have 1 to 500 characters, got 501: ${shortened(long)}.`),
      bad('path', `${pathRule} "best".`),
    ]);
    const half = 'Expected `reason` to be well-formed Unicode, got a lone surrogate in "\\ud83d".';
    expect((await propose(id(), 'quorum', 60, '\ud83d')).userErrors).toEqual([bad('reason', half)]);
  });

  test('every fault of a decision is told, and nothing is decided', async () => {
    const { propose, decideOn, history } = settings(running.app);
    const { parameterChange } = await propose(id(), 'quorum', 60, 'é'.repeat(500));
    expect((await decideOn('change', 'APPROVE', '')).userErrors).toEqual([
      invalid('changeId', badId('changeId', 'change')),
      invalid('comment', 'Expected `comment` to have 1 to 500 characters, got 0: "".'),
    ]);
    const text = `Expected \`comment\` to have 1 to 500 characters, got 501: ${shortened(long)}.`;
    expect(await decideOn(parameterChange.id, 'APPROVE', long)).toEqual({
      duplicate: false,
      userErrors: [invalid('comment', text)],
      parameterChange: null,
    });
    const { edges } = await history(parameterChange.userNodeId);
    expect(edges.map(({ node }: any) => node)).toEqual([parameterChange]);
  });
});
