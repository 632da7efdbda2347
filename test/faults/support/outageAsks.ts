import { id, startConversation } from './api.js';
import { LIVE, READY } from './outageChecks.js';
import type { Ask } from './probes.js';

/** Conversations whose next ballot completes them. */
export const startPolls = (url: string): Promise<string[]> =>
  Promise.all(Array.from({ length: 60 }, () => startConversation(url, { totalAgents: 1 })));

const QUERY = /* GraphQL */ `
  query Probe($executionId: ID!) {
    conversation(executionId: $executionId) { status lastSeq messages(last: 5) { edges { node { seq content { text } } } } decision { id } }
    conversations(first: 5) { edges { node { id lastSeq } } }
  }
`;
const START = /* GraphQL */ `
  mutation Probe($input: StartConversationInput!) {
    startConversation(input: $input) { userErrors { code } conversation { id } }
  }
`;
const VOTE = /* GraphQL */ `
  mutation Probe($input: AddMessageInput!) {
    addMessage(input: $input) { userErrors { code } conversation { status decision { id } } }
  }
`;

/** A query, a mutation that writes once, one that completes a vote with all that follows, and both kinds of health. */
export function asksOf(executionId: string, polls: string[]): Ask[] {
  const start = () => ({ executionId: id(), flowId: id(), userNodeId: id(), symbol: 'SPX', totalAgents: 3 });
  const vote = () => ({
    executionId: polls.pop() ?? id(),
    idempotencyKey: id(),
    agentName: 'prober',
    agentRole: 'load',
    messageType: 'VOTE',
    content: { text: 'Yes.' },
    vote: { action: 'BUY', confidence: 70 },
  });
  return [
    { what: 'query', path: '/graphql', body: () => ({ query: QUERY, variables: { executionId } }) },
    { what: 'mutation', path: '/graphql', body: () => ({ query: START, variables: { input: start() } }) },
    {
      what: 'vote',
      path: '/graphql',
      everyMs: 400,
      body: () => ({ query: VOTE, variables: { input: vote() } }),
    },
    { what: LIVE, path: '/health/live' },
    { what: READY, path: '/health/ready' },
  ];
}
