import { id, insist, startConversation } from './api.js';

/** What a ballot was answered with. */
export interface Cast {
  agentName: string;
  key: string;
  answer: 'accepted' | 'duplicate' | 'closed';
  /** The number it has; null when it was refused. */
  seq: number | null;
  answeredMs: number;
}

/** A vote of two agents unless told otherwise; its execution. */
export const startVote = (url: string, input: Record<string, unknown> = {}): Promise<string> =>
  startConversation(url, { totalAgents: 2, ...input });

export const BALLOT = /* GraphQL */ `
  mutation Ballot($input: AddMessageInput!) {
    addMessage(input: $input) { duplicate userErrors { code message } message { seq } }
  }
`;

/** Of the operation above. */
export const ballotInput = (executionId: string, agentName: string, key: string) => ({
  input: {
    executionId,
    idempotencyKey: key,
    agentName,
    agentRole: 'voter',
    messageType: 'VOTE',
    content: { text: `The ballot of ${agentName}.` },
    vote: { action: 'BUY', confidence: 70 },
  },
});

/** Casts a ballot, again with its key until it is answered; throws when it is refused other than for being late. */
export async function castBallot(
  url: string,
  executionId: string,
  agentName: string,
  key: string = id(),
): Promise<Cast> {
  const { addMessage } = await insist(url, BALLOT, ballotInput(executionId, agentName, key));
  const { duplicate, userErrors, message } = addMessage;
  const answeredMs = performance.now();
  if (userErrors.length === 0) {
    return { agentName, key, answer: duplicate ? 'duplicate' : 'accepted', seq: message.seq, answeredMs };
  }
  if (userErrors[0].code !== 'VOTING_CLOSED') throw new Error(JSON.stringify(userErrors));
  return { agentName, key, answer: 'closed', seq: null, answeredMs };
}

const CLOSE = /* GraphQL */ `
  mutation Close($input: CloseVotingInput!) {
    closeVoting(input: $input) { userErrors { code message } }
  }
`;

/** Ends the vote with the ballots there are; throws when that is refused. */
export async function closeVoting(url: string, executionId: string): Promise<void> {
  const { closeVoting: closed } = await insist(url, CLOSE, { input: { executionId } });
  if (closed.userErrors.length > 0) throw new Error(JSON.stringify(closed.userErrors));
}

/** When an open vote is due, by the machine's clock. */
export async function deadlineOf(url: string, executionId: string): Promise<number> {
  const query =
    'query Deadline($executionId: ID!) { conversation(executionId: $executionId) { swarmVote { deadline } } }';
  const { conversation } = await insist(url, query, { executionId });
  return Date.parse(conversation.swarmVote.deadline);
}
