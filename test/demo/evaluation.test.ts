import { describe, expect, test } from '@jest/globals';
import { evaluate, plainMajority } from '../../demo/evaluation.js';
import type { Action } from '../../demo/market.js';
import type { AgentVote, DecisionNode, Performance } from '../../demo/operations.js';
import { type Report, reportText } from '../../demo/report.js';

const vote = (agentName: string, action: Action | null, confidence = 60): AgentVote => ({
  agentName,
  status: action ? 'COUNTED' : 'ABSTAINED',
  action,
  confidence: action ? confidence : null,
});

function decision(
  seq: number,
  action: Action,
  isSuccess: boolean,
  votes: AgentVote[],
  close = 100,
): DecisionNode {
  return {
    seq,
    decision: { action, confidence: 70 },
    context: { marketConditions: { date: '', close, holdBand: 0.005 } },
    outcome: {
      result: isSuccess ? 'SUCCESS' : 'FAILURE',
      success: isSuccess,
      pnl: action === 'HOLD' ? null : isSuccess ? 10 : -5,
    },
    lateVotes: [],
    conversation: {
      executionId: `e${seq}`,
      lastSeq: 21,
      swarmVote: { consensus: { reason: 'EVIDENCE' }, votes },
    },
  };
}

const performances: Performance[] = [
  {
    agentName: 'a',
    evaluatedVotes: 4,
    hitRate: { value: 0.75, low: 0.3, high: 0.95, n: 4 },
    brier: 0.2,
    learnedWeight: 1.2,
    pnlAttributed: 5,
  },
  {
    agentName: 'b',
    evaluatedVotes: 4,
    hitRate: { value: 0.25, low: 0.05, high: 0.7, n: 4 },
    brier: 0.3,
    learnedWeight: 0.4,
    pnlAttributed: 0,
  },
];

const run = [
  decision(1, 'BUY', true, [vote('a', 'BUY'), vote('b', 'SELL'), vote('c', 'SELL', 90)], 100),
  decision(2, 'BUY', false, [vote('a', 'SELL'), vote('b', 'BUY'), vote('c', 'BUY')], 101),
  decision(3, 'HOLD', true, [vote('a', 'HOLD'), vote('b', 'BUY'), vote('c', null)], 100),
  decision(4, 'SELL', false, [vote('a', 'SELL'), vote('b', 'SELL'), vote('c', null)], 100),
];

describe('the plain majority', () => {
  test.each([
    [['BUY', 'BUY', 'SELL'], 'BUY'],
    [['BUY', 'SELL'], 'HOLD'],
    [['HOLD', 'SELL', 'SELL'], 'SELL'],
    [[null, null, 'SELL'], 'SELL'],
    [[], 'HOLD'],
  ] as const)('of %j is %s', (actions, expected) => {
    expect(plainMajority(actions.map((action, i) => vote(`a${i}`, action)))).toBe(expected);
  });

  test('leaves advice of weight 0 out', () => {
    expect(plainMajority([vote('a', 'BUY'), { ...vote('b', 'SELL'), status: 'ADVISORY' }])).toBe('BUY');
  });
});

describe('the evaluation', () => {
  const result = evaluate(run, performances);

  test('calls the consensus right as often as its decisions succeeded', () => {
    expect(result.consensus.hitRate).toMatchObject({ value: 0.5, n: 4 });
    expect(result.consensus.pnl).toBe(0);
  });

  test('calls a vote right when it agreed with a success or disagreed with a failure', () => {
    // Majority: SELL against a BUY that succeeded, BUY with one that failed, a tie (HOLD) with a HOLD that
    // succeeded, SELL with one that failed.
    expect(result.majority.hitRate).toMatchObject({ value: 0.25, n: 4 });
  });

  test('finds the best agent among those who voted on half of the days', () => {
    expect(result.bestAgent).toMatchObject({ agentName: 'a', hitRate: { value: 0.75, n: 4 } });
  });

  test('measures the calibration of the consensus and of the mean stated confidence', () => {
    expect(result.consensus.ece).toBeCloseTo(0.2, 12);
    // Three days state 60 and one 70; of the 60s one of three succeeded, the 70 did.
    expect(result.consensus.meanStatedEce).toBeCloseTo((3 / 4) * (0.6 - 1 / 3) + (1 / 4) * 0.3, 12);
  });

  test('judges by the market from the close the next decision was taken on, leaving the last day out', () => {
    expect(result.market.consensus).toMatchObject({ value: 2 / 3, n: 3 });
    expect(result.market.bestAgent).toMatchObject({ value: 1, n: 3 });
    expect(result.market.alwaysBuy).toMatchObject({ value: 1 / 3, n: 3 });
  });

  test('leaves out decisions without an outcome or a vote', () => {
    const open = { ...decision(5, 'BUY', true, []), outcome: null };
    const logged = { ...decision(6, 'BUY', true, []), conversation: null };
    expect(evaluate([...run, open, logged], performances).consensus).toEqual(result.consensus);
  });

  test('has nulls and no error for a node without decisions', () => {
    expect(evaluate([], [])).toMatchObject({
      decisions: 0,
      consensus: { hitRate: null, ece: null, pnl: 0 },
      bestAgent: null,
      correlation: null,
    });
  });
});

describe('the report', () => {
  const count = { expected: 84, received: 84, missing: 0, repeated: 1 };
  const report: Report = {
    ...evaluate(run, performances),
    days: 4,
    seconds: 2,
    decisionsPerSecond: 2,
    streams: { messages: count, votes: { ...count, expected: 4, received: 4 }, outOfOrder: 0, failures: [] },
    url: 'http://127.0.0.1:4000/graphql',
    userNodeId: 'f'.repeat(24),
    executionId: 'e'.repeat(24),
  };

  test('says what the streams delivered', () => {
    expect(reportText(report)).toContain(
      'streams: 84 of 84 messages received, 0 missing, 1 repeated, all in order',
    );
  });

  test('claims no edge that the intervals do not show', () => {
    expect(reportText(report)).toContain('What it does not show is an edge');
  });

  test('says so when the swarm was better', () => {
    const rate = (value: number) => ({ value, low: value - 0.01, high: value + 0.01, n: 1000 });
    const market = { ...report.market, consensus: rate(0.6), alwaysBuy: rate(0.5) };
    expect(reportText({ ...report, market })).toContain('the swarm was right more often than always buying');
  });
});
