import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromUnits, toUnits } from '../../src/domain/money.js';
import { attributePnl } from '../../src/domain/pnl.js';
import type { Ballot } from '../../src/domain/voting.js';
import { ballot, ballotsOf, decisionOf } from './builders.js';

const shares = (decision: Parameters<typeof attributePnl>[0], pnl: number | null) =>
  [...attributePnl(decision, pnl)]
    .map(([name, units]): [string, number] => [name, fromUnits(units)])
    .sort(([a], [b]) => (a < b ? -1 : 1));

describe('attributePnl', () => {
  test('gives the backers their part, by evidence', () => {
    const decision = decisionOf(ballotsOf('buy 80', 'buy 60', 'sell 70', 'buy 90 w0', 'abstained'));
    const [strong, weak] = [Math.log(0.65 / 0.35), Math.log(0.6 / 0.4)];
    const part = Math.round((1e10 * strong) / (strong + weak));
    expect(shares(decision, 100)).toEqual([
      ['a', part / 1e8],
      ['b', (1e10 - part) / 1e8],
    ]);
    expect(shares(decision, -100)).toEqual([
      ['a', -part / 1e8],
      ['b', (part - 1e10) / 1e8],
    ]);
  });

  test('goes by weight where nobody had evidence', () => {
    const decision = decisionOf(ballotsOf('buy 10 w3', 'buy 0', 'sell 5 w2'));
    expect(shares(decision, 8)).toEqual([
      ['a', 6],
      ['b', 2],
    ]);
  });

  test('gives nobody anything where nobody backed the action', () => {
    expect(shares(decisionOf(ballotsOf('buy 80', 'sell 80')), 50)).toEqual([]);
  });

  test('gives nobody anything where nothing was traded', () => {
    expect(shares(decisionOf(ballotsOf('buy 80')), null)).toEqual([]);
  });

  test('settles the last unit with the largest, of those alike the first by name', () => {
    const alike = decisionOf(ballotsOf('buy 80', 'buy 80', 'buy 80'));
    expect(shares(alike, 100)).toEqual([
      ['a', 33.33333334],
      ['b', 33.33333333],
      ['c', 33.33333333],
    ]);
    expect(shares(alike, 5e-8)).toEqual([
      ['a', 1e-8],
      ['b', 2e-8],
      ['c', 2e-8],
    ]);
    expect(shares(alike, -1e-8)).toEqual([
      ['a', -1e-8],
      ['b', 0],
      ['c', 0],
    ]);
    expect(shares(decisionOf(ballotsOf('buy 60', 'buy 60', 'buy 90', 'buy 60')), 1e-8)).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 1e-8],
      ['d', 0],
    ]);
  });

  test('knows an action in capitals', () => {
    const decision = decisionOf(ballotsOf('buy 80'));
    expect(shares({ ...decision, decision: { ...decision.decision, action: 'BUY' } }, 1)).toEqual([['a', 1]]);
  });

  test('adds up to the unit, each near its due and none against the sign', () => {
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
        const parts = attributePnl(decision, amount);
        expect([...parts.values()].reduce((sum, part) => sum + part, 0n)).toBe(toUnits(amount));
        const evidence = decision.ballots.map((each) => each.evidence ?? 0);
        const hasEvidence = evidence.some((each) => each > 0);
        const shares = decision.ballots.map((each, i) => (hasEvidence ? (evidence[i] ?? 0) : each.weight));
        const total = shares.reduce((sum, each) => sum + each, 0);
        for (const [i, each] of decision.ballots.entries()) {
          const part = Number(parts.get(each.agentName));
          const due = (Number(toUnits(amount)) * (shares[i] ?? 0)) / total;
          expect(Math.abs(part - due)).toBeLessThan(1.6 + Math.abs(due) * 1e-14);
          expect(part * Math.sign(amount)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
