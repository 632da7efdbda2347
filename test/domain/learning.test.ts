import { describe, expect, test } from '@jest/globals';
import type { DecisionLog } from '../../src/domain/decision.js';
import { addOutcome, confidenceAccuracy } from '../../src/domain/learning.js';
import { lessonLine } from '../../src/domain/lesson.js';
import {
  consensusCalibration,
  type NodeRecord,
  newAgent,
  newConsensus,
  nextSeq,
} from '../../src/domain/node.js';
import { pRight } from '../../src/domain/sums.js';
import {
  AT,
  ballot,
  ballotsOf,
  chanceOf,
  count,
  decisionOf,
  feed,
  nodeAt,
  outcomeOf,
  randomFrom,
  settled,
} from './builders.js';

test.each([
  [80, true, 96],
  [80, false, 36],
  [50, true, 75],
  [50, false, 75],
  [0, false, 100],
  [0, true, 0],
  [73, true, 92.71],
  [67, false, 55.11],
  [null, true, null],
])('rates a confidence of %p with success %p at %p', (confidence, success, accuracy) => {
  expect(confidenceAccuracy(confidence, success)).toBe(accuracy);
});

describe('one feedback', () => {
  const decision = decisionOf(ballotsOf('buy 80'));

  test.each([
    [true, 0.6816, 69.83],
    [false, 0.5913, 56],
  ])('with success %p is heard at the next decision', (success, p, shown) => {
    const { node } = feed(nodeAt(1), decision, outcomeOf(success));
    expect(chanceOf(node, 'a', 80)).toBeCloseTo(p, 4);
    const next = { ...node, lastDecisionSeq: 2 };
    const { basis, consensus } = count(ballotsOf('buy 80'), next);
    expect(consensus.confidence).toBe(Math.round(shown));
    if (success) expect(100 * pRight(consensusCalibration(next, 2), basis.raw ?? 0)).toBeCloseTo(shown, 2);
  });

  test('taken back leaves a newcomer', () => {
    const taught = addOutcome(nodeAt(1), decision, outcomeOf(true, 5), 1);
    const node = addOutcome(taught, decision, outcomeOf(true, 5), -1);
    expect(chanceOf(node, 'a', 80)).toBeCloseTo(0.65, 12);
    expect(node.agents).toEqual([{ ...newAgent('a'), lastSeq: 1 }]);
    expect(node.consensus).toEqual(newConsensus());
  });

  test.each([150_000, 1_000_000])('on decision %i is heard as the first is', (seq) => {
    const late = nodeAt(seq);
    const { node } = feed(late, decisionOf(ballotsOf('buy 80'), late), outcomeOf(true));
    expect(chanceOf(node, 'a', 80)).toBeCloseTo(0.6816, 4);
    expect(node.lastDecisionSeq).toBe(seq);
  });

  test('of a late decision stays finite where the node does not know its number yet', () => {
    const taught = addOutcome(
      nodeAt(0),
      decisionOf(ballotsOf('buy 80'), nodeAt(250_000)),
      outcomeOf(true),
      1,
    );
    expect(chanceOf(taught, 'a', 80, 250_001)).toBeCloseTo(0.6816, 4);
  });

  test('says what the next write stores', () => {
    const { node, learning, feedback } = feed({ ...nodeAt(1), version: 8 }, decision, outcomeOf(true, 3), [
      'Patience pays.',
    ]);
    expect(learning).toMatchObject({
      wasCorrect: true,
      confidenceAccuracy: 87.75,
      lessons: [{ code: null, text: 'Patience pays.', source: 'market' }],
    });
    expect(feedback).toEqual({
      revision: 1,
      outcome: outcomeOf(true, 3),
      source: 'market',
      recordedAt: AT,
      idempotencyKey: 'key',
      contentHash: 'hash',
      addedLessons: ['Patience pays.'],
    });
    expect(node).toMatchObject({ version: 9, lastDecisionSeq: 1, adjustments: learning.parametersToAdjust });
    expect(node.unsettled).toEqual({
      decisionId: 'decision 1',
      changesId: 'changes',
      suggestionId: 'suggestion',
      executionId: 'execution',
      nodeVersion: 9,
      learning,
      feedback,
      lateBallots: [],
      outcome: outcomeOf(true, 3),
      replaced: null,
    });
  });

  test('leaves what it was given as it was', () => {
    const node = nodeAt(1);
    const before = structuredClone([node, decision]);
    feed(node, decision, outcomeOf(true, 3));
    expect([node, decision]).toEqual(before);
  });

  test('judges every ballot with an action: right is to back a success or to be against a failure', () => {
    const mixed = decisionOf(
      ballotsOf('buy 80', 'sell 60', 'buy 55 w0', 'hold 70 w0', 'timed_out'),
      nodeAt(1),
      4,
    );
    const hits = (success: boolean) =>
      feed(nodeAt(1), mixed, outcomeOf(success)).node.agents.map(({ agentName, votes, hits: right, r }) => [
        agentName,
        votes,
        right,
        Math.sign(r),
      ]);
    expect(hits(true)).toEqual([
      ['a', 1, 1, 0],
      ['b', 1, 0, -1],
      ['c', 1, 1, 0],
      ['d', 1, 0, -1],
    ]);
    expect(hits(false)).toEqual([
      ['a', 1, 0, 0],
      ['b', 1, 1, 1],
      ['c', 1, 0, 0],
      ['d', 1, 1, 1],
    ]);
  });

  test('teaches of a tie that nobody backed its hold', () => {
    const tie = decisionOf(ballotsOf('buy 80', 'sell 80'));
    const { node, learning } = feed(nodeAt(1), tie, outcomeOf(false, -9));
    expect(node.agents.map(({ hits, pnl }) => [hits, pnl])).toEqual([
      [1, 0n],
      [1, 0n],
    ]);
    expect(learning.lessons.map(lessonLine)).toEqual([
      'DISSENT_VINDICATED: hold proved wrong, and 2 of 2 counted agents had been against it: a, b.',
    ]);
  });

  test('keeps agents by name, whatever their names', () => {
    const names = ['zoe', '__proto__', 'constructor', 'Anna', 'hasOwnProperty'];
    const { node } = feed(
      nodeAt(1),
      decisionOf(names.map((name) => ballot(name, 'buy', 80))),
      outcomeOf(true),
    );
    expect(node.agents.map(({ agentName, votes }) => [agentName, votes])).toEqual(
      ['Anna', '__proto__', 'constructor', 'hasOwnProperty', 'zoe'].map((name) => [name, 1]),
    );
    expect(chanceOf(node, '__proto__', 80)).toBeCloseTo(0.6816, 4);
  });
});

describe('feedback teaches nothing', () => {
  const logged: DecisionLog = {
    ...decisionOf(ballotsOf('buy 80')),
    ballots: [],
    basis: null,
    executionId: null,
    conversationId: null,
  };
  test.each([
    ['on a decision without a quorum', decisionOf(ballotsOf('buy 80', 'sell 70'), nodeAt(1), 9), null],
    ['on a decision no swarm took', logged, 36],
  ])('%s', (_, decision, accuracy) => {
    const given =
      decision === logged ? { ...logged, decision: { ...logged.decision, confidence: 80 } } : decision;
    const before = nodeAt(1);
    const { node, learning } = feed(before, given, outcomeOf(false, 5), ['Mine.']);
    expect(learning).toEqual({
      wasCorrect: false,
      confidenceAccuracy: accuracy,
      lessons: [{ code: null, text: 'Mine.', source: 'market' }],
      parametersToAdjust: [],
    });
    expect({ ...node, version: 0, unsettled: null }).toEqual(before);
    expect(node.unsettled?.feedback.revision).toBe(1);
  });
});

describe('a correction', () => {
  const decision = decisionOf(ballotsOf('buy 80', 'buy 60', 'sell 73'));

  test('takes the old outcome back and counts no vote twice', () => {
    const first = feed(nodeAt(1), decision, outcomeOf(true, 100));
    const second = feed(first.node, settled(decision, first), outcomeOf(false, -40));
    const straight = feed(nodeAt(1), decision, outcomeOf(false, -40));
    const exact = (node: NodeRecord) =>
      node.agents.map(({ votes, hits, squaredError, pnl }) => [votes, hits, squaredError, pnl]);
    expect(exact(second.node)).toEqual(exact(straight.node));
    expect(second.feedback.revision).toBe(2);
    for (const name of ['a', 'b', 'c']) {
      expect(chanceOf(second.node, name, 80)).toBeCloseTo(chanceOf(straight.node, name, 80), 12);
    }
  });

  test('of a pnl beyond all money is exact, and everything stays finite', () => {
    const first = feed(nodeAt(1), decision, outcomeOf(true, 1e300));
    const second = feed(first.node, settled(decision, first), outcomeOf(true, -0.01));
    expect(second.node.agents.reduce((sum, { pnl }) => sum + pnl, 0n)).toBe(-1_000_000n);
  });
});

test('a star that fades weighs less than an ordinary agent within 90 decisions', () => {
  const skills = (star: number) => ({ star, p: 0.57, q: 0.57, r: 0.57, s: 0.57 });
  const random = randomFrom(11);
  // Buying is right in this world, and each agent sees it as often as its skill says.
  const live = (start: NodeRecord, until: number, skillOf: Record<string, number>): NodeRecord => {
    let node = start;
    while (node.lastDecisionSeq < until) {
      const next = { ...node, lastDecisionSeq: nextSeq(node) };
      const ballots = Object.entries(skillOf).map(([name, skill]) =>
        ballot(name, random() < skill ? 'buy' : 'sell', 70),
      );
      const decision = decisionOf(ballots, next);
      ({ node } = feed(next, decision, outcomeOf(decision.decision.action === 'buy')));
    }
    return node;
  };
  const before = live(nodeAt(0), 400, skills(0.85));
  expect(chanceOf(before, 'star', 70)).toBeGreaterThan(chanceOf(before, 'p', 70));
  const after = live(before, 490, skills(0.3));
  expect(chanceOf(after, 'star', 70)).toBeLessThan(chanceOf(after, 'p', 70));
});
