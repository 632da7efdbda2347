import type { PlaygroundIdsQuery } from '../generated/graphql.js';
import { newId } from '../parts/ids.js';

/** Ids that the examples can be run with. */
export interface ExampleIds {
  /** Of a conversation there is; null without any. */
  executionId: string | null;
  userNodeId: string | null;
  /** One without an outcome where there is one. */
  decisionId: string | null;
}

/** A tab of the playground; `variables` as JSON text. */
export interface Example {
  query: string;
  variables: string;
}

export const NO_IDS: ExampleIds = { executionId: null, userNodeId: null, decisionId: null };

/** The newest of what there is. */
export function idsOf({ conversations }: PlaygroundIdsQuery): ExampleIds {
  const found = conversations?.edges.map(({ node }) => node) ?? [];
  const decided = found.filter(({ decision }) => decision !== null);
  const open = decided.find(({ decision }) => decision?.outcome === null);
  const newest = decided[0] ?? found[0];
  return {
    executionId: newest?.executionId ?? null,
    userNodeId: newest?.userNodeId ?? null,
    decisionId: (open ?? decided[0])?.decision?.id ?? null,
  };
}

const PLACEHOLDER = '0123456789abcdef01234567';

const example = (query: string, variables: Record<string, unknown> = {}): Example => ({
  query: `${query.trim()}\n`,
  variables: Object.keys(variables).length === 0 ? '' : JSON.stringify(variables, null, 2),
});

/** The tabs a partner begins with: each can be run as it is, and from `StartConversation` on in their order. */
export function examplesOf({ executionId, userNodeId, decisionId }: ExampleIds): Example[] {
  const started = { executionId: newId(), flowId: newId(), userNodeId: userNodeId ?? newId() };
  const none = (id: string | null, what: string): string =>
    id === null
      ? `# There is no ${what} yet: \`npm run demo\` makes some; or run the tabs from StartConversation on.\n`
      : '';
  return [
    example(WHO_AM_I),
    example(none(executionId, 'conversation') + READ, { executionId: executionId ?? PLACEHOLDER }),
    example(LIST, { first: 5, filter: { status: 'COMPLETED' } }),
    example(START, {
      input: {
        ...started,
        symbol: 'SPX',
        agents: [{ agentName: 'momentum' }, { agentName: 'risk_manager' }],
      },
    }),
    example(ADD, {
      input: {
        executionId: started.executionId,
        idempotencyKey: 'momentum-1',
        agentName: 'momentum',
        agentRole: 'trend',
        messageType: 'ANALYSIS',
        content: { text: 'The trend of the last 20 days is up.', confidence: 70, sentiment: 'BULLISH' },
      },
    }),
    example(BALLOT, {
      input: {
        executionId: started.executionId,
        idempotencyKey: 'momentum-ballot',
        agentName: 'momentum',
        agentRole: 'trend',
        messageType: 'VOTE',
        content: { text: 'I would buy.' },
        vote: { action: 'BUY', confidence: 70 },
      },
    }),
    example(LIVE, { executionId: started.executionId, afterSeq: 0 }),
    example(VOTE_COMPLETED, { executionId: started.executionId }),
    example(none(decisionId, 'decision') + FEEDBACK, {
      input: {
        decisionId: decisionId ?? PLACEHOLDER,
        idempotencyKey: `playground-${newId()}`,
        source: 'HUMAN',
        success: true,
        pnl: 42.5,
        exitReason: 'target',
      },
    }),
    example(none(userNodeId, 'node') + PERFORMANCE, { userNodeId: userNodeId ?? PLACEHOLDER }),
  ];
}

const WHO_AM_I = /* GraphQL */ `
# Who is asking, as the token says, and what it may do.
query WhoAmI {
  viewer {
    id
    grants
    agentName
    expiresAt
  }
}`;

const READ = /* GraphQL */ `
query ReadConversation($executionId: ID!) {
  conversation(executionId: $executionId) {
    status
    context { symbol phase }
    messages(last: 5) {
      edges { node { seq agentName messageType content { text confidence } } }
    }
    swarmVote {
      votes { agentName status action confidence }
      consensus { action confidence agreement reason }
      explanation { pivotalAgents { agentName changes { vote action } } }
    }
    decision { outcome { success pnl } learning { lessonsLearned } }
  }
}`;

const LIST = /* GraphQL */ `
# Newest first; \`after: endCursor\` goes on.
query ListConversations($first: Int, $filter: ConversationFilter) {
  conversations(first: $first, filter: $filter) {
    edges {
      node {
        executionId
        context { symbol }
        status
        swarmVote { consensus { action confidence } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const START = /* GraphQL */ `
# The next four tabs go on with this execution.
mutation StartConversation($input: StartConversationInput!) {
  startConversation(input: $input) {
    conversation { executionId status }
    duplicate
    userErrors { code message field }
  }
}`;

const ADD = /* GraphQL */ `
# Said again with the same idempotencyKey it is stored once: \`duplicate\` says so.
mutation AddMessage($input: AddMessageInput!) {
  addMessage(input: $input) {
    message { seq agentName content { text } }
    duplicate
    userErrors { code message field }
  }
}`;

const BALLOT = /* GraphQL */ `
# A ballot is a message of type VOTE. The vote completes when risk_manager has cast one, too.
mutation CastBallot($input: AddMessageInput!) {
  addMessage(input: $input) {
    message { seq vote { action confidence weight } }
    conversation { status swarmVote { votes { agentName status action } consensus { action confidence } } }
    userErrors { code message field }
  }
}`;

const LIVE = /* GraphQL */ `
# Every message after afterSeq, then each new one; the newest is shown. Run AddMessage in another tab meanwhile.
subscription LiveMessages($executionId: ID!, $afterSeq: Int) {
  messageAdded(executionId: $executionId, afterSeq: $afterSeq) {
    seq
    agentName
    messageType
    content { text }
    vote { action confidence }
  }
}`;

const VOTE_COMPLETED = /* GraphQL */ `
# Waits until the vote is complete, then ends. Without executionId: every vote of yours.
subscription VoteCompleted($executionId: ID) {
  voteCompleted(executionId: $executionId) {
    consensus { action confidence agreement isUnanimous reason }
    votes { agentName action confidence }
    conversation { executionId }
  }
}`;

const FEEDBACK = /* GraphQL */ `
# Said with other values it corrects what was recorded, as a new revision.
mutation RecordFeedback($input: RecordFeedbackInput!) {
  recordFeedback(input: $input) {
    decisionLog {
      revision
      outcome { success pnl exitReason }
      learning { wasCorrect confidenceAccuracy lessonsLearned }
    }
    duplicate
    userErrors { code message field }
  }
}`;

const PERFORMANCE = /* GraphQL */ `
# How far each agent's word goes, each number with its n.
query AgentPerformance($userNodeId: ID!) {
  agentPerformance(userNodeId: $userNodeId) {
    agentName
    evaluatedVotes
    hitRate { value low high n }
    brier
    learnedWeight
    pnlAttributed
  }
}`;
