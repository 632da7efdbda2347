import type { DecisionLog, DecisionOutcome } from '../../src/domain/decision.js';
import { learnFrom, type FeedbackApplied } from '../../src/domain/learning.js';
import { agentCalibration, type NodeRecord, newNode, nextSeq } from '../../src/domain/node.js';
import { USUAL_PARAMETERS } from '../../src/domain/parameters.js';
import { logOdds } from '../../src/domain/rules.js';
import { emptySums, pRight } from '../../src/domain/sums.js';
import { type Tally, tally } from '../../src/domain/tally.js';
import type { Abstention, Ballot } from '../../src/domain/voting.js';
import type { TradeAction } from '../../src/domain/tradeAction.js';

export const AT = new Date('2026-01-02T03:04:05.000Z');

const blank = {
  seq: 1,
  timestamp: AT,
  p: null,
  r: null,
  evidence: null,
  isDefaultWeight: false,
  aiModel: null,
  phase: null,
};

export const ballot = (agentName: string, action: TradeAction, confidence: number, weight = 1): Ballot => ({
  ...blank,
  agentName,
  action,
  confidence,
  weight,
  abstention: null,
});

export const abstention = (agentName: string, reason: Abstention): Ballot => ({
  ...blank,
  agentName,
  action: null,
  confidence: null,
  weight: 1,
  abstention: reason,
});

/** `buy 80`, `sell 70 w2` or an abstention's word, by agents a, b, c … */
export const ballotsOf = (...votes: string[]): Ballot[] =>
  votes.map((vote, index) => {
    const agentName = String.fromCharCode(97 + index);
    const [word = '', confidence, weight = 'w1'] = vote.split(' ');
    if (confidence === undefined) return abstention(agentName, word as Abstention);
    return ballot(agentName, word as TradeAction, Number(confidence), Number(weight.slice(1)));
  });

/** A node whose newest decision has this number. */
export const nodeAt = (lastDecisionSeq: number): NodeRecord => ({
  ...newNode('user', 'node'),
  lastDecisionSeq,
});

/** Counted as the node's newest decision, by every agent unless said. */
export const count = (
  ballots: Ballot[],
  node = nodeAt(1),
  totalAgents = ballots.length,
  quorum = 50,
  rule = logOdds,
): Tally =>
  tally({ ballots, totalAgents, quorum, node, seq: node.lastDecisionSeq, rule, parameterVersion: 1 });

/** The decision that counting these ballots leads to. */
export function decisionOf(ballots: Ballot[], node = nodeAt(1), totalAgents = ballots.length): DecisionLog {
  const { consensus, ballots: weighed, basis } = count(ballots, node, totalAgents);
  return {
    id: `decision ${node.lastDecisionSeq}`,
    userId: node.userId,
    userNodeId: node.userNodeId,
    executionId: 'execution',
    conversationId: 'conversation',
    decision: { type: 'trade', action: consensus.action, symbol: 'SPY', confidence: consensus.confidence },
    context: { marketConditions: null, portfolioState: null, riskMetrics: null },
    outcome: null,
    learning: null,
    seq: node.lastDecisionSeq,
    ballots: weighed,
    basis,
    isUnanimous: consensus.isUnanimous,
    revision: 0,
    feedback: [],
    idleKeys: [],
    idempotencyKey: null,
    contentHash: null,
    timestamp: AT,
  };
}

export const outcomeOf = (success: boolean | null, pnl: number | null = null): DecisionOutcome => ({
  success,
  pnl,
  timeHeld: null,
  exitReason: null,
});

export const feed = (
  node: NodeRecord,
  decision: DecisionLog,
  outcome: DecisionOutcome,
  addedLessons: string[] = [],
): FeedbackApplied =>
  learnFrom({
    node,
    parameters: USUAL_PARAMETERS,
    decision,
    recent: [],
    outcome,
    source: 'market',
    addedLessons,
    idempotencyKey: 'key',
    contentHash: 'hash',
    changesId: 'changes',
    suggestionId: 'suggestion',
    at: AT,
  });

/** The decision as the feedback leaves it. */
export const settled = (decision: DecisionLog, { learning, feedback }: FeedbackApplied): DecisionLog => ({
  ...decision,
  outcome: feedback.outcome,
  learning,
  revision: feedback.revision,
  feedback: [...decision.feedback, feedback],
});

const recordOf = (node: NodeRecord, name: string) => node.agents.find(({ agentName }) => agentName === name);
/** The chance that an agent's vote proves right when it states this percent, read at the next decision. */
export const chanceOf = (node: NodeRecord, name: string, stated: number, seq = nextSeq(node)): number =>
  pRight(agentCalibration(node, recordOf(node, name) ?? emptySums(), seq), stated / 100);

/** A repeatable order of the same items. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = randomFrom(seed);
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Park–Miller: the same numbers from 0 to 1 for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
