import { describe, expect, test } from '@jest/globals';
import type { DecisionLog, DecisionOutcome } from '../../src/domain/decision.js';
import { addOutcome } from '../../src/domain/learning.js';
import { consensusCalibration, type NodeRecord } from '../../src/domain/node.js';
import { pRight } from '../../src/domain/sums.js';
import { TRADE_ACTIONS } from '../../src/domain/tradeAction.js';
import { ballot, chanceOf, decisionOf, nodeAt, outcomeOf, randomFrom, shuffled } from './builders.js';

describe('5,000 feedbacks', () => {
  const LAST = 5_000;
  const AGENTS = ['a', 'b', 'c', 'd', 'e', '__proto__', 'constructor'];
  const random = randomFrom(5);
  const whole = (n: number): number => Math.floor(random() * n);
  /** To the cent, or in a currency of which one is worth thousands: to 1e-8. */
  const anyPnl = (): number => Math.round((random() - 0.5) * 1e6) / (random() < 0.5 ? 100 : 1e8);
  /** One in ten is a scratch. */
  const anyOutcome = (): DecisionOutcome =>
    random() < 0.1 ? outcomeOf(null, 0) : outcomeOf(random() < 0.55, random() < 0.8 ? anyPnl() : null);
  const log = Array.from({ length: LAST }, (_, i) => {
    const ballots = AGENTS.filter(() => random() < 0.8).map((name) =>
      ballot(name, TRADE_ACTIONS[whole(3)] ?? 'hold', whole(101), whole(4)),
    );
    return {
      decision: decisionOf(ballots, nodeAt(i + 1), AGENTS.length),
      outcome: anyOutcome(),
      wrong: anyOutcome(),
    };
  });
  const start = nodeAt(LAST);
  const inOrder = log.reduce((node, { decision, outcome }) => addOutcome(node, decision, outcome, 1), start);

  /** Every tenth is recorded wrongly first, and set right after all else. */
  const shuffledAndCorrected = (seed: number): NodeRecord => {
    const isCorrected = (seq: number): boolean => (seq + seed) % 10 === 0;
    const apply = (node: NodeRecord, decision: DecisionLog, outcome: DecisionOutcome): NodeRecord =>
      addOutcome(node, decision, outcome, 1);
    const first = shuffled(log, seed).reduce(
      (node, { decision, outcome, wrong }) =>
        apply(node, decision, isCorrected(decision.seq) ? wrong : outcome),
      start,
    );
    return shuffled(log, seed + 1)
      .filter(({ decision }) => isCorrected(decision.seq))
      .reduce(
        (node, { decision, outcome, wrong }) =>
          apply(addOutcome(node, decision, wrong, -1), decision, outcome),
        first,
      );
  };

  test.each([1, 2])('shuffled, corrected and taken back give the same chances to 1e-9 (seed %i)', (seed) => {
    const node = shuffledAndCorrected(seed);
    for (const name of AGENTS) {
      for (const stated of [0, 35, 60, 80, 100]) {
        expect(Math.abs(chanceOf(node, name, stated) - chanceOf(inOrder, name, stated))).toBeLessThan(1e-9);
      }
    }
    for (const raw of [0.4, 0.5, 0.65, 0.9]) {
      const [is, was] = [node, inOrder].map((given) => pRight(consensusCalibration(given, LAST + 1), raw));
      expect(Math.abs((is ?? 0) - (was ?? 1))).toBeLessThan(1e-9);
    }
  });

  test('shuffled, corrected and taken back give the same counts and money exactly', () => {
    const exact = (node: NodeRecord) =>
      node.agents.map(({ agentName, votes, hits, squaredError, pnl }) => [
        agentName,
        votes,
        hits,
        squaredError,
        pnl,
      ]);
    expect(exact(shuffledAndCorrected(3))).toEqual(exact(inOrder));
    expect(shuffledAndCorrected(3).consensus).toEqual(inOrder.consensus);
  });

  test('all taken back leave only newcomers', () => {
    const node = shuffled(log, 4).reduce(
      (given, { decision, outcome }) => addOutcome(given, decision, outcome, -1),
      inOrder,
    );
    for (const name of AGENTS) expect(chanceOf(node, name, 80)).toBeCloseTo(0.65, 9);
    expect(node.agents.map(({ votes, pnl }) => [votes, pnl])).toEqual(AGENTS.map(() => [0, 0n]));
  });
});
