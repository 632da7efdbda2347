import { describe, expect, test } from '@jest/globals';
import { lessonKind, lessonLine, parseLesson } from '../../src/domain/lesson.js';
import { findLessons } from '../../src/domain/lessons.js';
import { ballotsOf, decisionOf, nodeAt, outcomeOf } from './builders.js';

const lessonsOf = (votes: string[], success: boolean, pnl: number | null = null): string[] =>
  findLessons({
    decision: decisionOf(ballotsOf(...votes)),
    outcome: outcomeOf(success, pnl),
    before: nodeAt(1),
    after: nodeAt(1),
    recent: [],
  }).map(lessonLine);

describe('findLessons', () => {
  test.each([
    ['an undisputed success', ['buy 80', 'buy 80'], true, 5, []],
    ['a failure of one alone', ['buy 80'], false, -5, []],
    [
      'a unanimous failure',
      ['buy 80', 'buy 60', 'timed_out'],
      false,
      null,
      ['UNANIMOUS_MISS: All 2 counted agents said buy at 74 %, and it proved wrong.'],
    ],
    [
      'a failure that some were against',
      ['buy 80', 'sell 60', 'buy 80', 'hold 55', 'sell 90 w0'],
      false,
      -1,
      ['DISSENT_VINDICATED: buy proved wrong, and 2 of 4 counted agents had been against it: b, d.'],
    ],
    ['a success that some were against', ['buy 80', 'sell 60', 'buy 80'], true, null, []],
    [
      'a success at a loss',
      ['buy 80'],
      true,
      -12.5,
      ['PNL_SIGN_MISMATCH: Recorded as a success with a pnl of -12.5.'],
    ],
    [
      'a failure at a gain',
      ['buy 80'],
      false,
      3,
      ['PNL_SIGN_MISMATCH: Recorded as a failure with a pnl of 3.'],
    ],
    ['a success that earned nothing', ['buy 80'], true, 0, []],
  ])('learns from %s', (_, votes, success, pnl, lessons) => {
    expect(lessonsOf(votes, success, pnl)).toEqual(lessons);
  });

  test('learns several at once, in a fixed order', () => {
    expect(lessonsOf(['buy 80', 'buy 80'], false, 4).map((line) => line.replace(/:.*/, ''))).toEqual([
      'UNANIMOUS_MISS',
      'PNL_SIGN_MISMATCH',
    ]);
  });
});

test.each([
  ['UNANIMOUS_MISS: All 2 counted agents …', 'server', 'UNANIMOUS_MISS'],
  ['UNANIMOUS_MISS: so I say', 'human', 'UNANIMOUS_MISS: so I say'],
  ['MY_OWN_2: words', 'model', 'MY_OWN_2: words'],
  ['Do not trade before the Fed speaks.', 'caller', 'Do not trade before the Fed speaks.'],
  ['UNANIMOUS_MISS', 'caller', 'UNANIMOUS_MISS'],
  ['constructor', 'market', 'constructor'],
] as const)('counts %j of source %s under %j', (line, source, lesson) => {
  expect(lessonKind(parseLesson(line, source))).toMatchObject({ lesson, source });
  expect(lessonLine(parseLesson(line, source))).toBe(line);
});
