import { beforeAll, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import {
  BAD_IDS,
  BAD_KEYS,
  badId,
  invalid,
  LOG,
  REFUSED_JSON,
  storingNothing,
  type UserError,
} from './refusals.js';

const running = useApp();
const x = (count: number) => 'x'.repeat(count);

let open: { executionId: string; userNodeId: string };
beforeAll(async () => {
  open = await flow(running.app).start();
});

const decision = (input: Record<string, unknown>) => ({
  userNodeId: open.userNodeId,
  type: 'TRADE',
  action: 'BUY',
  confidence: 60,
  ...input,
});
const log = async (input: Record<string, unknown>) =>
  (await running.app.data(LOG, { input: decision(input) })).logDecision;

async function expectNotLogged(input: Record<string, unknown>, userErrors: UserError[]) {
  const answer = await storingNothing(running.app, open, () => log(input));
  expect(answer).toEqual({ decisionLog: null, duplicate: false, userErrors });
}

test.each<[string, Record<string, unknown>, UserError]>([
  ...BAD_IDS.map(([what, value]): [string, Record<string, unknown>, UserError] => [
    `a node id of ${what}`,
    { userNodeId: value },
    invalid('userNodeId', badId('userNodeId', value)),
  ]),
  ...[
    ['buy', ' Did you mean BUY?'],
    ['WAIT', ''],
    ['HOLD ', ' Did you mean HOLD?'],
    ['__proto__', ''],
  ].map(([action, advice]): [string, Record<string, unknown>, UserError] => [
    `${JSON.stringify(action)} for a trade`,
    { action },
    invalid('action', `Expected \`action\` of a TRADE to be BUY, SELL or HOLD, got "${action}".${advice}`),
  ]),
  [
    'an action of 65 characters',
    { type: 'PAUSE', action: x(65) },
    invalid('action', `Expected \`action\` to have 1 to 64 characters, got 65: "${x(65)}".`),
  ],
  [
    'an empty action',
    { type: 'RISK_ADJUSTMENT', action: '' },
    invalid('action', 'Expected `action` to have 1 to 64 characters, got 0: "".'),
  ],
  [
    'a symbol of 65 characters',
    { symbol: x(65) },
    invalid('symbol', `Expected \`symbol\` to have 1 to 64 characters, got 65: "${x(65)}".`),
  ],
  ...[-1, 101].map((confidence): [string, Record<string, unknown>, UserError] => [
    `a confidence of ${confidence}`,
    { confidence },
    invalid('confidence', `Expected \`confidence\` from 0 to 100, got ${confidence}.`),
  ]),
  ...BAD_KEYS,
])('refuses a decision with %s', (_, input, fault) => expectNotLogged(input, [fault]));

const PARTS = ['marketConditions', 'portfolioState', 'riskMetrics'];
test.each(REFUSED_JSON.map(([...row], i) => [PARTS[i % 3] as string, ...row] as const))(
  'refuses a decision whose %s have %s',
  (part, _, value, rule, path = []) =>
    expectNotLogged({ context: { [part]: value } }, [
      invalid([`context.${part}`, ...path].join('.'), `Expected \`context.${part}\` ${rule}.`),
    ]),
);

test('names every fault of a decision at once', () =>
  expectNotLogged(
    {
      userNodeId: 'n',
      action: 'WAIT',
      symbol: '',
      confidence: 101,
      idempotencyKey: '',
      context: { marketConditions: { '\ud83d': 1 }, portfolioState: { a: '\ud83d' } },
    },
    [
      invalid('userNodeId', badId('userNodeId', 'n')),
      invalid('action', 'Expected `action` of a TRADE to be BUY, SELL or HOLD, got "WAIT".'),
      invalid('symbol', 'Expected `symbol` to have 1 to 64 characters, got 0: "".'),
      invalid('confidence', 'Expected `confidence` from 0 to 100, got 101.'),
      invalid('idempotencyKey', 'Expected `idempotencyKey` to have 1 to 128 characters, got 0: "".'),
      invalid(
        'context.marketConditions',
        'Expected `context.marketConditions` to have well-formed keys, got a lone surrogate in "\\ud83d".',
      ),
      invalid(
        'context.portfolioState.a',
        'Expected `context.portfolioState` to be well-formed Unicode, got a lone surrogate in "\\ud83d" at ["a"].',
      ),
    ],
  ));
