import { describe, expect, test } from '@jest/globals';
import { explain, pivotalAgents } from '../../src/domain/explanation.js';
import { type NodeRecord, newAgent } from '../../src/domain/node.js';
import { type CountingRule, logOdds, RULES } from '../../src/domain/rules.js';
import type { Ballot } from '../../src/domain/voting.js';
import { AT, ballotsOf, count, decisionOf, feed, nodeAt, outcomeOf } from './builders.js';
import { completed, explained } from './explaining.js';

const odds = (percent: number): number => Math.log(percent / (100 - percent));
const close = (value: number): unknown => expect.closeTo(value, 12);
const agent = (agentName: string, of: object) => ({ agentName, ...of });

describe('a vote that evidence decides', () => {
  // Newcomers who state 80, 60 and 40 % are right 65, 60 and 55 %; the mean weight of the counted is 4/3.
  const votes = ballotsOf('sell 60', 'buy 80 w2', 'hold 40', 'buy 90 w0', 'timed_out');
  const [b, a, c] = [(3 / 2) * odds(65), (3 / 4) * odds(60), (3 / 4) * odds(55)];

  test('is told whole', () => {
    expect(explained(votes, { node: nodeAt(7), quorum: 50 })).toEqual({
      rule: 'log_odds',
      ruleVersion: 1,
      parameterVersion: 1,
      decisionSeq: 7,
      raw: close(1 / (1 + Math.exp(-(b - a)))),
      scores: { buy: close(b), sell: close(a), hold: close(c) },
      agents: [
        agent('b', {
          action: 'buy',
          confidence: 80,
          weight: 2,
          probability: close(0.65),
          evidence: close(b),
          share: close(b / (a + b + c)),
        }),
        agent('a', {
          action: 'sell',
          confidence: 60,
          weight: 1,
          probability: close(0.6),
          evidence: close(a),
          share: close(a / (a + b + c)),
        }),
        agent('c', {
          action: 'hold',
          confidence: 40,
          weight: 1,
          probability: close(0.55),
          evidence: close(c),
          share: close(c / (a + b + c)),
        }),
      ],
      agreementByWeight: 50,
      agreementByHeads: 33,
      dissenters: ['a', 'c'],
      runnerUp: 'sell',
      margin: close(b - a),
      // Of five agents three count, just the quorum: without any of them the swarm holds.
      pivotalAgents: [
        agent('a', { changes: [{ vote: null, action: 'hold', reason: 'no_quorum' }] }),
        agent('b', {
          changes: [
            { vote: 'sell', action: 'sell', reason: 'evidence' },
            { vote: 'hold', action: 'hold', reason: 'evidence' },
            { vote: null, action: 'hold', reason: 'no_quorum' },
          ],
        }),
        agent('c', { changes: [{ vote: null, action: 'hold', reason: 'no_quorum' }] }),
      ],
    });
  });

  test('is told the same where the agents have learned since', () => {
    const node = nodeAt(1);
    const { decision, vote } = { decision: decisionOf(votes, node), vote: completed(votes, { node }) };
    const before = [explain(vote), pivotalAgents(vote)];
    const learned = feed(node, decision, outcomeOf(false, -10)).node;
    expect(count(votes, learned).basis.raw).not.toBe(vote.basis?.raw);
    expect([explain(vote), pivotalAgents(vote)]).toEqual(before);
  });

  test('is told the same where an older version kept neither the agents nor the quorum with the count', () => {
    const vote = completed(votes, { quorum: 40 });
    if (vote.basis === null) throw new Error('Expected a complete vote.');
    const older = { ...vote, basis: { ...vote.basis, totalAgents: null, quorum: null } };
    expect(explain(older)).toEqual(explain(vote));
    expect(pivotalAgents(older)).toEqual(pivotalAgents(vote));
    expect(pivotalAgents(older)).not.toEqual(explained(votes)?.pivotalAgents);
  });

  test('is null until the vote is complete', () => {
    const vote = { ...completed(votes), consensus: null, basis: null };
    expect([explain(vote), pivotalAgents(vote)]).toEqual([null, []]);
  });
});

describe('a vote of which some are known', () => {
  /** Right 60 and 0 times of 60, all at 80 %: the one is right 95 %, the other 13/140 and so not heard. */
  const known = (agentName: string, right: number) => ({
    ...newAgent(agentName),
    n: 60,
    o: right,
    c: 48,
    cc: 38.4,
    co: 0.8 * right,
    r: right - 30,
  });
  const node: NodeRecord = { ...nodeAt(0), agents: [known('a', 60), known('b', 0)] };
  const votes = ballotsOf('sell 80', 'buy 80 w8', 'buy 60 w2', 'buy 60');

  test('is told by what was known then', () => {
    const [a, c, d] = [odds(95) / 3, (2 * odds(60)) / 3, odds(60) / 3];
    const told = explained(votes, { node });
    expect(told?.agents).toEqual([
      agent('a', {
        ...said('sell', 80, 1),
        probability: close(0.95),
        evidence: close(a),
        share: close(a / (a + c + d)),
      }),
      agent('c', {
        ...said('buy', 60, 2),
        probability: close(0.6),
        evidence: close(c),
        share: close(c / (a + c + d)),
      }),
      agent('d', {
        ...said('buy', 60, 1),
        probability: close(0.6),
        evidence: close(d),
        share: close(d / (a + c + d)),
      }),
      agent('b', { ...said('buy', 80, 8), probability: close(13 / 140), evidence: 0, share: 0 }),
    ]);
  });

  test('is told by another rule in the terms of that rule', () => {
    const told = explained(votes, { node, rule: RULES.hedge });
    const [a, b] = [Math.exp(3) / 3, (8 * Math.exp(-3)) / 3];
    expect(told).toMatchObject({
      rule: 'hedge',
      scores: { buy: close(b + 1), sell: close(a), hold: 0 },
      raw: close(a / (a + b + 1)),
      agreementByWeight: 8,
      agreementByHeads: 25,
      dissenters: ['b', 'c', 'd'],
      runnerUp: 'buy',
      margin: close(a - b - 1),
    });
    expect(told?.agents.map(({ agentName }) => agentName)).toEqual(['a', 'c', 'd', 'b']);
  });
});

const said = (action: string, confidence: number, weight: number) => ({ action, confidence, weight });

describe('the runner-up and how far it was behind', () => {
  const cases: [string, string[], CountingRule, object][] = [
    ['by evidence', ['buy 80', 'sell 60'], logOdds, { runnerUp: 'sell', margin: close(odds(65) - odds(60)) }],
    [
      'where it has no evidence',
      ['buy 80', 'sell 10'],
      logOdds,
      { runnerUp: 'sell', margin: close(odds(65)) },
    ],
    [
      'where all agree',
      ['buy 80', 'buy 60'],
      logOdds,
      { runnerUp: null, margin: close(odds(65) + odds(60)) },
    ],
    ['by weight', ['buy 10 w5', 'hold 0 w2', 'sell 20'], logOdds, { runnerUp: 'hold', margin: 3 }],
    ['of a tie of others', ['buy 70', 'sell 70', 'hold 20'], logOdds, { runnerUp: 'buy', margin: 0 }],
    ['of a tie with hold', ['hold 70', 'sell 70'], logOdds, { runnerUp: 'sell', margin: 0 }],
    ['of a tie by weight', ['sell 10', 'hold 0'], logOdds, { runnerUp: 'sell', margin: 0 }],
    ['by heads', ['buy 1', 'buy 1', 'sell 99'], RULES.majority, { runnerUp: 'sell', margin: 1 }],
  ];
  test.each(cases)('%s', (_, votes, rule, told) => {
    expect(explained(ballotsOf(...votes), { rule })).toMatchObject(told);
  });

  test('is never the action itself, where summing leaves two that are level not quite alike', () => {
    // Both sum up to 1.6, but for the last bit.
    const votes = ballotsOf('hold 80', 'hold 80 w4', 'sell 80 w2', 'sell 80 w3');
    for (const ballots of [votes, swapped(votes)]) {
      const told = explained(ballots, { rule: RULES.confidence_weighted });
      expect(told?.scores.hold).not.toBe(told?.scores.sell);
      expect(told).toMatchObject({ runnerUp: 'sell', margin: 0 });
    }
  });

  test('are not told without a quorum', () => {
    expect(explained(ballotsOf('buy 80', 'no_data', 'no_data'))).toMatchObject({
      raw: null,
      scores: { buy: close(odds(65)), sell: 0, hold: 0 },
      agreementByWeight: 0,
      agreementByHeads: 0,
      dissenters: ['a'],
      runnerUp: null,
      margin: null,
      pivotalAgents: [],
    });
  });

  test('are not told where nobody was counted', () => {
    expect(explained(ballotsOf('buy 80 w0', 'timed_out'))).toEqual({
      rule: 'log_odds',
      ruleVersion: 1,
      parameterVersion: 1,
      decisionSeq: 1,
      raw: null,
      scores: { buy: 0, sell: 0, hold: 0 },
      agents: [],
      agreementByWeight: 0,
      agreementByHeads: 0,
      dissenters: [],
      runnerUp: null,
      margin: null,
      pivotalAgents: [],
    });
  });
});

const swapped = (ballots: Ballot[]): Ballot[] =>
  ballots.map((each) => ({ ...each, action: each.action === 'hold' ? 'sell' : 'hold', timestamp: AT }));
