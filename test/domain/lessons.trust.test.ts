import { describe, expect, test } from '@jest/globals';
import type { DecisionLog } from '../../src/domain/decision.js';
import { lessonLine } from '../../src/domain/lesson.js';
import { findLessons } from '../../src/domain/lessons.js';
import { type NodeRecord, newAgent, nextSeq } from '../../src/domain/node.js';
import { AGENT_PRIOR, calibrate, emptySums, learnedWeight } from '../../src/domain/sums.js';
import { ballotsOf, decisionOf, nodeAt, outcomeOf } from './builders.js';

describe('the learned weight of an agent', () => {
  const usual = { n: 20, c: 12, cc: 7.2 };
  /** A node in which `a` was right in this many of twenty votes, which the prior's twelve of twenty are added to. */
  const trusting = (right: number, votes = 20): NodeRecord => ({
    ...nodeAt(1),
    agents: [{ ...newAgent('a'), ...usual, o: right, co: 0.6 * right, votes }],
  });
  // Read at the base, where nothing has faded.
  const based = (node: NodeRecord): NodeRecord => ({ ...node, baseSeq: nextSeq(node) });
  const linesOf = (decision: DecisionLog, before: NodeRecord, after: NodeRecord) =>
    findLessons({
      decision,
      outcome: outcomeOf(true),
      before: based(before),
      after: based(after),
      recent: [],
    }).map(lessonLine);
  const changed = (before: NodeRecord, after: NodeRecord) =>
    linesOf(decisionOf(ballotsOf('buy 80')), before, after);
  /** Of twenty: as many as bring the weight to this. */
  const rightFor = (weight: number): number => 40 / (1 + (2 / 3) ** weight) - 12;

  test('is what these records were made for', () => {
    const { c, cc, n } = usual;
    const o = rightFor(0.5);
    const weight = learnedWeight(calibrate({ ...emptySums(), n, c, cc, o, co: 0.6 * o }, AGENT_PRIOR, 1));
    expect(weight).toBeCloseTo(0.5, 12);
  });

  test.each([
    [
      0.51,
      0.49,
      ["AGENT_DEGRADED: a's learned weight fell below 0.5, from 0.51 to 0.49, after 20 evaluated votes."],
    ],
    [
      1.2,
      0.4,
      ["AGENT_DEGRADED: a's learned weight fell below 0.5, from 1.20 to 0.40, after 20 evaluated votes."],
    ],
    [0.6, 0.501, []],
    [0.499, 0.4, []],
    [0.4, 0.6, []],
    [
      1.49,
      1.51,
      ["AGENT_EARNED_TRUST: a's learned weight rose above 1.5, from 1.49 to 1.51, after 20 evaluated votes."],
    ],
    [1.4, 1.499, []],
    [1.501, 1.6, []],
    [1.6, 1.4, []],
    [1, 1, []],
  ])('from %f to %f', (was, is, lessons) => {
    expect(changed(trusting(rightFor(was)), trusting(rightFor(is)))).toEqual(lessons);
  });

  test('was 1 before its first vote', () => {
    expect(changed(nodeAt(1), trusting(rightFor(0.4), 2))).toEqual([
      "AGENT_DEGRADED: a's learned weight fell below 0.5, from 1.00 to 0.40, after 2 evaluated votes.",
    ]);
  });

  test('is no lesson of a decision that it did not vote in', () => {
    const other = decisionOf(ballotsOf('no_data', 'buy 80'));
    const [before, after] = [trusting(rightFor(0.6)), trusting(rightFor(0.4))];
    expect(linesOf(other, before, after)).toEqual([]);
  });
});
