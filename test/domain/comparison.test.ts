import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CountedDecision } from '../../src/domain/decision.js';
import { isRuleName, RULES } from '../../src/domain/rules.js';
import type { Ballot } from '../../src/domain/voting.js';
import { type Alternative, createComparison, recount, type WhatIf } from '../../src/domain/whatIf.js';
import { anyNode, ballotsBy } from './arbitraries.js';
import { ballotsOf, decisionOf, outcomeOf } from './builders.js';

const SAME: Alternative = { weights: new Map(), defaultWeights: new Map(), without: new Set() };

/** A decision to buy, by a, which without a is one to sell. */
const bought = (pnl: number | null): CountedDecision => ({
  ...decisionOf(ballotsOf('buy 90', 'sell 20')),
  outcome: outcomeOf((pnl ?? 0) > 0, pnl),
});

function compared(decisions: readonly CountedDecision[], alternative: Partial<Alternative>): WhatIf {
  const comparison = createComparison({ ...SAME, ...alternative });
  for (const decision of decisions) comparison.add(decision);
  return comparison.result();
}

const without = new Set(['a']);
const many = (n: number, pnl: number) => Array.from({ length: n }, () => bought(pnl));

describe('the difference of pnl', () => {
  const alike: [pnl: number, n: number, value: number][] = [
    [12.34, 20, -493.6],
    [0.1, 33, -6.6],
    [0.7, 101, -141.4],
    [3.3, 101, -666.6],
    [-3.3, 101, 666.6],
    [0.01, 1_000, -20],
    [0, 20, 0],
  ];
  test.each(alike)('is known exactly where each of the changed brought %d, as of %d', (pnl, n, value) => {
    const { pnlDifference, actualPnl, counterfactualPnl } = compared(many(n, pnl), { without });
    expect(pnlDifference).toEqual({
      value,
      low: value,
      high: value,
      n,
      changed: n,
      reason: null,
      needed: 20,
    });
    expect([actualPnl, counterfactualPnl]).toEqual([-value / 2 + 0, value / 2]);
  });

  test('is spread by decisions that did not change, which brought no difference', () => {
    const unchanged = { ...bought(5), ...decisionOf(ballotsOf('sell 90', 'sell 20')) };
    const kept = Array.from({ length: 20 }, () => ({ ...unchanged, outcome: outcomeOf(true, 5) }));
    const { pnlDifference } = compared([...many(20, 1), ...kept], { without });
    // Twenty times −2 and twenty times 0: 1.96 · √(40 · (80 − 40²/40) / 39).
    expect(pnlDifference).toMatchObject({ value: -40, n: 40, changed: 20 });
    expect(pnlDifference.low).toBeCloseTo(-52.55, 2);
    expect(pnlDifference.high).toBeCloseTo(-27.45, 2);
  });

  test.each([1.7e308, -1.7e308])('is a number where each brought %d, which nobody owns', (pnl) => {
    const found = compared([...many(50, pnl), bought(12.34)], { without });
    expectFinite(found);
    expect(Math.sign(found.pnlDifference.value ?? 0)).toBe(-Math.sign(pnl));
    const { low, value, high } = found.pnlDifference;
    expect(low).toBeLessThanOrEqual(value ?? 0);
    expect(high).toBeGreaterThanOrEqual(value ?? 0);
  });
});

describe('the history of pnl', () => {
  /** Newest first, numbered from 1. */
  const numbered = (pnls: readonly (number | null)[]) =>
    pnls.map((pnl, i) => ({ ...bought(pnl), seq: i + 1 })).reverse();
  const lines = (pnls: readonly (number | null)[], most: number) =>
    compared(numbered(pnls), { without })
      .pnlHistory(most)
      .map(({ seq, actual, counterfactual }) => `${seq}: ${actual} ${counterfactual}`);

  test('adds both up, oldest first, and leaves out what has none', () => {
    expect(lines([0.1, null, 0.2, -5], 100)).toEqual(['1: 0.1 -0.1', '3: 0.3 -0.3', '4: -4.7 4.7']);
  });

  test.each([
    [1, ['5: 5 -5']],
    [2, ['2: 2 -2', '5: 5 -5']],
    [3, ['1: 1 -1', '3: 3 -3', '5: 5 -5']],
    [4, ['1: 1 -1', '3: 3 -3', '5: 5 -5']],
    [5, ['1: 1 -1', '2: 2 -2', '3: 3 -3', '4: 4 -4', '5: 5 -5']],
  ])('of five decisions told in at most %d points is evenly spaced and ends with the last', (most, told) => {
    expect(lines([1, 1, 1, 1, 1], most)).toEqual(told);
  });

  test('ends with the sums there are, whatever the decisions', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((amount) => amount / 100);
    fc.assert(
      fc.property(
        fc.array(cents, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 100 }),
        (pnls, most) => {
          const {
            actualPnl: actual,
            counterfactualPnl: counterfactual,
            pnlHistory,
          } = compared(numbered(pnls), { without });
          const points = pnlHistory(most);
          expect(points.length).toBeLessThanOrEqual(most);
          expect(points.at(-1)).toEqual({ seq: pnls.length, actual, counterfactual });
        },
      ),
    );
  });
});

describe('default weights', () => {
  const votes = (isDefaultWeight: boolean): CountedDecision => {
    const decision = decisionOf(ballotsOf('buy 90', 'sell 20'));
    return { ...decision, ballots: decision.ballots.map((ballot) => ({ ...ballot, isDefaultWeight })) };
  };
  const ofA = (weight: number) => new Map([['a', weight]]);
  const cases: [what: string, isDefaultWeight: boolean, alternative: Partial<Alternative>, to: string][] = [
    ['weigh a ballot that was counted by default', true, { defaultWeights: ofA(0) }, 'sell'],
    ['leave a ballot alone whose weight was said', false, { defaultWeights: ofA(0) }, 'buy'],
    [
      'give way to weights that hold whatever was said',
      true,
      { defaultWeights: ofA(0), weights: ofA(1) },
      'buy',
    ],
    [
      'are less than weights that hold whatever was said',
      true,
      { defaultWeights: ofA(1), weights: ofA(0) },
      'sell',
    ],
    ['of others are no matter', true, { defaultWeights: new Map([['c', 0]]) }, 'buy'],
  ];
  test.each(cases)('%s', (_, isDefaultWeight, alternative, to) => {
    const quorum = 1;
    expect(recount(votes(isDefaultWeight), { ...SAME, quorum, ...alternative })).toBe(to);
  });

  test('move those ballots only that were counted by default, whatever the vote', () => {
    fc.assert(
      fc.property(
        ballotsBy(),
        anyNode,
        fc.nat(100),
        fc.infiniteStream(fc.boolean()),
        (cast, node, weight, by) => {
          const ballots = cast.map(
            (ballot): Ballot => ({ ...ballot, isDefaultWeight: by.next().value === true }),
          );
          const defaultWeights = new Map(ballots.map(({ agentName }) => [agentName, weight]));
          const moved = ballots.map((ballot) => (ballot.isDefaultWeight ? { ...ballot, weight } : ballot));
          expect(recount(decisionOf(ballots, node), { ...SAME, defaultWeights })).toBe(
            decisionOf(moved, node).decision.action,
          );
        },
      ),
    );
  });
});

/** Every number there is in it, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function expectFinite(found: WhatIf): void {
  expect(numbersIn(found).filter((number) => !Number.isFinite(number))).toEqual([]);
}

const anyPnl = fc.oneof(
  fc.constantFrom(null, 0, -0, 0.1, 0.005, 1e12, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
);
const anyDecision = fc
  .tuple(ballotsBy(), anyNode, fc.boolean(), anyPnl, fc.boolean(), fc.nat(4))
  .map(([cast, node, success, pnl, isJudged, more]): CountedDecision => {
    const ballots = cast.map((ballot) => ({ ...ballot, isDefaultWeight: ballot.weight === 1 }));
    const decision = decisionOf(ballots, node, ballots.length + more);
    return { ...decision, outcome: isJudged ? outcomeOf(success, pnl) : null };
  });
const anyAlternative = fc
  .record({
    rule: fc.option(fc.constantFrom(...Object.keys(RULES).filter(isRuleName))),
    quorum: fc.option(fc.integer({ min: 1, max: 100 })),
    minConfidence: fc.option(fc.nat(100)),
    weight: fc.nat(100),
    isWithout: fc.boolean(),
  })
  .map(
    ({ weight, isWithout, ...terms }): Partial<Alternative> => ({
      ...terms,
      weights: new Map([['agent_0', weight]]),
      defaultWeights: new Map([['agent_1', weight]]),
      without: new Set(isWithout ? ['agent_2'] : []),
    }),
  );

test('all that is told of any decisions is a number, and the interval is around the difference', () => {
  fc.assert(
    fc.property(
      fc.array(anyDecision, { maxLength: 40, size: 'max' }),
      anyAlternative,
      (decisions, alternative) => {
        const found = compared(decisions, alternative);
        expectFinite(found);
        for (const { low, value, high } of [found.successDifference, found.pnlDifference]) {
          if (low === null || high === null) continue;
          expect(low).toBeLessThanOrEqual(value ?? Number.NaN);
          expect(high).toBeGreaterThanOrEqual(value ?? Number.NaN);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('of no decisions nothing is told but that there are none', () => {
  const found = compared([], { without });
  expectFinite(found);
  expect(found).toMatchObject({ decisions: 0, changes: [], pnlDifference: { value: null, n: 0 } });
});
