import { describe, expect, test } from '@jest/globals';
import { emptyBins } from '../../src/domain/bins.js';
import type { DecisionLog, DecisionOutcome } from '../../src/domain/decision.js';
import { LESSON_CODES, lessonLine } from '../../src/domain/lesson.js';
import { findLessons, type LessonCase } from '../../src/domain/lessons.js';
import { type NodeRecord, newAgent } from '../../src/domain/node.js';
import { emptySums } from '../../src/domain/sums.js';
import { ballotsOf, count, decisionOf, nodeAt, outcomeOf } from './builders.js';

const taught = new Set<string>();

const linesOf = (
  given: Partial<LessonCase> & { decision: DecisionLog; outcome: DecisionOutcome },
): string[] => {
  const lessons = findLessons({ before: nodeAt(1), after: nodeAt(1), recent: [], ...given });
  for (const { code } of lessons) taught.add(code ?? '');
  return lessons.map(lessonLine);
};

/** A node in which `a` stated this percent so often in its tenth, `hits` times rightly. */
const stating = (stated: number, n: number, hits: number): NodeRecord => {
  const bins = emptyBins();
  const bin = Math.min(9, Math.floor(stated / 10));
  bins.n[bin] = n;
  bins.hits[bin] = hits;
  bins.stated[bin] = stated * n;
  return { ...nodeAt(1), agents: [{ ...newAgent('a'), votes: n, hits, bins }] };
};

describe('what an agent states is', () => {
  test.each([
    [
      85,
      20,
      14,
      ['OVERCONFIDENT: a stated 80–89 % in 20 votes, 85 % on average, and was right in 70 % of them.'],
    ],
    [85, 20, 15, []],
    [80, 20, 14, []],
    [90, 20, 16, []],
    [
      80,
      20,
      13,
      ['OVERCONFIDENT: a stated 80–89 % in 20 votes, 80 % on average, and was right in 65 % of them.'],
    ],
    [85, 19, 0, []],
    [
      60,
      20,
      15,
      ['UNDERCONFIDENT: a stated 60–69 % in 20 votes, 60 % on average, and was right in 75 % of them.'],
    ],
    [60, 20, 14, []],
    [65, 20, 15, []],
    [60, 19, 19, []],
    [
      100,
      25,
      22,
      ['OVERCONFIDENT: a stated 90–100 % in 25 votes, 100 % on average, and was right in 88 % of them.'],
    ],
    [
      0,
      20,
      3,
      ['UNDERCONFIDENT: a stated 0–9 % in 20 votes, 0 % on average, and was right in 15 % of them.'],
    ],
    [0, 20, 2, []],
  ])('%i %% in %i votes of which %i were right', (stated, n, hits, lessons) => {
    const decision = decisionOf(ballotsOf(`buy ${stated}`));
    const after = stating(stated, n, hits);
    expect(linesOf({ decision, outcome: outcomeOf(true), before: after, after })).toEqual(lessons);
  });

  test('judged in the tenth of this vote alone, and of who voted alone', () => {
    const after = stating(85, 20, 0);
    for (const votes of [['buy 75'], ['timed_out', 'buy 85']]) {
      const decision = decisionOf(ballotsOf(...votes), nodeAt(1), 2);
      expect(linesOf({ decision, outcome: outcomeOf(true), before: after, after })).toEqual([]);
    }
  });

  test('judged of an adviser, too', () => {
    const after = stating(85, 20, 0);
    const decision = decisionOf(ballotsOf('buy 85 w0', 'buy 60'));
    expect(linesOf({ decision, outcome: outcomeOf(true), before: after, after })).toEqual([
      'OVERCONFIDENT: a stated 80–89 % in 20 votes, 85 % on average, and was right in 0 % of them.',
    ]);
  });
});

describe('a failure of', () => {
  test.each([
    [
      'two that agreed',
      ['buy 80', 'buy 60'],
      ['UNANIMOUS_MISS: All 2 counted agents said buy at 74 %, and it proved wrong.'],
    ],
    ['one alone', ['buy 80'], []],
    ['one, with an adviser for the same', ['buy 80', 'buy 60 w0'], []],
    ['one, with an adviser against it', ['buy 80', 'sell 60 w0'], []],
    [
      'two against one',
      ['sell 70', 'buy 60', 'sell 70'],
      ['DISSENT_VINDICATED: sell proved wrong, and 1 of 3 counted agents had been against it: b.'],
    ],
    [
      'a tie, which nobody was for',
      ['buy 80', 'sell 80'],
      ['DISSENT_VINDICATED: hold proved wrong, and 2 of 2 counted agents had been against it: a, b.'],
    ],
  ])('%s', (_, votes, lessons) => {
    expect(linesOf({ decision: decisionOf(ballotsOf(...votes)), outcome: outcomeOf(false) })).toEqual(
      lessons,
    );
  });

  test('a swarm is no lesson when it was a success', () => {
    for (const votes of [
      ['buy 80', 'buy 60'],
      ['sell 70', 'buy 60', 'sell 70'],
      ['buy 80', 'sell 80'],
    ]) {
      expect(linesOf({ decision: decisionOf(ballotsOf(...votes)), outcome: outcomeOf(true) })).toEqual([]);
    }
  });
});

describe('evidence that overruled the majority of heads', () => {
  const OVERRULING = ['buy 95 w3', 'sell 55', 'sell 55'];
  const MORE = ['hold 95 w9', 'sell 55', 'sell 55', 'buy 55', 'sell 55'];

  test.each([
    [
      OVERRULING,
      true,
      [
        'OVERRULED_MAJORITY_WRONG: 2 of 3 counted agents said sell, the evidence of 1 carried buy, which proved right.',
      ],
    ],
    [
      OVERRULING,
      false,
      [
        'DISSENT_VINDICATED: buy proved wrong, and 2 of 3 counted agents had been against it: b, c.',
        'OVERRULED_MAJORITY_RIGHT: 2 of 3 counted agents said sell, the evidence of 1 carried buy, which proved wrong.',
      ],
    ],
    [
      MORE,
      true,
      [
        'OVERRULED_MAJORITY_WRONG: 3 of 5 counted agents said sell, the evidence of 1 carried hold, which proved right.',
      ],
    ],
  ])('%j with success %p', (votes, success, lessons) => {
    expect(linesOf({ decision: decisionOf(ballotsOf(...votes)), outcome: outcomeOf(success) })).toEqual(
      lessons,
    );
  });

  test.each([
    ['as many heads on either side', ['buy 95', 'sell 55']],
    ['a majority that carried it', ['buy 95', 'buy 95', 'sell 55']],
    ['heads level among those against it', ['buy 95 w9', 'sell 55', 'hold 55']],
    ['a majority of advice', ['buy 80', 'sell 55 w0', 'sell 55 w0']],
  ])('is none with %s', (_, votes) => {
    expect(linesOf({ decision: decisionOf(ballotsOf(...votes)), outcome: outcomeOf(true) })).toEqual([]);
  });

  test('is none where two actions are level', () => {
    const decision = decisionOf(ballotsOf('buy 80', 'buy 80', 'sell 80 w2'));
    expect([decision.decision.action, decision.basis?.raw]).toEqual(['hold', 0.5]);
    expect(linesOf({ decision, outcome: outcomeOf(true) })).toEqual([]);
  });

  test('is none where nobody had any, and plain weight decided', () => {
    const unheard = { ...emptySums(), n: 40, c: 24, cc: 14.4 };
    const node: NodeRecord = {
      ...nodeAt(1),
      agents: ['a', 'b', 'c'].map((name) => ({ ...newAgent(name), ...unheard })),
    };
    const votes = ballotsOf('buy 60 w9', 'sell 60', 'sell 60');
    expect(count(votes, node).consensus.reason).toBe('plurality');
    const decision = decisionOf(votes, node);
    expect(linesOf({ decision, outcome: outcomeOf(true), before: node, after: node })).toEqual([]);
  });
});

test('each code of what was voted is taught by a case above', () => {
  expect([...taught].sort()).toEqual(LESSON_CODES.slice(0, 6).sort());
});
