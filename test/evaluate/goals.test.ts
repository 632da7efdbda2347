import { describe, expect, test } from '@jest/globals';
import type { ContestFigures } from '../../evaluate/contest.js';
import { exitCodeOf, type Figures, judge } from '../../evaluate/goals.js';
import type { MarketFigures } from '../../evaluate/market.js';
import { parseOptions } from '../../evaluate/options.js';
import { meaning, report } from '../../evaluate/report.js';

const rule = { accuracy: 0.69, ece: 0.043, floor: 0.033 };
const market: MarketFigures = {
  days: 4_852,
  accuracy: 0.53,
  ece: 0.02,
  floor: 0.008,
  brierSkill: -0.005,
  statedEce: 0.15,
  plurality: 0.52,
  drift: 0.54,
};
const recovery = { runs: 400, untilBelowMedian: 90, untilSteady: 120 };

/** Every goal met, and only just. */
const MET: Figures = {
  worlds: {
    worlds: 200,
    plurality: 0.602,
    byConfidence: 0.64,
    bestInHindsight: 0.653,
    rules: { log_odds: rule, majority: rule, confidence_weighted: rule, hedge: rule },
  },
  market: { log_odds: market, majority: market, confidence_weighted: market, hedge: market },
  star: { recovery, withoutDecay: recovery },
  exactness: { feedbacks: 5_000, maxDifference: 1e-9 },
  cost: { feedbackMicros: 10, tallyMs: 5 },
  drift: {
    once: [{ of: 'steady', found: 10, histories: 1_000 }],
    holds: [{ of: 'holds', found: 95, histories: 100 }],
  },
};

const inWorlds = (change: Partial<ContestFigures['rules']['log_odds']>): Figures => ({
  ...MET,
  worlds: { ...MET.worlds, rules: { ...MET.worlds.rules, log_odds: { ...rule, ...change } } },
});
const onMarket = (change: Partial<MarketFigures>): Figures => ({
  ...MET,
  market: { ...MET.market, log_odds: { ...market, ...change } },
});
const ofStar = (change: Partial<typeof recovery>): Figures => ({
  ...MET,
  star: { ...MET.star, recovery: { ...recovery, ...change } },
});

describe('the verdict', () => {
  test('is 0 when eleven goals are met, each by its last digit', () => {
    expect(judge(MET)).toHaveLength(11);
    expect(exitCodeOf(judge(MET))).toBe(0);
  });

  test.each<[string, Figures]>([
    ['accuracy', inWorlds({ accuracy: 0.6899 })],
    [
      'false alarms',
      { ...MET, drift: { ...MET.drift, once: [{ of: 'steady', found: 11, histories: 1_000 }] } },
    ],
    ['the case', { ...MET, drift: { ...MET.drift, holds: [{ of: 'holds', found: 94, histories: 100 }] } }],
    ['ECE in the worlds', inWorlds({ ece: 0.0431 })],
    ['ECE of the market', onMarket({ ece: 0.0201 })],
    ['Brier skill', onMarket({ brierSkill: -0.0051 })],
    ['the weight of the star', ofStar({ untilBelowMedian: 90.5 })],
    ['the accuracy after its fall', ofStar({ untilSteady: 121 })],
    ['exactness', { ...MET, exactness: { feedbacks: 5_000, maxDifference: 2e-9 } }],
    ['the cost of a feedback', { ...MET, cost: { feedbackMicros: 10.1, tallyMs: 5 } }],
    ['the cost of a tally', { ...MET, cost: { feedbackMicros: 10, tallyMs: 5.1 } }],
    ['a figure that is not a number', inWorlds({ accuracy: Number.NaN })],
  ])('is 1 when one goal is missed: %s', (_, figures) => {
    expect(judge(figures).filter(({ isMet }) => !isMet)).toHaveLength(1);
    expect(exitCodeOf(judge(figures))).toBe(1);
  });

  test('is 0 in short when only a time is missed, which depends on the machine', () => {
    const slow = { ...MET, cost: { feedbackMicros: 1_000, tallyMs: 500 } };
    expect(exitCodeOf(judge(slow), { isShort: true })).toBe(0);
    expect(exitCodeOf(judge(inWorlds({ accuracy: 0.5 })), { isShort: true })).toBe(1);
  });

  test('is 1 when the star never falls behind', () => {
    const { recovery: own } = MET.star;
    const figures = { ...MET, star: { ...MET.star, recovery: { ...own, untilBelowMedian: null } } };
    expect(exitCodeOf(judge(figures))).toBe(1);
  });
});

describe('the report', () => {
  test('shows each goal, what was measured beside the other rules, and the seed', () => {
    const text = report(inWorlds({ accuracy: 0.5 }), judge(inWorlds({ accuracy: 0.5 })), parseOptions([]));
    for (const part of [
      '≥ 69.0 %',
      '50.0 %',
      'missed',
      'met',
      '60.2 %',
      'hedge',
      'Seed 1: worlds 0 to 199',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('says that nobody beats drift, unless one does', () => {
    expect(meaning(MET)).toContain('no rule beats drift');
    expect(meaning(onMarket({ accuracy: 0.55 }))).toContain('a rule was right on 55.0 % of the days');
  });
});

describe('the words on the command line', () => {
  test('are 200 worlds and seed 1 unless said, and fewer in short', () => {
    expect(parseOptions([])).toEqual({
      worlds: 200,
      starRuns: 400,
      driftHistories: 1_000,
      seed: 1,
      json: false,
      help: false,
    });
    expect(parseOptions(['--short', '--seed', '9'])).toMatchObject({ worlds: 100, starRuns: 200, seed: 9 });
    expect(parseOptions(['--short', '--worlds', '7']).worlds).toBe(7);
  });

  test.each([[['--worlds', '0']], [['--seed', '-1']], [['--seed', '1.5']], [['--loud']]])(
    'are refused when they make no sense: %j',
    (words) => {
      expect(() => parseOptions(words)).toThrow();
    },
  );
});
