import { type CountedDecision, judgedBallots } from './decision.js';
import { addVote, isRight, isTeaching } from './learning.js';
import type { FlowPhase } from './flowPhase.js';
import type { Units } from './money.js';
import { type AgentRecord, agentCalibration, type NodeRecord, newAgent } from './node.js';
import { type AgentPerformance, agentPerformance } from './performance.js';
import { attributePnl } from './pnl.js';
import { AGENT_HALF_LIFE, factorAt, learnedWeight } from './sums.js';
import { otherSpellings } from './symbol.js';
import type { TradeAction } from './tradeAction.js';

/** One vote of an agent with how it turned out; no more of its decision than what it is told apart by. */
export interface EvaluatedVote {
  agentName: string;
  seq: number;
  timestamp: Date;
  symbol: string | null;
  phase: FlowPhase | null;
  aiModel: string | null;
  action: TradeAction;
  /** Whole percent. */
  confidence: number;
  isRight: boolean;
  success: boolean;
  /** Its part of the pnl. */
  pnl: Units;
}

/** By what an agent's votes are told apart. */
export type SliceDimension = 'symbol' | 'phase' | 'model' | 'action';

/** Performance over a part of the votes: those with one symbol, phase, model or action; null where none was said. */
interface PerformanceSlice extends AgentPerformance {
  key: string | null;
  /** Keys of other parts that are the same in another spelling. */
  nearKeys: string[];
}

/** A learned weight as it read right after a decision. */
interface WeightPoint {
  seq: number;
  timestamp: Date;
  learnedWeight: number;
  /** Evaluated votes by then. */
  n: number;
}

/** Collects every agent's evaluated votes from a node's decisions, newest first. */
export function createEvaluatedVotes() {
  const votes = new Map<string, EvaluatedVote[]>();
  return {
    addNewestFirst(decisions: readonly CountedDecision[]): void {
      for (const decision of decisions) {
        for (const vote of votesOf(decision)) {
          const own = votes.get(vote.agentName);
          if (own === undefined) votes.set(vote.agentName, [vote]);
          else own.push(vote);
        }
      }
    },
    /** Oldest first. */
    byAgent: (): Map<string, EvaluatedVote[]> =>
      new Map([...votes].map(([agentName, own]) => [agentName, own.toReversed()])),
  };
}

function votesOf(decision: CountedDecision): EvaluatedVote[] {
  if (decision.outcome === null || !isTeaching(decision)) return [];
  const { success, pnl } = decision.outcome;
  if (success === null) return [];
  const parts = attributePnl(decision, pnl);
  return judgedBallots(decision).map((ballot) => ({
    agentName: ballot.agentName,
    seq: decision.seq,
    timestamp: decision.timestamp,
    symbol: decision.decision.symbol,
    phase: ballot.phase,
    aiModel: ballot.aiModel,
    action: ballot.action,
    confidence: ballot.confidence,
    isRight: isRight(ballot, decision, success),
    success,
    pnl: parts.get(ballot.agentName) ?? 0n,
  }));
}

/** The parts of an agent's votes, the one with most votes first. */
export function sliceBy(
  node: NodeRecord,
  votes: readonly EvaluatedVote[],
  dimension: SliceDimension,
): PerformanceSlice[] {
  const parts = new Map<string | null, AgentRecord>();
  for (const vote of votes) {
    const key = keyOf(vote, dimension);
    parts.set(key, added(node, parts.get(key) ?? newAgent(vote.agentName), vote));
  }
  return [...parts]
    .map(([key, record]) => ({
      key,
      nearKeys: key === null ? [] : otherSpellings(key, parts.keys()),
      ...agentPerformance(node, record),
    }))
    .sort((a, b) => b.evaluatedVotes - a.evaluatedVotes || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
}

/** In the API's words. */
function keyOf({ symbol, phase, aiModel, action }: EvaluatedVote, dimension: SliceDimension): string | null {
  if (dimension === 'symbol') return symbol;
  if (dimension === 'phase') return phase?.toUpperCase() ?? null;
  return dimension === 'model' ? aiModel : action.toUpperCase();
}

/** How far the agent's word went after each of its last `last` evaluated votes, oldest first. */
export function weightHistory(
  node: NodeRecord,
  votes: readonly EvaluatedVote[],
  last: number,
): WeightPoint[] {
  let record = newAgent('');
  return votes
    .map((vote): WeightPoint => {
      record = added(node, record, vote);
      const { seq, timestamp } = vote;
      const weight = learnedWeight(agentCalibration(node, record, seq + 1));
      return { seq, timestamp, learnedWeight: weight, n: record.votes };
    })
    .slice(-last);
}

/** Whether each of its last `last` votes proved right, oldest first. */
export const streak = (votes: readonly EvaluatedVote[], last = 20): boolean[] =>
  votes.slice(-last).map((vote) => vote.isRight);

function added(node: NodeRecord, record: AgentRecord, vote: EvaluatedVote): AgentRecord {
  const factor = factorAt(vote.seq, node.baseSeq, AGENT_HALF_LIFE);
  const judged = {
    confidence: vote.confidence,
    o: vote.isRight ? 1 : 0,
    ok: vote.success ? 1 : 0,
    pnl: vote.pnl,
  } as const;
  return addVote(record, judged, factor, 1);
}
