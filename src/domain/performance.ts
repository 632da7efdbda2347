import { type CalibrationCurve, calibrationCurve } from './bins.js';
import { fromUnits, meanOf } from './money.js';
import { type Measure, measure, type Rate, wilson } from './measure.js';
import {
  type AgentRecord,
  agentCalibration,
  consensusCalibration,
  type NodeRecord,
  nextSeq,
} from './node.js';
import { learnedWeight } from './sums.js';
import { byAgentName } from './voting.js';

/** How one agent's votes for one node turned out; all of all time, unless said. */
export interface AgentPerformance {
  agentName: string;
  evaluatedVotes: number;
  /** Older votes counted as much as new ones; null without any. */
  hitRate: Rate | null;
  /** Older votes counted for less, and a newcomer's 20 cases at .6 among them; as of the node's next decision. */
  recentHitRate: number | null;
  /** The mean of (stated confidence − right)², 0 to 1, lower is better; null without a vote. */
  brier: number | null;
  /** 1 − Brier ÷ that of its own hit rate stated each time: 1 is perfect, below 0 its confidences say less than nothing. */
  brierSkill: Measure;
  calibration: CalibrationCurve;
  /** As of the node's next decision: 1 is a newcomer's, 0 to 7.26. */
  learnedWeight: number;
  /** In the account's currency. */
  pnlAttributed: number;
  /** How many more times it was right than the decisions it voted in. */
  edge: number;
}

/** How the decisions of a node's swarm turned out; those with a quorum. */
interface ConsensusPerformance {
  evaluatedDecisions: number;
  successRate: Rate | null;
  /** Older decisions counted for less, and a newcomer's 20 cases at .65 among them. */
  recentSuccessRate: number | null;
  brier: number | null;
  brierSkill: Measure;
  calibration: CalibrationCurve;
  wins: number;
  meanWin: number | null;
  losses: number;
  /** Above 0. */
  meanLoss: number | null;
}

/** Every agent with an evaluated vote, most trusted first; of two alike the one with more votes, then by name. */
export const performanceOf = (node: NodeRecord): AgentPerformance[] =>
  node.agents
    .map((agent) => agentPerformance(node, agent))
    .sort(
      (a, b) => b.learnedWeight - a.learnedWeight || b.evaluatedVotes - a.evaluatedVotes || byAgentName(a, b),
    );

/** One agent's, from its record, or from one of a part of its votes. */
export function agentPerformance(node: NodeRecord, agent: AgentRecord): AgentPerformance {
  const { agentName, votes, hits, squaredError } = agent;
  const calibration = agentCalibration(node, agent, nextSeq(node));
  return {
    agentName,
    evaluatedVotes: votes,
    hitRate: wilson(hits, votes),
    recentHitRate: votes === 0 ? null : calibration.meanRight,
    brier: votes === 0 ? null : squaredError / votes,
    brierSkill: skill(squaredError, hits, votes),
    calibration: calibrationCurve(agent.bins),
    learnedWeight: learnedWeight(calibration),
    pnlAttributed: fromUnits(agent.pnl),
    edge: hits - agent.swarmHits,
  };
}

/** How often a node's consensus was right, from its plain counts. */
export function consensusPerformance(node: NodeRecord): ConsensusPerformance {
  const { decisions, hits, squaredError, bins, wins, losses } = node.consensus;
  return {
    evaluatedDecisions: decisions,
    successRate: wilson(hits, decisions),
    recentSuccessRate: decisions === 0 ? null : consensusCalibration(node, nextSeq(node)).meanRight,
    brier: decisions === 0 ? null : squaredError / decisions,
    brierSkill: skill(squaredError, hits, decisions),
    calibration: calibrationCurve(bins),
    wins: wins.n,
    meanWin: wins.n === 0 ? null : meanOf(wins.sum, wins.n),
    losses: losses.n,
    meanLoss: losses.n === 0 ? null : meanOf(losses.sum, losses.n),
  };
}

/** An agent that is right each time, or never, leaves nothing to compare with. */
function skill(squaredError: number, hits: number, n: number): Measure {
  return measure(n, () => {
    const base = (hits / n) * (1 - hits / n);
    return base === 0 ? null : 1 - squaredError / n / base;
  });
}
