import { describe, expect, test } from '@jest/globals';
import { consensusCalibration, type NodeRecord, newAgent } from '../../src/domain/node.js';
import { logOdds } from '../../src/domain/rules.js';
import { emptySums, pRight } from '../../src/domain/sums.js';
import { neededBallots } from '../../src/domain/consensus.js';
import { tally } from '../../src/domain/tally.js';
import { ballot, ballotsOf, count, nodeAt } from './builders.js';

describe('tally', () => {
  test.each([
    [['buy 80'], 'buy', 65, 65, 100, 'evidence'],
    [['buy 80', 'buy 60'], 'buy', 73.58, 74, 100, 'evidence'],
    [['buy 80', 'sell 80'], 'hold', 50, 50, 0, 'tie'],
    [['buy 70', 'buy 70', 'buy 70', 'sell 90', 'hold 50'], 'buy', 69.03, 69, 60, 'evidence'],
    [['sell 70 w2', 'buy 70'], 'sell', 58.43, 58, 67, 'evidence'],
    [['buy 10', 'buy 10', 'sell 20'], 'buy', 50, 50, 67, 'plurality'],
    [['buy 0 w3', 'sell 20', 'hold 10'], 'buy', 50, 50, 60, 'plurality'],
    [['buy 0', 'sell 20'], 'hold', 50, 50, 0, 'tie'],
    [['buy 0', 'sell 20', 'hold 10'], 'hold', 50, 50, 33, 'tie'],
    [['hold 80', 'sell 80'], 'hold', 50, 50, 50, 'tie'],
    [['buy 80', 'sell 90 w0', 'abstained'], 'buy', 65, 65, 100, 'evidence'],
  ] as const)('counts %j as %s', (votes, action, exact, confidence, agreement, reason) => {
    const node = nodeAt(1);
    const { consensus, basis } = count(ballotsOf(...votes), node, votes.length, 1);
    expect(consensus).toMatchObject({ action, confidence, agreement, reason });
    expect(100 * pRight(consensusCalibration(node, 1), basis.raw ?? 0)).toBeCloseTo(exact, 2);
  });

  test('counts the golden conversation, its failure apart', () => {
    const votes = [
      'buy 64 w10',
      'buy 78 w10',
      'hold 55 w8',
      'sell 60 w8',
      'hold 70 w12',
      'sell 82 w10',
      'hold 65 w15',
    ];
    const counted = count(ballotsOf(...votes, 'parse_error'));
    expect(counted.results).toEqual({
      buy: { votes: 2, totalConfidence: 1420 },
      sell: { votes: 2, totalConfidence: 1300 },
      hold: { votes: 3, totalConfidence: 2255 },
    });
    expect(counted.ballots.at(-1)).toMatchObject({ p: null, r: null, evidence: null });
    expect(counted.consensus).toMatchObject({ action: 'hold', isUnanimous: false, reason: 'evidence' });
  });

  test.each([
    ['nobody', [], 3, 50, 0],
    ['one of three at 50 %', ['hold 80'], 3, 50, 100],
    ['advice only', ['hold 80 w0', 'hold 70 w0'], 2, 50, 0],
    ['abstentions and failures only', ['abstained', 'timed_out'], 2, 1, 0],
    ['too few, partly for hold', ['buy 80 w3', 'hold 80'], 5, 50, 25],
    ['too few, all agreed', ['hold 80', 'hold 80'], 5, 50, 100],
  ])('holds without a confidence when %s voted', (_, votes, totalAgents, quorum, agreement) => {
    const { consensus, basis } = count(ballotsOf(...votes), nodeAt(1), totalAgents, quorum);
    expect(consensus).toEqual({
      action: 'hold',
      confidence: null,
      agreement,
      isUnanimous: false,
      reason: 'no_quorum',
    });
    expect(basis.raw).toBeNull();
  });

  test.each([
    ['two alike', ['buy 80', 'buy 20'], true],
    ['two alike without evidence', ['buy 5', 'buy 10'], true],
    ['one alone', ['buy 80'], false],
    ['two of three', ['buy 80', 'buy 80', 'sell 10'], false],
    ['two alike and other advice', ['buy 80', 'buy 80', 'sell 80 w0'], true],
    ['two alike and a failure', ['buy 80', 'buy 80', 'model_error'], true],
  ])('says of %s whether they are unanimous', (_, votes, isUnanimous) => {
    expect(count(ballotsOf(...votes)).consensus.isUnanimous).toBe(isUnanimous);
  });

  test('weighs advice by no evidence, though its chance is known', () => {
    const { ballots } = count(ballotsOf('buy 80', 'sell 80 w0', 'no_data'));
    expect(ballots.map(({ p, evidence }) => [p, evidence])).toEqual([
      [expect.closeTo(0.65, 12), expect.closeTo(Math.log(0.65 / 0.35), 12)],
      [expect.closeTo(0.65, 12), 0],
      [null, null],
    ]);
  });

  test('names the rule, its versions and the number it was counted at', () => {
    expect(count(ballotsOf('buy 80'), nodeAt(7), 1, 60).basis).toEqual({
      rule: 'log_odds',
      ruleVersion: 1,
      parameterVersion: 1,
      totalAgents: 1,
      quorum: 60,
      self: { meanStated: 0.65, meanRight: 0.65, slope: 1 },
      decisionSeq: 7,
      raw: expect.closeTo(0.65, 12),
    });
  });

  test('counts without a decision number when none was taken', () => {
    const given = { ballots: ballotsOf('buy 80 w0'), totalAgents: 1, quorum: 50, node: nodeAt(4), seq: null };
    expect(tally({ ...given, rule: logOdds, parameterVersion: 1 }).basis.decisionSeq).toBeNull();
  });

  test('listens to agents named like parts of an object', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const star = { ...newAgent('__proto__'), ...emptySums(), n: 200, o: 200, c: 160, cc: 128, co: 160 };
    const node: NodeRecord = { ...nodeAt(1), agents: [star] };
    const { consensus, ballots } = count(
      names.map((name) => ballot(name, name === '__proto__' ? 'buy' : 'sell', 80)),
      node,
    );
    expect(consensus.action).toBe('buy');
    expect(ballots.map(({ p }) => p)).toEqual([0.95, expect.closeTo(0.65, 12), expect.closeTo(0.65, 12)]);
  });
});

test.each([
  [50, 3, 2],
  [0, 3, 1],
  [7, 100, 7],
  [14, 50, 7],
  [1, 3, 1],
  [67, 3, 3],
  [100, 9, 9],
  [55, 20, 11],
])('needs of %i %% of %i agents %i ballots', (quorum, totalAgents, needed) => {
  expect(neededBallots(quorum, totalAgents)).toBe(needed);
});
