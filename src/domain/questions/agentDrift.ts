import { setImmediate as turn } from 'node:timers/promises';
import type { CountedDecision } from '../decision.js';
import { DRIFT_WINDOW, type DriftFinding, type DriftVote, findDrift, MIN_DRIFT_VOTES } from '../drift.js';
import type { MeasureGap } from '../measure.js';
import type { Ports } from '../ports.js';
import { byAgentName, isCast } from '../voting.js';
import { type HistoryOf, readHistory } from './history.js';

/** What was found of one agent of a node. */
export interface AgentDrift {
  agentName: string;
  /** How many of its votes were looked at. */
  votes: number;
  isDrifting: boolean;
  findings: DriftFinding[];
  reason: MeasureGap | null;
  needed: number;
}

/** How many decisions are looked back on: an agent that votes in half of them is seen whole. */
const LOOK_BACK = 2 * DRIFT_WINDOW;

/** Every agent that voted in the node's last decisions, with an outcome or without; by name. */
export async function agentDrift(ports: Ports, of: Omit<HistoryOf, 'last'>): Promise<AgentDrift[]> {
  const votes = new Map<string, DriftVote[]>();
  await readHistory(ports, { ...of, last: LOOK_BACK }, (decisions) => {
    for (const decision of decisions) addVotes(votes, decision);
  });
  const found: AgentDrift[] = [];
  for (const [agentName, own] of votes) {
    found.push(driftOf(agentName, own.reverse()));
    // Others are answered in between.
    await turn();
  }
  return found.sort(byAgentName);
}

function addVotes(votes: Map<string, DriftVote[]>, { seq, timestamp, ballots }: CountedDecision): void {
  for (const { agentName, action, confidence } of ballots.filter(isCast)) {
    const own = votes.get(agentName) ?? [];
    votes.set(agentName, own);
    if (own.length < DRIFT_WINDOW) own.push({ seq, timestamp, action, confidence });
  }
}

/** Of votes, oldest first. */
function driftOf(agentName: string, votes: readonly DriftVote[]): AgentDrift {
  const findings = findDrift(agentName, votes);
  return {
    agentName,
    votes: votes.length,
    isDrifting: findings.length > 0,
    findings,
    reason: votes.length < MIN_DRIFT_VOTES ? 'not_enough_data' : null,
    needed: MIN_DRIFT_VOTES,
  };
}
