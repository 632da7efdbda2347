import { beforeAll, describe, expect, test } from '@jest/globals';
import { AGENTS } from '../../demo/agents.js';
import {
  type Bar,
  FIRST_DAY,
  historyAt,
  holdBand,
  loadBars,
  MAX_DAYS,
  nextMove,
  parseBars,
  provedRight,
  settle,
} from '../../demo/market.js';

let bars: Bar[];
beforeAll(async () => {
  bars = await loadBars();
});

describe('the market', () => {
  test('begins with the 253rd row, 2 January 2001', () => {
    expect(historyAt(bars, FIRST_DAY)).toHaveLength(253);
    expect(historyAt(bars, FIRST_DAY).at(-1)?.date).toBe('2001-01-02');
  });

  test('gives every agent its full past on the first day, and one day less is too little', () => {
    for (const agent of AGENTS) expect(() => agent.judge(historyAt(bars, FIRST_DAY))).not.toThrow();
    const judgeEarlier = () => AGENTS.map((agent) => agent.judge(historyAt(bars, FIRST_DAY - 1)));
    expect(judgeEarlier).toThrow('Expected 253 days of history, got 252.');
  });

  test('has a next day for each of the days that may be asked for', () => {
    expect(nextMove(bars, FIRST_DAY + MAX_DAYS - 1)).toEqual(expect.any(Number));
    expect(() => nextMove(bars, bars.length - 1)).toThrow('Expected a day with a next one, got row 5105.');
  });

  test('has rows in order, with whole prices', () => {
    const dates = bars.map((bar) => bar.date);
    expect(dates).toEqual([...dates].sort());
    expect(bars.filter(({ open, high, low, close }) => !(Math.min(open, high, low, close) > 0))).toEqual([]);
  });

  test('reads a CSV by the names in its header', () => {
    expect(parseBars('close,date,open,high,low\n2,2001-01-02,1,3,0.5\n')).toEqual([
      { date: '2001-01-02', open: 1, high: 3, low: 0.5, close: 2 },
    ]);
    expect(() => parseBars('date,open\n')).toThrow('Expected a column `high`');
  });

  test('moves from close to close', () => {
    const two = [100, 103].map((close) => ({ date: '', open: close, high: close, low: close, close }));
    expect(nextMove(two, 0)).toBeCloseTo(0.03, 12);
  });
});

describe('what the next day makes of an action', () => {
  test.each([
    ['BUY', 0.01, true, 100],
    ['BUY', -0.01, false, -100],
    ['BUY', 0, false, 0],
    ['SELL', -0.01, true, 100],
    ['SELL', 0.01, false, -100],
    ['SELL', 0, false, 0],
    ['HOLD', 0, true, null],
    ['HOLD', 0.005, true, null],
    ['HOLD', -0.005, true, null],
    ['HOLD', 0.0051, false, null],
    ['HOLD', -0.0051, false, null],
  ] as const)('%s and a move of %d: success %s, pnl %s', (action, move, success, pnl) => {
    const settlement = settle(action, move, 0.005);
    expect({ ...settlement, pnl: settlement.pnl === null ? null : settlement.pnl + 0 }).toEqual({
      success,
      pnl,
    });
    expect(provedRight(action, move, 0.005)).toBe(success);
  });

  test('is worth whole cents', () => {
    expect(settle('BUY', 0.00123456, 0).pnl).toBe(12.35);
  });

  test('a hold is right within half the deviation of the last 20 moves', () => {
    let close = 100;
    const history = Array.from({ length: 40 }, (_, i) => {
      close *= i < 20 ? 1.5 : i % 2 === 0 ? 1.01 : 0.99;
      return { date: '', open: close, high: close, low: close, close };
    });
    expect(holdBand(history)).toBeCloseTo((0.01 * Math.sqrt(20 / 19)) / 2, 12);
  });
});
