import type { RunningApp } from './app.js';
import { id } from './app.js';

export const START = /* GraphQL */ `
  mutation Start($input: StartConversationInput!) {
    startConversation(input: $input) {
      duplicate
      userErrors { code message field }
      conversation { id executionId status lastSeq }
    }
  }
`;

export const ADD = /* GraphQL */ `
  mutation Add($input: AddMessageInput!) {
    addMessage(input: $input) {
      duplicate
      userErrors { code message field }
      message { id seq agentName messageType content { text } vote { action confidence weight abstention } }
      conversation { status lastSeq }
    }
  }
`;

export const FEEDBACK = /* GraphQL */ `
  mutation Feedback($input: RecordFeedbackInput!) {
    recordFeedback(input: $input) {
      duplicate
      userErrors { code message field }
      decisionLog { id revision outcome { success pnl timeHeld exitReason } learning { wasCorrect confidenceAccuracy lessonsLearned } }
    }
  }
`;

export const startInput = (input: Record<string, unknown> = {}) => ({
  executionId: id(),
  flowId: id(),
  userNodeId: id(),
  symbol: 'SPX',
  ...('agents' in input ? {} : { totalAgents: 3 }),
  ...input,
});

export const messageInput = (executionId: string, input: Record<string, unknown> = {}) => ({
  executionId,
  agentName: 'analyst',
  agentRole: 'analysis',
  messageType: 'ANALYSIS',
  content: { text: 'The trend is up.' },
  ...input,
});

export const ballotInput = (
  executionId: string,
  agentName: string,
  vote: Record<string, unknown>,
  input: Record<string, unknown> = {},
) =>
  messageInput(executionId, {
    agentName,
    agentRole: 'voter',
    messageType: 'VOTE',
    content: { text: 'My vote.' },
    vote,
    ...input,
  });

/** The steps a trading flow takes, through the API; each answers its payload. */
export const flow = (app: RunningApp) => ({
  async start(input: Record<string, unknown> = {}) {
    const variables = { input: startInput(input) };
    const { startConversation } = await app.data(START, variables);
    if (startConversation.userErrors.length > 0) throw new Error(JSON.stringify(startConversation));
    return variables.input as ReturnType<typeof startInput> & { executionId: string; userNodeId: string };
  },
  // With a key each, since the client asks again when the database cannot be reached just now.
  say: async (executionId: string, input: Record<string, unknown> = {}) =>
    (await app.data(ADD, { input: messageInput(executionId, { idempotencyKey: id(), ...input }) }))
      .addMessage,
  vote: async (
    executionId: string,
    agentName: string,
    vote: Record<string, unknown>,
    input: Record<string, unknown> = {},
  ) => {
    const ballot = ballotInput(executionId, agentName, vote, { idempotencyKey: id(), ...input });
    return (await app.data(ADD, { input: ballot })).addMessage;
  },
  feedback: async (decisionId: string, input: Record<string, unknown>) =>
    (await app.data(FEEDBACK, { input: { decisionId, ...input } })).recordFeedback,
  /** The vote as it stands, and the decision logged for it. */
  outcome: async (executionId: string) =>
    (
      await app.data(
        /* GraphQL */ `
          query Outcome($executionId: ID!) {
            conversation(executionId: $executionId) {
              status
              lastSeq
              swarmVote {
                results { buy { votes totalConfidence } sell { votes totalConfidence } hold { votes totalConfidence } }
                votes { agentName status seq action confidence weight abstention }
                consensus { action confidence agreement isUnanimous reason }
                votingCompleted
              }
              decision { id seq decision { type action symbol confidence } }
            }
          }
        `,
        { executionId },
      )
    ).conversation,
});
