import { describe, expect, test } from '@jest/globals';
import { appliedAdjustments, mergeAdjustments } from '../../src/domain/adjustment.js';
import type { DecisionLog } from '../../src/domain/decision.js';
import { AT, ballotsOf, decisionOf, feed, nodeAt, outcomeOf, settled } from './builders.js';

describe('adjustments', () => {
  test('say from, to and why, for each agent heard and for the consensus', () => {
    const decision = decisionOf(ballotsOf('buy 80', 'no_data'));
    const { learning } = feed(nodeAt(1), decision, outcomeOf(false));
    const common = { applied: true, timestamp: AT };
    expect(learning.parametersToAdjust).toEqual([
      {
        path: 'agents.a.learned_weight',
        from: 1,
        to: expect.closeTo(0.7114, 4),
        reason: 'n = 1 evaluated vote, hit rate 0 %',
        ...common,
      },
      {
        path: 'agents.a.slope',
        from: 0.25,
        to: expect.closeTo(0.1032, 4),
        reason: 'n = 1 evaluated vote, right 1.0 points more often where it states 10 points more',
        ...common,
      },
      {
        path: 'consensus.calibration',
        from: 0.65,
        to: expect.closeTo(0.6191, 4),
        reason: 'n = 1.0 evaluated decisions, older ones counted for less, success rate 0 %',
        ...common,
      },
    ]);
  });

  test('count all of an agent’s votes', () => {
    let node = nodeAt(0);
    for (let seq = 1; seq <= 12; seq++) {
      const decision = decisionOf(ballotsOf('buy 80'), { ...node, lastDecisionSeq: seq });
      ({ node } = feed({ ...node, lastDecisionSeq: seq }, decision, outcomeOf(seq % 12 < 7)));
    }
    expect(node.adjustments.map(({ reason }) => reason)).toContain('n = 12 evaluated votes, hit rate 58 %');
  });

  test('are found only for what changed', () => {
    let node = nodeAt(0);
    const log: DecisionLog[] = [];
    for (let seq = 1; seq <= 30; seq++) {
      const at = { ...node, lastDecisionSeq: seq };
      const decision = decisionOf(ballotsOf('buy 83'), at);
      const applied = feed(at, decision, outcomeOf(seq % 3 > 0, 5));
      log.push(settled(decision, applied));
      node = applied.node;
    }
    expect(appliedAdjustments(node, { ...node, agents: [...node.agents] }, AT)).toEqual([]);
    for (const decision of log) {
      const { learning } = feed(node, decision, outcomeOf(decision.outcome?.success === true, 7));
      expect(learning.parametersToAdjust).toEqual([]);
    }
  });

  test('start a correction from what the outcome before had made of it', () => {
    const decision = decisionOf(ballotsOf('buy 80'));
    const once = feed(nodeAt(1), decision, outcomeOf(true));
    const corrected = feed(once.node, settled(decision, once), outcomeOf(false));
    const [first] = corrected.learning.parametersToAdjust;
    expect(first?.from).toBe(once.learning.parametersToAdjust[0]?.to);
    expect(first?.to).toBeCloseTo(0.711, 3);
  });

  test('are kept as the newest of each path', () => {
    const change = (path: string, to: number) => ({
      path,
      from: 0,
      to,
      reason: '',
      applied: true,
      timestamp: AT,
    });
    const kept = mergeAdjustments([change('b', 1), change('__proto__', 1)], [change('a', 2), change('b', 3)]);
    expect(kept.map(({ path, to }) => [path, to])).toEqual([
      ['__proto__', 1],
      ['a', 2],
      ['b', 3],
    ]);
  });
});
