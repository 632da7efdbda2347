import { describe, expect, test } from '@jest/globals';
import type { DecisionOutcome } from '../../src/domain/decision.js';
import { LESSON_CODES, lessonLine } from '../../src/domain/lesson.js';
import { findLessons, type RecentOutcome } from '../../src/domain/lessons.js';
import { ballotsOf, decisionOf, nodeAt, outcomeOf } from './builders.js';

const taught = new Set<string>();

/** What the decision of this number teaches that one agent took alone. */
const linesOf = (seq: number, outcome: DecisionOutcome, recent: readonly RecentOutcome[] = []): string[] => {
  const decision = { ...decisionOf(ballotsOf('buy 80')), seq };
  const lessons = findLessons({ decision, outcome, before: nodeAt(1), after: nodeAt(1), recent });
  for (const { code } of lessons) taught.add(code ?? '');
  return lessons.map(lessonLine);
};

/** How other decisions turned out, newest first; each `seq success exitReason pnl`. */
const recently = (...lines: string[]): RecentOutcome[] =>
  lines.map((line) => {
    const [seq, success, exitReason = '', pnl] = line.split(' ');
    const outcome = outcomeOf(success === 'won', pnl === undefined ? null : Number(pnl));
    return { seq: Number(seq), outcome: { ...outcome, exitReason: exitReason || null } };
  });

describe('the reason why failures ended', () => {
  const failed = (exitReason: string | null, ...others: string[]) =>
    linesOf(10, { ...outcomeOf(false), exitReason }, recently(...others));
  const cluster = (of: string) => [`EXIT_REASON_CLUSTER: ${of} failures ended by "stop".`];

  test.each<[string, string[], string[]]>([
    [
      'three of five',
      ['9 lost time', '8 lost stop', '7 lost time', '6 lost stop'],
      cluster('3 of the last 5'),
    ],
    ['two of five', ['9 lost time', '8 lost stop', '7 lost time', '6 lost Stop'], []],
    ['all of three', ['9 lost stop', '8 lost stop'], cluster('3 of the last 3')],
    ['all of two', ['9 lost stop'], []],
    ['the sixth, which is too old', ['9 lost a', '8 lost b', '7 lost c', '6 lost stop', '5 lost stop'], []],
    [
      'successes in between',
      ['9 won stop', '8 lost stop', '7 won', '6 lost stop'],
      cluster('3 of the last 3'),
    ],
    ['later ones', ['13 lost stop', '12 lost stop', '11 lost', '9 lost'], cluster('3 of the last 5')],
    ['five later ones', ['15', '14', '13', '12', '11'].map((seq) => `${seq} lost stop`), []],
    ['another order of arrival', ['6 lost stop', '8 lost stop', '9 lost time'], cluster('3 of the last 4')],
  ])('is told of %s', (_, others, lessons) => {
    expect(failed('stop', ...others)).toEqual(lessons);
  });

  test('is not told where none was said', () => {
    expect(failed(null, '9 lost', '8 lost', '7 lost')).toEqual([]);
    expect(failed('', '9 lost', '8 lost', '7 lost')).toEqual([]);
  });

  test('is not told of a success', () => {
    const outcome = { ...outcomeOf(true), exitReason: 'stop' };
    expect(linesOf(10, outcome, recently('9 lost stop', '8 lost stop'))).toEqual([]);
  });
});

describe('a loss', () => {
  const lost = (pnl: number, others: readonly number[]) =>
    linesOf(
      100,
      outcomeOf(false, pnl),
      others.map((other, i) => ({ seq: 99 - i, outcome: outcomeOf(other > 0, other) })),
    );

  test.each<[string, number, number[], string[]]>([
    [
      'above twice the median of five',
      -20.01,
      [-30, -5, -10, -8, -12],
      ['LOSS_OUTLIER: A loss of 20.01 is 2.0 times the median 10 of the last 5 losses.'],
    ],
    ['of twice the median', -20, [-30, -5, -10, -8, -12], []],
    ['after four only', -2000, [-30, -5, -10, -8], []],
    ['after four and gains', -2000, [-30, 500, -5, 0, -10, -8], []],
    [
      'above twice the mean of the middle two of six',
      -45,
      [-1, -10, -20, -30, -40, -20],
      ['LOSS_OUTLIER: A loss of 45 is 2.3 times the median 20 of the last 6 losses.'],
    ],
    [
      'above twice a median with cents',
      -1,
      [-0.7, -0.1, -0.1, -0.1, -0.7, -0.7],
      ['LOSS_OUTLIER: A loss of 1 is 2.5 times the median 0.4 of the last 6 losses.'],
    ],
    ['of twice a median with cents', -0.8, [-0.7, -0.1, -0.1, -0.1, -0.7, -0.7], []],
  ])('%s', (_, pnl, others, lessons) => {
    expect(lost(pnl, others)).toEqual(lessons);
  });

  test('is compared with the last 50 losses, not with those before', () => {
    const last = Array.from({ length: 50 }, () => -10);
    const older = Array.from({ length: 200 }, () => -1000);
    const gains = Array.from({ length: 50 }, () => 10);
    expect(lost(-21, [...gains, ...last, ...older])).toEqual([
      'LOSS_OUTLIER: A loss of 21 is 2.1 times the median 10 of the last 50 losses.',
    ]);
  });

  test('is one where the decision counts as a success, too', () => {
    const recent = [1, 2, 3, 4, 5].map((seq) => ({ seq, outcome: outcomeOf(false, -10) }));
    expect(linesOf(100, outcomeOf(true, -25), recent)).toEqual([
      'LOSS_OUTLIER: A loss of 25 is 2.5 times the median 10 of the last 5 losses.',
      'PNL_SIGN_MISMATCH: Recorded as a success with a pnl of -25.',
    ]);
  });
});

describe('an outcome and its pnl', () => {
  test.each<[boolean, number | null, string[]]>([
    [true, -0.01, ['PNL_SIGN_MISMATCH: Recorded as a success with a pnl of -0.01.']],
    [true, 0, []],
    [true, 0.01, []],
    [true, null, []],
    [false, 0.01, ['PNL_SIGN_MISMATCH: Recorded as a failure with a pnl of 0.01.']],
    [false, 0, []],
    [false, -0.01, []],
    [false, null, []],
  ])('of success %p and pnl %p', (success, pnl, lessons) => {
    expect(linesOf(1, outcomeOf(success, pnl))).toEqual(lessons);
  });
});

test('each code of outcomes is taught by a case above', () => {
  expect([...taught].sort()).toEqual(LESSON_CODES.slice(8));
});
