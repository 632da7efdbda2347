import { id } from './api.js';
import { type Asking, ask } from './asking.js';

const AGENTS = ['ann', 'bob', 'cleo', 'dan', 'eve'];
const ACTIONS = ['BUY', 'SELL', 'HOLD'];

const START = /* GraphQL */ `
  mutation Start($input: StartConversationInput!) {
    startConversation(input: $input) { userErrors { code message } }
  }
`;

const BALLOT = /* GraphQL */ `
  mutation Ballot($input: AddMessageInput!) {
    addMessage(input: $input) { userErrors { code message } }
  }
`;

const DECISION = /* GraphQL */ `
  query Decision($executionId: ID!) {
    conversation(executionId: $executionId) { decision { id } }
  }
`;

const LOG = /* GraphQL */ `
  mutation Log($input: LogDecisionInput!) {
    logDecision(input: $input) { userErrors { code message } }
  }
`;

const anyOf = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T;

/** A vote of these agents, five unless said, each as it likes, until it is decided; the decision's id. */
export async function decide(asking: Asking, userNodeId: string, agents = AGENTS): Promise<string> {
  const executionId = id();
  const started = { executionId, flowId: id(), userNodeId, symbol: 'SPX', totalAgents: agents.length };
  accepted((await ask(asking, START, { input: started })).startConversation);
  for (const agentName of agents) {
    const input = {
      executionId,
      idempotencyKey: agentName,
      agentName,
      agentRole: 'voter',
      messageType: 'VOTE',
      content: { text: 'My vote.' },
      vote: { action: anyOf(ACTIONS), confidence: 40 + Math.floor(Math.random() * 60) },
    };
    accepted((await ask(asking, BALLOT, { input })).addMessage);
  }
  for (;;) {
    const { conversation } = await ask(asking, DECISION, { executionId });
    // The process that was to complete it may have died: another one's sweep does it.
    if (conversation.decision !== null) return conversation.decision.id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Takes the node's next number: what is learned is read at the one after the highest that a decision has. */
export async function logPause(asking: Asking, userNodeId: string): Promise<void> {
  const input = { userNodeId, type: 'PAUSE', action: 'wait', confidence: 50, idempotencyKey: id() };
  accepted((await ask(asking, LOG, { input })).logDecision);
}

function accepted({ userErrors }: { userErrors: unknown[] }): void {
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
}
