import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DecisionLog } from '../../src/domain/decision.js';
import type { NodeRecord } from '../../src/domain/node.js';
import { isRuleName, RULES, type RuleName } from '../../src/domain/rules.js';
import { countHeard } from '../../src/domain/tally.js';
import type { Ballot } from '../../src/domain/voting.js';
import type { TradeAction } from '../../src/domain/tradeAction.js';
import { type Alternative, createComparison, recount } from '../../src/domain/whatIf.js';
import { anyNode, ballotsBy } from './arbitraries.js';
import { AT, ballotsOf, count, nodeAt, outcomeOf, shuffled } from './builders.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });
/** That has learned of some of the agents, and of its own decisions. */
const anyLearned = fc.tuple(anyNode, share, share).map(([node, o, c]) => ({
  ...node,
  self: { n: 60, o: 60 * o, c: 60 * c, cc: 60 * c * c, co: 60 * c * o, r: 0 },
}));
const anyRule = fc.constantFrom(...Object.keys(RULES).filter(isRuleName));
const anyVote = fc.record({
  ballots: ballotsBy(),
  node: anyLearned,
  rule: anyRule,
  quorum: fc.integer({ min: 1, max: 100 }),
  more: fc.nat(4),
});

/** The decision that a vote led to, as it is stored and read again. */
function decide(ballots: Ballot[], node: NodeRecord, rule: RuleName, quorum: number, totalAgents: number) {
  const { consensus, ballots: counted, basis } = count(ballots, node, totalAgents, quorum, RULES[rule]);
  const decision: Pick<DecisionLog, 'decision' | 'ballots' | 'basis'> = {
    decision: { type: 'trade', action: consensus.action, symbol: 'SPY', confidence: consensus.confidence },
    ballots: counted,
    basis,
  };
  return { consensus, stored: JSON.parse(JSON.stringify(decision)) as typeof decision };
}

const SAME: Alternative = { weights: new Map(), defaultWeights: new Map(), without: new Set() };
const whole = (stored: Pick<DecisionLog, 'decision' | 'ballots' | 'basis'>): DecisionLog => ({
  id: 'decision',
  userId: 'user',
  userNodeId: 'node',
  executionId: 'execution',
  conversationId: 'conversation',
  context: { marketConditions: null, portfolioState: null, riskMetrics: null },
  outcome: null,
  learning: null,
  seq: 50,
  isUnanimous: false,
  revision: 0,
  feedback: [],
  idleKeys: [],
  idempotencyKey: null,
  contentHash: null,
  timestamp: AT,
  ...stored,
});

describe('a stored vote', () => {
  test('counts again to the same bytes by every rule, in any order of its ballots', () => {
    fc.assert(
      fc.property(anyVote, fc.nat(), ({ ballots, node, rule, quorum, more }, seed) => {
        const totalAgents = ballots.length + more;
        const { consensus, stored } = decide(ballots, node, rule, quorum, totalAgents);
        const { basis } = stored;
        if (basis?.totalAgents == null || basis.quorum === null)
          throw new Error('Expected all of its basis.');
        const terms = { totalAgents: basis.totalAgents, quorum: basis.quorum, rule: RULES[basis.rule] };
        const again = countHeard(stored.ballots, terms, basis.self);
        expect(JSON.stringify([again.consensus, again.ballots])).toBe(
          JSON.stringify([consensus, stored.ballots]),
        );
        expect(again.verdict.raw).toBe(basis.raw);
        const reordered = countHeard(shuffled(stored.ballots, seed), terms, basis.self);
        expect(JSON.stringify(reordered.consensus)).toBe(JSON.stringify(consensus));
      }),
      { numRuns: 1_000 },
    );
  });

  test('comes to the same action where nothing is changed, and where all is said that held anyway', () => {
    fc.assert(
      fc.property(anyVote, ({ ballots, node, rule, quorum, more }) => {
        const { consensus, stored } = decide(ballots, node, rule, quorum, ballots.length + more);
        const decision = whole(stored);
        const weights = new Map(ballots.map(({ agentName, weight }) => [agentName, weight]));
        const said = { ...SAME, rule, quorum, minConfidence: 0, weights, without: new Set(['nobody']) };
        expect(recount(decision, SAME)).toBe(consensus.action);
        expect(recount(decision, said)).toBe(consensus.action);
      }),
    );
  });

  test('comes by another rule, quorum and weights to what it would have been counted to at once', () => {
    const other = fc.record({ rule: anyRule, quorum: fc.integer({ min: 1, max: 100 }), weight: fc.nat(100) });
    fc.assert(
      fc.property(anyVote, other, ({ ballots, node, rule, quorum, more }, otherwise) => {
        const totalAgents = ballots.length + more;
        const { stored } = decide(ballots, node, rule, quorum, totalAgents);
        const weights = new Map([['agent_0', otherwise.weight]]);
        const found = recount(whole(stored), { ...SAME, ...otherwise, weights });
        const weighed = ballots.map((each) => ({
          ...each,
          weight: weights.get(each.agentName) ?? each.weight,
        }));
        expect(found).toBe(
          decide(weighed, node, otherwise.rule, otherwise.quorum, totalAgents).consensus.action,
        );
      }),
    );
  });

  test('comes without an agent to what the others alone would have come to', () => {
    fc.assert(
      fc.property(anyVote, ({ ballots, node, rule, quorum, more }) => {
        const totalAgents = ballots.length + more;
        const { stored } = decide(ballots, node, rule, quorum, totalAgents);
        const others = ballots.slice(1);
        const without = new Set(['agent_0']);
        const alone = decide(others, node, rule, quorum, Math.max(1, totalAgents - 1)).consensus.action;
        expect(recount(whole(stored), { ...SAME, without })).toBe(alone);
      }),
    );
  });
});

describe('a difference of pnl', () => {
  const compared = (pairs: [from: string, pnl: number | null][], alternative: Partial<Alternative>) => {
    const comparison = createComparison({ ...SAME, ...alternative });
    for (const [vote, pnl] of pairs) {
      const { stored } = decide(ballotsOf(vote, vote, 'buy 10'), nodeAt(1), 'majority', 50, 3);
      comparison.add({ ...whole(stored), outcome: outcomeOf((pnl ?? 0) > 0, pnl) });
    }
    return comparison.result();
  };
  const withoutThePair = { without: new Set(['a', 'b']) };
  const cases: [what: string, from: TradeAction, pnl: number | null, n: number, value: number | null][] = [
    ['is the opposite for the opposite trade', 'sell', -12.5, 1, 25],
    ['is nothing for the same', 'buy', 7, 1, 0],
    ['is not known where a hold would have been a trade', 'hold', -1, 0, null],
    ['is not known without a pnl', 'sell', null, 0, null],
  ];
  test.each(cases)('%s', (_, from, pnl, n, value) => {
    const { pnlDifference, decisions } = compared([[`${from} 90`, pnl]], withoutThePair);
    expect([decisions, pnlDifference.n, pnlDifference.value]).toEqual([1, n, value]);
  });

  test('has its interval from 20 changed decisions on, by the normal distribution', () => {
    const earning = (n: number) =>
      Array.from({ length: n }, (_, i): ['sell 90', number] => ['sell 90', i % 2 === 0 ? 1 : 3]);
    const { pnlDifference: few } = compared(earning(19), withoutThePair);
    expect(few).toMatchObject({ n: 19, changed: 19, low: null, high: null, reason: 'not_enough_data' });
    // Ten times −2 and ten times −6: 1.96 · √(20 · (400 − 80²/20) / 19).
    const { pnlDifference: enough } = compared(earning(20), withoutThePair);
    expect(enough).toEqual({
      value: -80,
      low: expect.closeTo(-97.99, 2),
      high: expect.closeTo(-62.01, 2),
      n: 20,
      changed: 20,
      reason: null,
      needed: 20,
    });
  });

  test('takes back what was earned where nothing would have been done', () => {
    const found = compared([['sell 90', 30]], { minConfidence: 101 });
    expect([found.changes[0]?.to, found.actualPnl, found.counterfactualPnl]).toEqual(['hold', 30, 0]);
  });
});
