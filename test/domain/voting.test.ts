import { describe, expect, test } from '@jest/globals';
import { agentVotes, countedBallots, type SwarmVote } from '../../src/domain/voting.js';
import { AT, abstention, ballot, ballotsOf } from './builders.js';

const voteOf = (given: Partial<SwarmVote>): SwarmVote => ({
  id: 'vote',
  conversationId: 'conversation',
  executionId: 'execution',
  totalAgents: 3,
  agents: null,
  quorum: 50,
  rule: 'log_odds',
  parameterVersion: 1,
  deadline: null,
  ballots: [],
  ballotSeq: 0,
  consensus: null,
  basis: null,
  votingCompleted: null,
  completedRevision: null,
  lateBallots: [],
  closingSeq: null,
  timing: { startedAt: AT, endsAt: null, firstBallotAt: null, votingTimeout: null },
  ...given,
});

describe('agentVotes', () => {
  test('lists ballots by seq, then the silent agents in the order they were named', () => {
    const vote = voteOf({
      agents: ['zoe', 'bull', '__proto__', 'bear'].map((agentName) => ({ agentName, weight: 5 })),
      ballots: [
        { ...ballot('bear', 'sell', 60), seq: 9 },
        { ...ballot('bull', 'buy', 70, 2), seq: 4 },
      ],
    });
    const missing = { status: 'missing', seq: null, action: null, confidence: null, weight: null };
    expect(agentVotes(vote)).toEqual([
      {
        agentName: 'bull',
        status: 'counted',
        seq: 4,
        action: 'buy',
        confidence: 70,
        weight: 2,
        abstention: null,
        timestamp: AT,
      },
      {
        agentName: 'bear',
        status: 'counted',
        seq: 9,
        action: 'sell',
        confidence: 60,
        weight: 1,
        abstention: null,
        timestamp: AT,
      },
      { agentName: 'zoe', ...missing, abstention: null, timestamp: null },
      { agentName: '__proto__', ...missing, abstention: null, timestamp: null },
    ]);
  });

  test('lists nobody as missing when the agents are only counted', () => {
    expect(agentVotes(voteOf({}))).toEqual([]);
  });

  test('does not reorder the ballots it is given', () => {
    const ballots = [
      { ...ballot('b', 'buy', 50), seq: 2 },
      { ...ballot('a', 'buy', 50), seq: 1 },
    ];
    agentVotes(voteOf({ ballots }));
    expect(ballots.map((each) => each.seq)).toEqual([2, 1]);
  });

  test.each([
    ['an action with a weight', ballot('a', 'hold', 0, 1), 'counted'],
    ['an action with weight 0', ballot('a', 'buy', 80, 0), 'advisory'],
    ['one that would rather not say', abstention('a', 'abstained'), 'abstained'],
    ['one without data', abstention('a', 'no_data'), 'abstained'],
    ['a model that failed', abstention('a', 'model_error'), 'failed'],
    ['an answer that could not be read', abstention('a', 'parse_error'), 'failed'],
    ['an answer that came too late', abstention('a', 'timed_out'), 'failed'],
  ])('says where %s stands', (_, given, status) => {
    expect(agentVotes(voteOf({ ballots: [given] })).map((vote) => vote.status)).toEqual([status]);
  });
});

test('counts actions with a weight, and neither advice nor abstentions', () => {
  const counted = countedBallots(ballotsOf('buy 80', 'sell 70 w0', 'parse_error', 'abstained', 'hold 0 w3'));
  expect(counted.map((each) => each.agentName)).toEqual(['a', 'e']);
});
