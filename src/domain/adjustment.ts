import { agentPath } from './agentName.js';
import { MAX_AGENTS } from './forgetting.js';
import {
  type AgentRecord,
  agentCalibration,
  consensusCalibration,
  type NodeRecord,
  newAgent,
  nextSeq,
} from './node.js';
import type { NodeParameters, ParameterAdjustment } from './parameters.js';
import { suggestMinConfidence } from './suggestion.js';
import { learnedWeight, pRight } from './sums.js';

/** Less is what taking a case back leaves behind in floating point, and no change. */
const UNCHANGED = 1e-9;

type Change = Pick<ParameterAdjustment, 'path' | 'from' | 'to' | 'reason'>;

/** What changed between two states of a node's sums, both read at its next decision: agents by name, then the consensus. */
export function appliedAdjustments(before: NodeRecord, after: NodeRecord, at: Date): ParameterAdjustment[] {
  const known = new Map(before.agents.map((agent) => [agent.agentName, agent]));
  const changes = after.agents.flatMap((agent) => {
    const former = known.get(agent.agentName) ?? newAgent(agent.agentName);
    return former === agent ? [] : agentChanges(before, former, after, agent);
  });
  return [...changes, consensusChange(before, after)]
    .filter(({ from, to }) => Math.abs(to - from) > UNCHANGED)
    .map((change) => ({ ...change, applied: true, timestamp: at }));
}

/** What follows for the trader, in words; one that says the same as the newest of its path is not said again. */
export function suggestedAdjustments(
  after: NodeRecord,
  { minConfidence }: NodeParameters,
  at: Date,
): ParameterAdjustment[] {
  const found = suggestMinConfidence(after.consensus, minConfidence);
  const last = after.adjustments.find(({ path }) => path === MIN_CONFIDENCE);
  if (found === null || (last?.to === found.to && last.from === found.from)) return [];
  return [{ path: MIN_CONFIDENCE, ...found, applied: false, timestamp: at }];
}

const MIN_CONFIDENCE = 'min_confidence';

/** Two of each agent, and those of the node. */
const MAX_KEPT = 2 * MAX_AGENTS + 10;

/** The newest of each path, by path; of agents that have no record any more while there is room. */
export function mergeAdjustments(
  kept: readonly ParameterAdjustment[],
  found: readonly ParameterAdjustment[],
): ParameterAdjustment[] {
  const newest = new Map([...kept, ...found].map((adjustment) => [adjustment.path, adjustment]));
  const all = [...newest.values()];
  const latest =
    all.length <= MAX_KEPT
      ? all
      : all.sort((a, b) => b.timestamp.getTime() - a.timestamp.getTime()).slice(0, MAX_KEPT);
  return latest.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function agentChanges(
  before: NodeRecord,
  former: AgentRecord,
  after: NodeRecord,
  agent: AgentRecord,
): Change[] {
  const was = agentCalibration(before, former, nextSeq(before));
  const is = agentCalibration(after, agent, nextSeq(after));
  const cases = `n = ${counted(agent.votes, 'evaluated vote')}`;
  return [
    {
      path: agentPath(agent.agentName, 'learned_weight'),
      from: learnedWeight(was),
      to: learnedWeight(is),
      reason: agent.votes === 0 ? cases : `${cases}, hit rate ${percent(agent.hits / agent.votes)}`,
    },
    {
      path: agentPath(agent.agentName, 'slope'),
      from: was.slope,
      to: is.slope,
      reason: `${cases}, right ${(10 * is.slope).toFixed(1)} points more often where it states 10 points more`,
    },
  ];
}

function consensusChange(before: NodeRecord, after: NodeRecord): Change {
  const was = consensusCalibration(before, nextSeq(before));
  const is = consensusCalibration(after, nextSeq(after));
  return {
    path: 'consensus.calibration',
    from: pRight(was, was.meanStated),
    to: pRight(is, is.meanStated),
    reason:
      after.consensus.decisions === 0
        ? 'n = 0 evaluated decisions'
        : `n = ${is.n.toFixed(1)} evaluated decisions, older ones counted for less, success rate ${percent(after.self.o / after.self.n)}`,
  };
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
const percent = (share: number): string => `${Math.round(100 * share)} %`;
