import { describe, expect, test } from '@jest/globals';
import { type NodeRecord, newAgent } from '../../src/domain/node.js';
import {
  type CountingRule,
  type Evidence,
  RULES,
  type RuleName,
  type HeardBallot,
} from '../../src/domain/rules.js';
import type { Ballot } from '../../src/domain/voting.js';
import { TRADE_ACTIONS } from '../../src/domain/tradeAction.js';
import { ballotsOf, count, nodeAt } from './builders.js';

const { log_odds, majority, confidence_weighted, hedge } = RULES;
const by = (rule: CountingRule, ballots: Ballot[], node: NodeRecord = nodeAt(1)) =>
  count(ballots, node, ballots.length, 1, rule);

describe('what one ballot of mean weight says', () => {
  const cases: [RuleName, Partial<HeardBallot>, number][] = [
    ['log_odds', { p: 0.65 }, Math.log(13 / 7)],
    ['log_odds', { p: 0.95 }, Math.log(19)],
    ['log_odds', { p: 0.5 }, 0],
    ['log_odds', { p: 0.05 }, 0],
    ['majority', { p: 0.05, stated: 0, r: -99 }, 1],
    ['confidence_weighted', { stated: 0.8 }, 0.8],
    ['confidence_weighted', { stated: 0 }, 0],
    ['hedge', { r: 0 }, 1],
    ['hedge', { r: 20 }, Math.E ** 2],
    ['hedge', { r: -10 }, 1 / Math.E],
    ['hedge', { r: 200 }, Math.E ** 20],
    ['hedge', { r: 5_000 }, Math.E ** 20],
    ['hedge', { r: -5_000 }, Math.E ** -20],
  ];
  test.each(cases)('%s of %j', (rule, word, strength) => {
    const said = RULES[rule].strength({ stated: 0.5, p: 0.6, r: 0, ...word });
    expect(said / (strength || 1)).toBeCloseTo(strength === 0 ? 0 : 1, 12);
  });
});

describe('the same five ballots', () => {
  const votes = ballotsOf('buy 80 w3', 'sell 90', 'sell 60 w2', 'hold 30', 'buy 50 w0');
  // Four count, with a mean weight of 7/4: they weigh 12/7, 4/7, 8/7 and 4/7.
  const odds = (percent: number) => Math.log(percent / (100 - percent));
  const cases: [RuleName, Evidence, number][] = [
    [
      'log_odds',
      { buy: (12 * odds(65)) / 7, sell: (4 * odds(67.5) + 8 * odds(60)) / 7, hold: (4 * odds(52.5)) / 7 },
      1 / (1 + Math.exp(-(12 * odds(65) - 4 * odds(67.5) - 8 * odds(60)) / 7)),
    ],
    ['majority', { buy: 12 / 7, sell: 12 / 7, hold: 4 / 7 }, 0.5],
    ['confidence_weighted', { buy: 9.6 / 7, sell: 8.4 / 7, hold: 1.2 / 7 }, 9.6 / 19.2],
    ['hedge', { buy: 12 / 7, sell: 12 / 7, hold: 4 / 7 }, 0.5],
  ];
  test.each(cases)('counted by %s', (name, evidence, raw) => {
    const { ballots, basis, consensus } = by(RULES[name], votes);
    for (const action of TRADE_ACTIONS) {
      expect(evidenceFor(ballots)[action]).toBeCloseTo(evidence[action], 12);
    }
    expect(basis).toMatchObject({ rule: name, ruleVersion: 1, raw: expect.closeTo(raw, 12) });
    expect(consensus).toMatchObject(
      evidence.buy === evidence.sell
        ? { action: 'hold', reason: 'tie' }
        : { action: 'buy', reason: 'evidence' },
    );
  });

  test.each([majority, confidence_weighted, hedge])(
    'the raw chance by $name is a share of all evidence',
    (rule) => {
      expect(rule.raw({ buy: 1.25, sell: 0.5, hold: 0.75 }, 'buy')).toBe(0.5);
      expect(rule.raw({ buy: 0, sell: 3, hold: 0 }, 'sell')).toBe(1);
    },
  );

  test('the raw chance by log_odds is by how much the action is ahead of the next', () => {
    expect(log_odds.raw({ buy: 1.25, sell: 0.5, hold: 0.75 }, 'buy')).toBeCloseTo(
      1 / (1 + Math.E ** -0.5),
      12,
    );
  });
});

test('hedge goes by what its agents were right more often than the swarm, half of it after 100 decisions', () => {
  const records = [
    { ...newAgent('a'), r: 40 },
    { ...newAgent('b'), r: -20 },
  ];
  const { ballots, basis, consensus } = by(hedge, ballotsOf('buy 10', 'sell 99', 'sell 99 w2'), {
    ...nodeAt(100),
    agents: records,
  });
  expect(ballots.map(({ r }) => r)).toEqual([20, -10, 0]);
  const [a, b, c] = [0.75 * Math.E ** 2, 0.75 / Math.E, 1.5];
  expect(ballots.map(({ evidence }) => evidence)).toEqual([a, b, c].map((one) => expect.closeTo(one, 12)));
  expect(consensus).toMatchObject({ action: 'buy', reason: 'evidence' });
  expect(basis.raw).toBeCloseTo(a / (a + b + c), 12);
});

describe('where all state 0 %', () => {
  test('confidence_weighted falls back to plain weight', () => {
    const { consensus, basis } = by(confidence_weighted, ballotsOf('buy 0 w2', 'sell 0', 'hold 0'));
    expect(consensus).toMatchObject({ action: 'buy', agreement: 50, reason: 'plurality' });
    expect(basis.raw).toBe(0.5);
  });

  test('confidence_weighted ties where weight does', () => {
    const { consensus } = by(confidence_weighted, ballotsOf('buy 0', 'sell 0'));
    expect(consensus).toMatchObject({ action: 'hold', confidence: 50, reason: 'tie' });
  });
});

function evidenceFor(ballots: readonly Ballot[]): Evidence {
  const sums = { buy: 0, sell: 0, hold: 0 };
  for (const { action, evidence } of ballots) if (action !== null) sums[action] += evidence ?? 0;
  return sums;
}
