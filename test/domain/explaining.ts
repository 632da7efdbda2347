import { explain, pivotalAgents } from '../../src/domain/explanation.js';
import type { NodeRecord } from '../../src/domain/node.js';
import { type CountingRule, logOdds } from '../../src/domain/rules.js';
import type { Ballot, SwarmVote } from '../../src/domain/voting.js';
import { AT, count, nodeAt } from './builders.js';

export interface Way {
  node?: NodeRecord;
  totalAgents?: number;
  quorum?: number;
  rule?: CountingRule;
}

/** The vote that counting these ballots completes. */
export function completed(given: Ballot[], way: Way = {}): SwarmVote {
  const { node = nodeAt(1), totalAgents = given.length, quorum = 50, rule = logOdds } = way;
  const { ballots, consensus, basis } = count(given, node, totalAgents, quorum, rule);
  return {
    id: 'vote',
    conversationId: 'conversation',
    executionId: 'execution',
    totalAgents,
    agents: null,
    quorum,
    rule: rule.name,
    parameterVersion: 1,
    deadline: null,
    ballots,
    ballotSeq: given.length,
    consensus,
    basis,
    votingCompleted: AT,
    completedRevision: null,
    lateBallots: [],
    closingSeq: null,
    timing: { startedAt: AT, endsAt: null, firstBallotAt: AT, votingTimeout: null },
  };
}

/** All that can be told of it. */
export function explained(ballots: Ballot[], way?: Way) {
  const vote = completed(ballots, way);
  const explanation = explain(vote);
  return explanation && { ...explanation, pivotalAgents: pivotalAgents(vote) };
}
