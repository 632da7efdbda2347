import type { CountedDecision } from '../src/domain/decision.js';
import { addOutcome } from '../src/domain/learning.js';
import { agentCalibration, consensusCalibration, type NodeRecord, newNode } from '../src/domain/node.js';
import { type CountingRule, RULES, type RuleName } from '../src/domain/rules.js';
import { emptySums, learnedWeight, pRight } from '../src/domain/sums.js';
import { tally } from '../src/domain/tally.js';
import type { Ballot } from '../src/domain/voting.js';
import type { TradeAction } from '../src/domain/tradeAction.js';

/** One vote as an agent casts it; `confidence` in whole percent. */
export interface CastVote {
  agentName: string;
  action: TradeAction;
  confidence: number;
}

/** What a swarm settled on; both numbers are null without a quorum. */
export interface Verdict {
  action: TradeAction;
  /** Whole percent. */
  confidence: number | null;
  /** Before calibration, 0 to 1. */
  raw: number | null;
}

/** How votes are counted. */
export interface Terms {
  rule: CountingRule;
  totalAgents: number;
}

/** A swarm that learns from nothing but whether what it decided succeeded, as a user of the server would tell it. */
export interface Swarm {
  /** Counts the votes as the next decision. */
  decide(votes: readonly CastVote[]): Verdict;
  /** Feeds back whether the newest decision succeeded. */
  learn(success: boolean): void;
  /** What the agent's usual word weighs at the next decision; a newcomer's weighs 1. */
  weightOf(agentName: string): number;
}

const QUORUM = 50;
const AT = new Date(0);

/**
 * A swarm of `totalAgents` with no record yet. Without decay every decision is given the number 1, so that the
 * domain's own factor is 1 for all of them, old or new.
 */
export function createSwarm(ruleName: RuleName, totalAgents: number, { decays = true } = {}): Swarm {
  const terms: Terms = { rule: RULES[ruleName], totalAgents };
  let node = newNode('evaluation', 'swarm');
  let newest: CountedDecision | null = null;
  const nextNumber = (): number => (decays ? node.lastDecisionSeq + 1 : 1);
  return {
    decide(votes) {
      node = { ...node, lastDecisionSeq: nextNumber() };
      newest = count(node, node.lastDecisionSeq, votes, terms);
      const { action, confidence } = newest.decision;
      return { action: action as TradeAction, confidence, raw: newest.basis?.raw ?? null };
    },
    learn(success) {
      if (newest === null) throw new Error('Expected a decision before its feedback.');
      node = teach(node, newest, success);
    },
    weightOf: (agentName) => learnedWeight(calibrationOf(node, agentName, nextNumber())),
  };
}

/** The decision that counting these votes at this number leads to. */
export function count(
  node: NodeRecord,
  seq: number,
  votes: readonly CastVote[],
  { rule, totalAgents }: Terms,
): CountedDecision {
  const counted = tally({
    ballots: votes.map(ballotOf),
    totalAgents,
    quorum: QUORUM,
    node,
    seq,
    rule,
    parameterVersion: 1,
  });
  const { action, confidence, isUnanimous } = counted.consensus;
  return {
    id: `decision ${seq}`,
    executionId: null,
    conversationId: null,
    decision: { type: 'trade', action, symbol: null, confidence },
    seq,
    ballots: counted.ballots,
    basis: counted.basis,
    isUnanimous,
    outcome: null,
    revision: 0,
    timestamp: AT,
  };
}

/** The node with one outcome added (`sign` 1) or taken back (−1). */
export const teach = (
  node: NodeRecord,
  decision: CountedDecision,
  success: boolean,
  sign: 1 | -1 = 1,
): NodeRecord => addOutcome(node, decision, { success, pnl: null, timeHeld: null, exitReason: null }, sign);

/** The learned chance, 0 to 1, that an agent proves right at decision `seq` when it states this percent. */
export const chanceOf = (node: NodeRecord, agentName: string, stated: number, seq: number): number =>
  pRight(calibrationOf(node, agentName, seq), stated / 100);

/** The same for the consensus itself and its raw chance, 0 to 1. */
export const consensusChanceOf = (node: NodeRecord, raw: number, seq: number): number =>
  pRight(consensusCalibration(node, seq), raw);

function calibrationOf(node: NodeRecord, agentName: string, seq: number) {
  const record = node.agents.find((agent) => agent.agentName === agentName);
  return agentCalibration(node, record ?? emptySums(), seq);
}

const ballotOf = ({ agentName, action, confidence }: CastVote): Ballot => ({
  agentName,
  action,
  confidence,
  weight: 1,
  abstention: null,
  seq: 1,
  timestamp: AT,
  p: null,
  r: null,
  evidence: null,
  isDefaultWeight: false,
  aiModel: null,
  phase: null,
});
