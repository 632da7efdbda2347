import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attributePnl, toCents } from '../../src/domain/pnl.js';
import type { Ballot } from '../../src/domain/voting.js';
import { ballot, ballotsOf, decisionOf } from './builders.js';

const shares = (decision: Parameters<typeof attributePnl>[0], pnl: number | null) =>
  [...attributePnl(decision, pnl)].sort(([a], [b]) => (a < b ? -1 : 1));

describe('attributePnl', () => {
  test('gives the backers their part, by evidence', () => {
    const decision = decisionOf(ballotsOf('buy 80', 'buy 60', 'sell 70', 'buy 90 w0', 'abstained'));
    const [strong, weak] = [Math.log(0.65 / 0.35), Math.log(0.6 / 0.4)];
    const strongCents = Math.round((10_000 * strong) / (strong + weak));
    expect(shares(decision, 100)).toEqual([
      ['a', strongCents],
      ['b', 10_000 - strongCents],
    ]);
    expect(shares(decision, -100)).toEqual([
      ['a', -strongCents],
      ['b', strongCents - 10_000],
    ]);
  });

  test('goes by weight where nobody had evidence', () => {
    const decision = decisionOf(ballotsOf('buy 10 w3', 'buy 0', 'sell 5 w2'));
    expect(shares(decision, 8)).toEqual([
      ['a', 600],
      ['b', 200],
    ]);
  });

  test('gives nobody anything where nobody backed the action', () => {
    expect(shares(decisionOf(ballotsOf('buy 80', 'sell 80')), 50)).toEqual([]);
  });

  test('gives nobody anything where nothing was traded', () => {
    expect(shares(decisionOf(ballotsOf('buy 80')), null)).toEqual([]);
  });

  test('settles the last cent with the largest, of those alike the first by name', () => {
    const alike = decisionOf(ballotsOf('buy 80', 'buy 80', 'buy 80'));
    expect(shares(alike, 100)).toEqual([
      ['a', 3334],
      ['b', 3333],
      ['c', 3333],
    ]);
    expect(shares(alike, 0.05)).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ]);
    expect(shares(alike, -0.01)).toEqual([
      ['a', -1],
      ['b', 0],
      ['c', 0],
    ]);
    expect(shares(decisionOf(ballotsOf('buy 60', 'buy 60', 'buy 90', 'buy 60')), 0.01)).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 1],
      ['d', 0],
    ]);
  });

  test('knows an action in capitals', () => {
    const decision = decisionOf(ballotsOf('buy 80'));
    expect(shares({ ...decision, decision: { ...decision.decision, action: 'BUY' } }, 1)).toEqual([
      ['a', 100],
    ]);
  });

  test('adds up to the cent, each within a cent of its due and none against the sign', () => {
    const votes = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 100 })), {
      minLength: 1,
      maxLength: 40,
    });
    const pnl = fc.oneof(
      fc.integer({ min: -1e6, max: 1e6 }).map((cents) => cents / 100),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(votes, pnl, (given, amount) => {
        const decision = decisionOf(given.map(([c, w], i): Ballot => ballot(`agent_${i}`, 'buy', c, w)));
        const parts = [...attributePnl(decision, amount).values()];
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(toCents(amount));
        const evidence = decision.ballots.map((each) => each.evidence ?? 0);
        const total = evidence.reduce((sum, each) => sum + each, 0);
        const dues = decision.ballots.map((each, i) =>
          total > 0
            ? (toCents(amount) * (evidence[i] ?? 0)) / total
            : (toCents(amount) * each.weight) / given.reduce((sum, [, w]) => sum + w, 0),
        );
        for (const [i, each] of decision.ballots.entries()) {
          const part = attributePnl(decision, amount).get(each.agentName) ?? 0;
          expect(Math.abs(part - (dues[i] ?? 0))).toBeLessThan(1.6);
          expect(part * Math.sign(amount)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  [12.345, 1235],
  [-12.345, -1235],
  [0.004, 0],
  [-0.004, 0],
  [1e300, 1e14],
  [-1e300, -1e14],
  [Number.MIN_VALUE, 0],
])('takes a pnl of %f for %f cents', (pnl, cents) => {
  expect(toCents(pnl)).toBe(cents);
});
