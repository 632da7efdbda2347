import { describe, expect, test } from '@jest/globals';
import { majorityLine } from '../src/agents/profitLine.js';

const line = (...totals: [seq: number, total: number][]) => totals.map(([seq, total]) => ({ seq, total }));
const history = (...points: [seq: number, actual: number, counterfactual: number][]) =>
  points.map(([seq, actual, counterfactual]) => ({ seq, actual, counterfactual }));

describe('the line of a plain majority', () => {
  const cases: [
    what: string,
    line: ReturnType<typeof line>,
    history: ReturnType<typeof history>,
    drawn: unknown,
  ][] = [
    [
      'is the line itself and what heads gained by then',
      line([1, 5], [2, 3]),
      history([1, 5, -5], [2, 3, -3]),
      [-5, -3],
    ],
    [
      'is not known between the points told',
      line([1, 5], [2, 3], [3, 9]),
      history([1, 5, -5], [3, 9, -1]),
      [-5, null, -1],
    ],
    ['ends with the line', line([1, 5], [2, 3], [3, 9]), history([1, 5, -5]), [-5, null, -1]],
    [
      'starts at 0 with the line, whatever heads gained before',
      line([4, 2], [5, 4]),
      history([3, 10, 16], [4, 12, 20]),
      [4, 6],
    ],
    ['has what came to nothing in common with it', line([1, 0]), history([1, 0, 0]), [0]],
    ['is none where none was told', line([1, 5]), [], []],
    ['is none without a decision', [], history([1, 1, 1]), []],
  ];
  test.each(cases)('%s', (_, of, told, drawn) => {
    expect(majorityLine(of, told)).toEqual(drawn);
  });
});
