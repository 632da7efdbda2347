import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AGENTS, seededRandom } from '../../demo/agents.js';
import { type Bar, FIRST_DAY, historyAt, loadBars, MAX_DAYS } from '../../demo/market.js';

let bars: Bar[];
beforeAll(async () => {
  bars = await loadBars();
});

const named = (name: string) => {
  const agent = AGENTS.find((one) => one.name === name);
  if (!agent) throw new Error(`No agent ${name}.`);
  return agent;
};

/** 253 days with these last closes after a calm, level past; each day ranges one point either way. */
function market(...lastCloses: number[]): Bar[] {
  const past = Array.from({ length: 253 - lastCloses.length }, (_, i) => 1000 + (i % 2));
  return [...past, ...lastCloses].map((close) => ({
    date: '2001-01-02',
    open: close,
    high: close + 1,
    low: close - 1,
    close,
  }));
}

/** A straight line of closes to `end`, `step` points a day. */
const line = (end: number, step: number, days: number) =>
  Array.from({ length: days }, (_, i) => end - step * (days - 1 - i));

describe('the agents', () => {
  test('are ten, with names the server takes', () => {
    expect(AGENTS).toHaveLength(10);
    expect(new Set(AGENTS.map((agent) => agent.name)).size).toBe(10);
    for (const agent of AGENTS) expect(agent.name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });

  test('say the same again on the same history', () => {
    const dayOf = (day: number) => AGENTS.map((agent) => agent.judge(historyAt(bars, FIRST_DAY + day)));
    for (const day of [0, 1, 99, MAX_DAYS - 1]) expect(dayOf(day)).toEqual(dayOf(day));
  });

  test('see no future: other later rows change nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: MAX_DAYS - 1 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (day, factor) => {
          const index = FIRST_DAY + day;
          const other = bars.map((bar, i) =>
            i > index ? { ...bar, close: bar.close * factor, high: 1e9, low: 0.1 } : bar,
          );
          for (const agent of AGENTS) {
            expect(agent.judge(historyAt(other, index))).toEqual(agent.judge(historyAt(bars, index)));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('state whole percents and finite indicators on every day there is', () => {
    for (let day = 0; day < MAX_DAYS; day += 7) {
      for (const agent of AGENTS) {
        const { action, confidence, data, text } = agent.judge(historyAt(bars, FIRST_DAY + day));
        expect(['BUY', 'SELL', 'HOLD']).toContain(action);
        expect(Number.isInteger(confidence) && confidence >= 20 && confidence <= 90).toBe(true);
        expect(Object.values(data).every(Number.isFinite)).toBe(true);
        expect(text).not.toMatch(/NaN|undefined/);
      }
    }
  });
});

describe('the rules', () => {
  const rising = market(...line(1100, 4, 25));
  const falling = market(...line(900, -4, 25));
  test.each([
    ['momentum_20', 'BUY', 'SELL'],
    ['mean_reversion_20', 'SELL', 'BUY'],
    ['breakout_55', 'BUY', 'SELL'],
    ['moving_averages_50_200', 'BUY', 'SELL'],
    ['rsi_14', 'SELL', 'BUY'],
    ['one_day_reversal', 'SELL', 'BUY'],
    ['always_buy', 'BUY', 'BUY'],
    ['always_sell', 'SELL', 'SELL'],
  ])('%s: %s in a rising market, %s in a falling one', (name, inRise, inFall) => {
    expect([named(name).judge(rising).action, named(name).judge(falling).action]).toEqual([inRise, inFall]);
  });

  test('hold where nothing stands out', () => {
    const level = market(1000.5);
    for (const name of ['mean_reversion_20', 'breakout_55', 'rsi_14']) {
      expect(named(name).judge(level).action).toBe('HOLD');
    }
  });

  test('volatility_regime buys in calm and sells in a storm', () => {
    const storm = Array.from({ length: 21 }, (_, i) => (i % 2 === 0 ? 1050 : 950));
    const calm = Array.from({ length: 21 }, () => 1000);
    expect(named('volatility_regime').judge(market(...storm)).action).toBe('SELL');
    expect(named('volatility_regime').judge(market(...calm)).action).toBe('BUY');
  });

  test('always_buy states 60, always_sell 90', () => {
    expect(named('always_buy').judge(rising).confidence).toBe(60);
    expect(named('always_sell').judge(rising).confidence).toBe(90);
  });

  test('the die falls evenly on the three actions', () => {
    const counts = { BUY: 0, SELL: 0, HOLD: 0 };
    for (let day = 0; day < 3000; day += 1) {
      const history = Array.from({ length: 253 + day }, () => bars[0] as Bar);
      counts[named('random').judge(history).action] += 1;
    }
    for (const count of Object.values(counts)) expect(Math.abs(count - 1000)).toBeLessThan(100);
    expect(seededRandom(1, 1)).not.toBe(seededRandom(2, 1));
  });
});
