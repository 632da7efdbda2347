import { describe, expect, test } from '@jest/globals';
import type { CountedDecision, DecisionLog } from '../../src/domain/decision.js';
import fc from 'fast-check';
import { type AgentPerformance, agentPerformance } from '../../src/domain/performance.js';
import {
  createEvaluatedVotes,
  type SliceDimension,
  sliceBy,
  streak,
  weightHistory,
} from '../../src/domain/evaluatedVotes.js';
import type { FlowPhase } from '../../src/domain/flowPhase.js';
import { AT, abstention, ballot, feed, nodeAt, outcomeOf, shuffled } from './builders.js';
import { drawnPast, type Past, pastOf } from './past.js';

const DIMENSIONS: SliceDimension[] = ['symbol', 'phase', 'model', 'action'];

/** From decisions in any order. */
function evaluatedVotes(decisions: readonly CountedDecision[]) {
  const votes = createEvaluatedVotes();
  votes.addNewestFirst(decisions.toSorted((a, b) => b.seq - a.seq));
  return votes.byAgent();
}

const votesOf = ({ decisions }: Past, agentName: string) => evaluatedVotes(decisions).get(agentName) ?? [];
const whole = ({ node }: Past, agentName: string): AgentPerformance => {
  const record = node.agents.find((agent) => agent.agentName === agentName);
  if (record === undefined) throw new Error(`Nothing was learned of ${agentName}.`);
  return agentPerformance(node, record);
};
const seeds = fc.integer({ min: 0, max: 1e6 });

describe('the parts of an agent’s votes', () => {
  const units = (performance: AgentPerformance) => Math.round(1e8 * performance.pnlAttributed);
  const rightly = ({ hitRate }: AgentPerformance) =>
    hitRate === null ? 0 : Math.round(hitRate.value * hitRate.n);

  test.each(DIMENSIONS)('by %s add up to the whole', (dimension) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const past = drawnPast(seed, 30);
        const all = whole(past, 'a');
        const parts = sliceBy(past.node, votesOf(past, 'a'), dimension);
        const sum = (of: (part: AgentPerformance) => number) =>
          parts.reduce((total, part) => total + of(part), 0);
        expect({
          votes: sum(({ evaluatedVotes: votes }) => votes),
          hits: sum(rightly),
          units: sum(units),
          edge: sum(({ edge }) => edge),
          squaredError: sum(({ brier, evaluatedVotes: votes }) => (brier ?? 0) * votes),
          bins: all.calibration.bins.map((_, bin) => sum(({ calibration }) => calibration.bins[bin]?.n ?? 0)),
        }).toEqual({
          votes: all.evaluatedVotes,
          hits: rightly(all),
          units: units(all),
          edge: all.edge,
          squaredError: expect.closeTo((all.brier ?? 0) * all.evaluatedVotes, 9),
          bins: all.calibration.bins.map(({ n }) => n),
        });
        expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
      }),
      { numRuns: 20 },
    );
  });

  test('are one and the whole where nothing tells them apart', () => {
    const lives = [true, false, true].map((success) => ({
      ballots: [ballot('a', 'buy', 80)],
      success,
      pnl: 3.5,
    }));
    const past = pastOf(lives);
    for (const [dimension, key] of [
      ['symbol', 'SPY'],
      ['phase', null],
      ['model', null],
      ['action', 'BUY'],
    ] as const) {
      const [part, ...others] = sliceBy(past.node, votesOf(past, 'a'), dimension);
      expect(part).toEqual({ key, nearKeys: [], ...whole(past, 'a') });
      expect(others).toEqual([]);
    }
  });

  test('are named in the words of the API, the one with most votes first, then by name', () => {
    const said = (phase: FlowPhase | null, aiModel: string | null, symbol: string | null) => ({
      ballots: [{ ...ballot('a', symbol === 'SPY' ? 'sell' : 'hold', 80), phase, aiModel }],
      symbol,
      success: true,
    });
    const past = pastOf([
      said('trade_decision', 'large', 'SPY'),
      said('risk_check', null, 'QQQ'),
      said('risk_check', 'small', 'DIA'),
      said(null, 'large', null),
    ]);
    const keys = (dimension: SliceDimension) =>
      sliceBy(past.node, votesOf(past, 'a'), dimension).map(({ key, evaluatedVotes: n }) => [key, n]);
    expect(keys('phase')).toEqual([
      ['RISK_CHECK', 2],
      [null, 1],
      ['TRADE_DECISION', 1],
    ]);
    expect(keys('model')).toEqual([
      ['large', 2],
      [null, 1],
      ['small', 1],
    ]);
    expect(keys('symbol')).toEqual([
      [null, 1],
      ['DIA', 1],
      ['QQQ', 1],
      ['SPY', 1],
    ]);
    expect(keys('action')).toEqual([
      ['HOLD', 3],
      ['SELL', 1],
    ]);
  });

  test('are none without a vote', () => {
    expect(sliceBy(nodeAt(3), [], 'symbol')).toEqual([]);
  });
});

describe('the history of a learned weight', () => {
  const past = drawnPast(11, 60);
  const judged = past.decisions.filter(({ outcome, basis }) => outcome !== null && basis?.raw != null);

  test('ends at the current learned weight where the newest decision was judged', () => {
    const { decisions } = past;
    const node = { ...past.node, lastDecisionSeq: judged.at(-1)?.seq ?? 0 };
    for (const name of ['a', 'b', 'c']) {
      const history = weightHistory(node, votesOf(past, name), 100);
      const weight = whole({ node, decisions }, name).learnedWeight;
      expect(Math.abs((history.at(-1)?.learnedWeight ?? -1) - weight)).toBeLessThan(1e-9);
      expect(history.at(-1)?.n).toBe(whole(past, name).evaluatedVotes);
    }
  });

  test('has at each decision what a node that was fed only so far says', () => {
    let node = nodeAt(0);
    const expected = judged.map((decision) => {
      node = { ...node, lastDecisionSeq: decision.seq };
      const unjudged = { ...decision, outcome: null, learning: null, revision: 0, feedback: [] };
      node = feed(node, unjudged, decision.outcome ?? outcomeOf(false)).node;
      const { learnedWeight, evaluatedVotes: n } = whole({ node, decisions: [] }, 'b');
      return {
        seq: decision.seq,
        timestamp: decision.timestamp,
        learnedWeight: expect.closeTo(learnedWeight, 9),
        n,
      };
    });
    expect(weightHistory(past.node, votesOf(past, 'b'), 100)).toEqual(expected);
  });

  test('is the same when the outcomes came in another order', () => {
    const mixed = { ...past, decisions: shuffled(past.decisions, 5) };
    expect(weightHistory(past.node, votesOf(mixed, 'a'), 100)).toEqual(
      weightHistory(past.node, votesOf(past, 'a'), 100),
    );
  });

  test('is cut at its beginning', () => {
    const all = weightHistory(past.node, votesOf(past, 'a'), 100);
    expect(weightHistory(past.node, votesOf(past, 'a'), 3)).toEqual(all.slice(-3));
    expect(all).toHaveLength(judged.length);
  });

  test('has digits left where the base of the sums was moved', () => {
    const far = { ...past.node, baseSeq: 20_000, lastDecisionSeq: 20_000 };
    const moved = votesOf(past, 'a').map((vote) => ({
      ...vote,
      seq: vote.seq + 19_900,
    }));
    const near = weightHistory(past.node, votesOf(past, 'a'), 100);
    expect(weightHistory(far, moved, 100).map(({ learnedWeight }) => learnedWeight)).toEqual(
      near.map(({ learnedWeight }) => expect.closeTo(learnedWeight, 9)),
    );
  });
});

test('a streak is the last twenty votes, oldest first', () => {
  const outcomes = Array.from({ length: 25 }, (_, i) => i % 3 !== 0);
  const past = pastOf(outcomes.map((success) => ({ ballots: [ballot('a', 'buy', 80)], success })));
  expect(streak(votesOf(past, 'a'))).toEqual(outcomes.slice(5));
  expect(streak(votesOf(past, 'a'), 2)).toEqual(outcomes.slice(23));
  expect(streak([])).toEqual([]);
});

describe('evaluated votes', () => {
  test('are an agent’s, oldest first, with its part of the pnl and whether it was right', () => {
    const ballots = [ballot('a', 'buy', 80), ballot('b', 'sell', 60), abstention('c', 'no_data')];
    const past = pastOf([
      { ballots, success: true, pnl: 12.5 },
      { ballots, success: false, pnl: -4 },
    ]);
    const votes = evaluatedVotes(past.decisions);
    expect([...votes.keys()]).toEqual(['a', 'b']);
    const said = { timestamp: AT, symbol: 'SPY', phase: null, aiModel: null };
    const [a, b] = [
      { ...said, agentName: 'a', action: 'buy', confidence: 80 },
      { ...said, agentName: 'b', action: 'sell', confidence: 60 },
    ];
    expect(votes.get('a')).toEqual([
      { ...a, seq: 1, isRight: true, success: true, pnl: 1_250_000_000n },
      { ...a, seq: 2, isRight: false, success: false, pnl: -400_000_000n },
    ]);
    expect(votes.get('b')).toEqual([
      { ...b, seq: 1, isRight: false, success: true, pnl: 0n },
      { ...b, seq: 2, isRight: true, success: false, pnl: 0n },
    ]);
  });

  test('are not those without a quorum, without an outcome, or of a decision nobody voted on', () => {
    const ballots = [ballot('a', 'buy', 80), abstention('b', 'no_data'), abstention('c', 'timed_out')];
    const unheard = pastOf([{ ballots, success: false, pnl: 5 }], 3);
    expect(unheard.decisions[0]?.basis?.raw).toBeNull();
    expect(evaluatedVotes(unheard.decisions).size).toBe(0);
    expect(unheard.node.agents).toEqual([]);

    const open = pastOf([{ ballots: [ballot('a', 'buy', 80)], success: null }]);
    expect(evaluatedVotes(open.decisions).size).toBe(0);

    const [judged] = pastOf([{ ballots: [ballot('a', 'buy', 80)], success: true }]).decisions;
    const logged = { ...judged, ballots: [], basis: null } as unknown as DecisionLog;
    expect(evaluatedVotes([logged]).size).toBe(0);
  });
});
