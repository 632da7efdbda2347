import { type AgentRecord, agentCalibration, type NodeRecord, nextSeq } from './node.js';
import { learnedWeight } from './sums.js';
import { byAgentName } from './voting.js';

/** A share with the 95 % interval it lies in, all 0 to 1. */
export interface Rate {
  value: number;
  low: number;
  high: number;
  /** How many cases there are, 1 or more. */
  n: number;
}

/** How one agent's votes for one node turned out. */
export interface AgentPerformance {
  agentName: string;
  evaluatedVotes: number;
  /** Of all time, older votes counted as much as new ones; null without any. */
  hitRate: Rate | null;
  /** The mean of (stated confidence − right)², 0 to 1, lower is better; null without a vote. */
  brier: number | null;
  /** As of the node's next decision: 1 is a newcomer's, 0 to 7.26. */
  learnedWeight: number;
  /** In the account's currency. */
  pnlAttributed: number;
}

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/** The share of hits with its 95 % score interval (Wilson 1927), null without a case. */
export function wilson(hits: number, n: number): Rate | null {
  if (n === 0) return null;
  const value = hits / n;
  const spread = 1 + (Z * Z) / n;
  const middle = (value + (Z * Z) / (2 * n)) / spread;
  const half = (Z / spread) * Math.sqrt((value * (1 - value)) / n + (Z * Z) / (4 * n * n));
  // With all or no hits the interval ends at the share itself, up to a rounding that must not show.
  return {
    value,
    low: hits === 0 ? 0 : Math.max(0, middle - half),
    high: hits === n ? 1 : Math.min(1, middle + half),
    n,
  };
}

/** Every agent with an evaluated vote, most trusted first; of two alike the one with more votes, then by name. */
export const performanceOf = (node: NodeRecord): AgentPerformance[] =>
  node.agents
    .map((agent) => agentPerformance(node, agent))
    .sort(
      (a, b) => b.learnedWeight - a.learnedWeight || b.evaluatedVotes - a.evaluatedVotes || byAgentName(a, b),
    );

const agentPerformance = (node: NodeRecord, agent: AgentRecord): AgentPerformance => ({
  agentName: agent.agentName,
  evaluatedVotes: agent.votes,
  hitRate: wilson(agent.hits, agent.votes),
  brier: agent.votes === 0 ? null : agent.squaredError / agent.votes,
  learnedWeight: learnedWeight(agentCalibration(node, agent, nextSeq(node))),
  pnlAttributed: agent.pnlCents / 100,
});
