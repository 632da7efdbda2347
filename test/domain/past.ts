import type { DecisionLog } from '../../src/domain/decision.js';
import type { FlowPhase } from '../../src/domain/flowPhase.js';
import type { NodeRecord } from '../../src/domain/node.js';
import type { Ballot } from '../../src/domain/voting.js';
import { ballot, decisionOf, feed, nodeAt, outcomeOf, randomFrom, settled } from './builders.js';

/** What a node knows after some decisions, and those decisions as they are logged. */
export interface Past {
  node: NodeRecord;
  decisions: DecisionLog[];
}

/** Decided and judged one after the other, by these ballots and outcomes; null is not judged. */
export function pastOf(
  lives: readonly {
    ballots: Ballot[];
    symbol?: string | null;
    success: boolean | null;
    pnl?: number | null;
  }[],
  totalAgents?: number,
): Past {
  let node = nodeAt(0);
  const decisions = lives.map(({ ballots, symbol = 'SPY', success, pnl = null }) => {
    node = { ...node, lastDecisionSeq: node.lastDecisionSeq + 1 };
    const { decision, ...rest } = decisionOf(ballots, node, totalAgents);
    const logged = { ...rest, decision: { ...decision, symbol } };
    if (success === null) return logged;
    const applied = feed(node, logged, outcomeOf(success, pnl));
    node = { ...applied.node, unsettled: null };
    return settled(logged, applied);
  });
  return { node, decisions };
}

const oneOf = <T>(of: readonly T[], random: () => number): T => of[Math.floor(random() * of.length)] as T;

/** A past of `n` decisions of agents a to c, all of it drawn from a seed. */
export function drawnPast(seed: number, n: number): Past {
  const random = randomFrom(seed);
  const lives = Array.from({ length: n }, () => ({
    ballots: ['a', 'b', 'c'].map((name) => ({
      ...ballot(
        name,
        oneOf(['buy', 'sell', 'hold'], random),
        Math.floor(random() * 101),
        oneOf([0, 1, 5], random),
      ),
      aiModel: oneOf(['small', 'large', null], random),
      phase: oneOf<FlowPhase | null>(['market_analysis', 'risk_check', null], random),
    })),
    symbol: oneOf(['SPY', 'QQQ', 'DIA'], random),
    success: oneOf([true, true, false, null], random),
    pnl: Math.round(20_000 * (random() - 0.5)) / 100,
  }));
  return pastOf(lives);
}
