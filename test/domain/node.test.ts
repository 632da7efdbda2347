import { describe, expect, test } from '@jest/globals';
import {
  type AgentRecord,
  agentCalibration,
  consensusCalibration,
  type NodeRecord,
  newAgent,
  rebase,
} from '../../src/domain/node.js';
import {
  AGENT_HALF_LIFE,
  addCase,
  type Case,
  CONSENSUS_HALF_LIFE,
  emptySums,
  factorAt,
  pRight,
} from '../../src/domain/sums.js';
import { nodeAt } from './builders.js';

const caseAt = (seq: number): Case => {
  const o = (seq * 7919) % 10 < 6 ? 1 : 0;
  return { c: ((seq * 104_729) % 101) / 100, o, ok: o };
};

/** Rebased first, then with the case of decision `seq` for its only agent and for the consensus. */
function learn(node: NodeRecord, seq: number): NodeRecord {
  const based = rebase({ ...node, lastDecisionSeq: seq });
  const agent: AgentRecord = based.agents[0] ?? newAgent('a');
  const added = addCase(agent, caseAt(seq), factorAt(seq, based.baseSeq, AGENT_HALF_LIFE), 1);
  return {
    ...based,
    agents: [{ ...agent, ...added }],
    self: addCase(based.self, caseAt(seq), factorAt(seq, based.baseSeq, CONSENSUS_HALF_LIFE), 1),
  };
}

describe('rebase', () => {
  test.each([
    [19_999, 0],
    [20_000, 20_000],
    [29_999, 20_000],
    [123_456, 120_000],
    [1_000_000, 1_000_000],
  ])('takes the base of a node at decision %i to %i', (seq, baseSeq) => {
    expect(rebase(nodeAt(seq)).baseSeq).toBe(baseSeq);
  });

  test('moves on from a base that was moved before', () => {
    expect(rebase({ ...nodeAt(39_999), baseSeq: 20_000 }).baseSeq).toBe(20_000);
    expect(rebase({ ...nodeAt(40_000), baseSeq: 20_000 }).baseSeq).toBe(40_000);
  });

  test('changes no chance to the last digit', () => {
    let node = nodeAt(0);
    for (let seq = 19_000; seq < 20_000; seq++) node = learn(node, seq);
    const moved = rebase({ ...node, lastDecisionSeq: 20_000 });
    const chances = (given: NodeRecord): number[] => [
      pRight(agentCalibration(given, given.agents[0] ?? emptySums(), 20_000), 0.8),
      pRight(consensusCalibration(given, 20_000), 0.8),
    ];
    expect(moved.baseSeq).toBe(20_000);
    chances(moved).forEach((chance, i) => expect(chance).toBeCloseTo(chances(node)[i] ?? 0, 14));
  });

  test('keeps every chance to 1e-9 over 250,000 decisions', () => {
    let node = nodeAt(0);
    // What plain exponential smoothing, which needs no base, says of the same cases.
    let agent = emptySums();
    let self = emptySums();
    let worst = 0;
    for (let seq = 1; seq <= 250_000; seq++) {
      node = learn(node, seq);
      agent = addCase(faded(agent, AGENT_HALF_LIFE), caseAt(seq), 1, 1);
      self = addCase(faded(self, CONSENSUS_HALF_LIFE), caseAt(seq), 1, 1);
      if (seq % 97 !== 0) continue;
      const plain = { ...nodeAt(seq), baseSeq: seq, agents: [{ ...newAgent('a'), ...agent }], self };
      worst = Math.max(worst, ...differences(node, plain, seq + 1));
    }
    expect(node.baseSeq).toBe(240_000);
    expect(worst).toBeLessThan(1e-9);
  });

  test('takes a leap to decision 1,000,000: agents are newcomers again, and learn on', () => {
    let node = nodeAt(0);
    for (let seq = 1; seq <= 50; seq++) node = learn(node, seq);
    const late = rebase({ ...node, lastDecisionSeq: 1_000_000 });
    expect(pRight(agentCalibration(late, late.agents[0] ?? emptySums(), 1_000_001), 0.8)).toBeCloseTo(
      0.65,
      12,
    );
    const taught = learn(late, 1_000_000);
    const once = learn(nodeAt(0), 1_000_000);
    expect(Math.max(...differences(taught, once, 1_000_001))).toBeLessThan(1e-12);
  });

  test('reads a node that was not rebased for a million decisions', () => {
    const node = learn(nodeAt(0), 100);
    expect(pRight(agentCalibration(node, node.agents[0] ?? emptySums(), 1_000_000), 0.8)).toBeCloseTo(
      0.65,
      12,
    );
  });
});

const faded = ({ n, o, c, cc, co, r }: AgentRecord | ReturnType<typeof emptySums>, halfLife: number) => {
  const factor = 2 ** (-1 / halfLife);
  return { n: n * factor, o: o * factor, c: c * factor, cc: cc * factor, co: co * factor, r: r * factor };
};

function differences(a: NodeRecord, b: NodeRecord, seq: number): number[] {
  const chances = (node: NodeRecord): number[] => [
    pRight(agentCalibration(node, node.agents[0] ?? emptySums(), seq), 0.8),
    pRight(agentCalibration(node, node.agents[0] ?? emptySums(), seq), 0.3),
    pRight(consensusCalibration(node, seq), 0.7),
  ];
  const other = chances(b);
  return chances(a).map((chance, i) => Math.abs(chance - (other[i] ?? Number.NaN)));
}
