import type { TradeAction } from './tradeAction.js';
import type { FlowPhase } from './flowPhase.js';
import type { RuleName } from './rules.js';
import type { Line } from './sums.js';

/** Why an agent gives no action. */
export type Abstention = 'abstained' | 'no_data' | 'model_error' | 'parse_error' | 'timed_out';
export type BallotStatus = 'counted' | 'advisory' | 'abstained' | 'failed' | 'missing' | 'late';

/** By what the swarm settled on its action. */
export type ConsensusReason = 'evidence' | 'plurality' | 'tie' | 'no_quorum';

/** What one agent would do, or why it does not say. */
export interface Vote {
  action: TradeAction | null;
  /** Whole percent: the agent's stated chance that its action proves right; null when it abstained. */
  confidence: number | null;
  /** The owner's declared weight, 0 to 100; 0 is advice. */
  weight: number;
  abstention: Abstention | null;
}

/** The latest vote of an agent, as it stands in a conversation. */
export interface Ballot extends Vote {
  agentName: string;
  /** The message that cast it. */
  seq: number;
  timestamp: Date;
  /** The learned chance that its action proves right when it was counted; null before, and for an abstention. */
  p: number | null;
  /** How many more times its agent was right than its swarm by then, older votes counted for less; null as `p` is. */
  r: number | null;
  /** Its evidence, weighted as it was counted, in nats with log odds; 0 for advice; null as `p` is. */
  evidence: number | null;
  /** Neither the roster nor the ballot said what it counts: the node's default does, else 1. */
  isDefaultWeight: boolean;
  /** What its message said of the model behind it, and the phase it was said in; null where not said. */
  aiModel: string | null;
  phase: FlowPhase | null;
}

/** An agent named at the start; a weight of null leaves it to the ballot. */
export interface RosterAgent {
  agentName: string;
  weight: number | null;
}

interface ActionResult {
  votes: number;
  /** Σ weight × confidence, in percent. */
  totalConfidence: number;
}

/** What was counted for each action. */
export type VoteResults = Record<TradeAction, ActionResult>;

const NOTHING: ActionResult = { votes: 0, totalConfidence: 0 };

/** Of a vote without ballots. */
export const NO_RESULTS: VoteResults = { buy: NOTHING, sell: NOTHING, hold: NOTHING };

/** What the swarm settled on. */
export interface Consensus {
  action: TradeAction;
  /** Whole percent, null without a quorum. */
  confidence: number | null;
  /** Whole percent of the counted weight behind the action. */
  agreement: number;
  isUnanimous: boolean;
  reason: ConsensusReason;
}

/** By what a vote was counted, so that it can be counted again to the same bytes. */
export interface TallyBasis {
  rule: RuleName;
  ruleVersion: number;
  parameterVersion: number;
  /** Null where a vote was counted by a version that did not keep it, as `quorum` is. */
  totalAgents: number | null;
  /** Whole percent. */
  quorum: number | null;
  /** How the consensus' own record read then. */
  self: Line;
  /** The decision's number within its node at which learned sums were read; null when none was taken. */
  decisionSeq: number | null;
  /** The uncalibrated chance of the consensus, 0 to 1; null without a quorum. */
  raw: number | null;
}

/** A conversation's vote, as it stands. */
export interface SwarmVote {
  /** Its own, made of its conversation's. */
  id: string;
  conversationId: string;
  executionId: string;
  totalAgents: number;
  /** In the order they were named, null when the agents are only counted. */
  agents: RosterAgent[] | null;
  /** Whole percent of `totalAgents`. */
  quorum: number;
  /** By which it is counted. */
  rule: RuleName;
  /** Of the node's parameters when it was started. */
  parameterVersion: number;
  /** When the vote completes with what there is, null while nothing ends it but its last ballot. */
  deadline: Date | null;
  /** What the deadline was made of: a time from the start, or seconds from the first ballot, whichever is sooner. */
  timing: VoteTiming;
  /** Latest ballot of each agent, by `seq`. */
  ballots: Ballot[];
  /** The `seq` of the newest ballot, 0 before the first. */
  ballotSeq: number;
  /** The first ballot that each agent cast after the vote was complete, by `seq`: kept, never counted. */
  lateBallots: Ballot[];
  consensus: Consensus | null;
  basis: TallyBasis | null;
  votingCompleted: Date | null;
  /** The `seq` of the message that closed it, null before. */
  closingSeq: number | null;
  /** The conversation's revision by which the vote was completed; null before, and where it was not stored. */
  completedRevision: number | null;
}

interface VoteTiming {
  startedAt: Date;
  endsAt: Date | null;
  firstBallotAt: Date | null;
  /** Seconds. */
  votingTimeout: number | null;
}

/** A vote is no conversation: ids are unique over all types. */
export const voteIdOf = (conversationId: string): string => `${conversationId}.vote`;

/**
 * When a vote completes, null is never: with the last ballot that is waited for, else when its time is over. `ballots`
 * are the latest of each agent. `deadlineStage` in mongo/statements.ts is the same rule inside the write of a ballot.
 */
export function deadlineOf(
  { totalAgents, timing }: Pick<SwarmVote, 'totalAgents' | 'timing'>,
  ballots: readonly Ballot[],
): Date | null {
  if (ballots.length < totalAgents) return endOf(timing);
  return ballots.toSorted((a, b) => a.seq - b.seq).at(-1)?.timestamp ?? null;
}

function endOf({ endsAt, firstBallotAt, votingTimeout }: VoteTiming): Date | null {
  if (firstBallotAt === null || votingTimeout === null) return endsAt;
  const timesOut = new Date(firstBallotAt.getTime() + votingTimeout * 1_000);
  return endsAt !== null && endsAt < timesOut ? endsAt : timesOut;
}

/** How long the vote may take at most from when all that starts its deadline has happened, in ms; null is for ever. */
export function longestWait({ startedAt, endsAt, firstBallotAt, votingTimeout }: VoteTiming): number | null {
  const waits = [
    ...(endsAt === null ? [] : [endsAt.getTime() - startedAt.getTime()]),
    ...(firstBallotAt === null || votingTimeout === null ? [] : [votingTimeout * 1_000]),
  ];
  return waits.length === 0 ? null : Math.min(...waits);
}

/** A ballot with an action: only such a one is ever evaluated. */
export type CastBallot = Ballot & { action: TradeAction; confidence: number };

/** Where one agent stands in a vote; all but name and status are null where it cast no ballot. */
interface AgentVote {
  agentName: string;
  status: BallotStatus;
  seq: number | null;
  action: TradeAction | null;
  /** Whole percent. */
  confidence: number | null;
  weight: number | null;
  abstention: Abstention | null;
  timestamp: Date | null;
}

/** The canonical order of agents: by code unit, the same in every locale. */
export const byAgentName = (a: { agentName: string }, b: { agentName: string }): number =>
  a.agentName < b.agentName ? -1 : a.agentName > b.agentName ? 1 : 0;

/** Whether the ballot gives an action. */
export const isCast = (ballot: Ballot): ballot is CastBallot =>
  ballot.action !== null && ballot.confidence !== null;

/** Those that count: an action with a weight above 0. */
export const countedBallots = (ballots: readonly Ballot[]): CastBallot[] =>
  ballots.filter(isCast).filter((ballot) => ballot.weight > 0);

/** The ballots by `seq`, then each named agent that cast none, as named. */
export function agentVotes(vote: SwarmVote): AgentVote[] {
  const heard = new Set(vote.ballots.map((ballot) => ballot.agentName));
  const silent = (vote.agents ?? []).filter((agent) => !heard.has(agent.agentName));
  return [
    ...vote.ballots.toSorted((a, b) => a.seq - b.seq).map((ballot) => agentVote(ballot)),
    ...silent.map(({ agentName }) => missingVote(agentName)),
  ];
}

/** Where an agent stands whose ballot came after the vote. */
export const lateVote = (ballot: Ballot): AgentVote => agentVote(ballot, 'late');

/** Late ballots that are evaluated: those with an action, of agents who gave none in time. */
export function evaluatedLate({ ballots, lateBallots }: SwarmVote): Ballot[] {
  const inTime = new Set(ballots.filter(isCast).map(({ agentName }) => agentName));
  return lateBallots.filter(isCast).filter(({ agentName }) => !inTime.has(agentName));
}

const agentVote = (ballot: Ballot, status = ballotStatus(ballot)): AgentVote => ({
  agentName: ballot.agentName,
  status,
  seq: ballot.seq,
  action: ballot.action,
  confidence: ballot.confidence,
  weight: ballot.weight,
  abstention: ballot.abstention,
  timestamp: ballot.timestamp,
});

const missingVote = (agentName: string): AgentVote => ({
  agentName,
  status: 'missing',
  seq: null,
  action: null,
  confidence: null,
  weight: null,
  abstention: null,
  timestamp: null,
});

function ballotStatus(ballot: Ballot): BallotStatus {
  if (isCast(ballot)) return ballot.weight > 0 ? 'counted' : 'advisory';
  return ballot.abstention === 'abstained' || ballot.abstention === 'no_data' ? 'abstained' : 'failed';
}
