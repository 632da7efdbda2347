import type { RunningApp } from '../support/app.js';
import { flow } from '../support/scenario.js';

const READ = /* GraphQL */ `
  query Read($executionId: ID!, $asOfSeq: Int) {
    conversation(executionId: $executionId, asOfSeq: $asOfSeq) {
      id status lastSeq keepsLate updatedAt context { action phase }
      lateRefused { messages ballots agents lastAt }
      messages { totalCount edges { node { seq agentName messageType status phase content { text } vote { action confidence weight abstention } } } }
      swarmVote {
        id votingCompleted consensus { action confidence agreement isUnanimous reason }
        votes { agentName status seq action confidence weight }
        lateVotes { agentName status seq action confidence weight abstention timestamp }
        results { buy { votes totalConfidence } sell { votes totalConfidence } hold { votes totalConfidence } }
        explanation { agents { agentName share } pivotalAgents { agentName } dissenters margin }
      }
      decision { id seq revision decision { action confidence } lateVotes { agentName status seq action confidence } }
    }
  }
`;

export const readOf = async (app: RunningApp, executionId: string, asOfSeq?: number) =>
  (await app.data(READ, { executionId, asOfSeq })).conversation;

export const CLOSE = /* GraphQL */ `
  mutation Close($input: CloseVotingInput!) {
    closeVoting(input: $input) { swarmVote { votingCompleted consensus { action } } userErrors { code } }
  }
`;

/** A vote of `a` and `b` for buying that was closed before `c` was heard; closed by message 3. */
export async function closed(app: RunningApp, input: Record<string, unknown> = {}) {
  const { start, vote } = flow(app);
  const started = await start({ totalAgents: 3, ...input });
  const { executionId } = started;
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  await vote(executionId, 'b', { action: 'BUY', confidence: 70 });
  await app.data(CLOSE, { input: { executionId } });
  return started;
}
