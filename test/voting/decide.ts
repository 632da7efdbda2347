import type { RunningApp } from '../support/app.js';
import { flow } from '../support/scenario.js';

/** Who, for what, how sure in percent, and with which weight of the ballot's own. */
export type Cast = [agentName: string, action: 'BUY' | 'SELL' | 'HOLD', confidence: number, weight?: number];

/** All that is told of why a vote came out so. */
export const EXPLANATION_FIELDS = /* GraphQL */ `
  rule ruleVersion parameterVersion decisionSeq raw buy sell hold
  agents { agentName action confidence weight probability evidence share }
  agreementByWeight agreementByHeads dissenters runnerUp margin
  pivotalAgents { agentName changes { vote action reason } }
`;

/** The golden conversation: seven that vote, weighed by the roster; an eighth, `news`, fails. */
export const GOLDEN = [
  ['momentum', 'BUY', 64, 10],
  ['breakout', 'BUY', 78, 10],
  ['macro', 'HOLD', 55, 8],
  ['sentiment', 'SELL', 60, 8],
  ['volatility', 'HOLD', 70, 12],
  ['contrarian', 'SELL', 82, 10],
  ['risk_manager', 'HOLD', 65, 15],
] as const satisfies readonly Cast[];

/** Has the golden conversation; the input of its start, and its vote is complete. */
export async function decideGolden(app: RunningApp, input: Record<string, unknown> = {}) {
  const { start, vote } = flow(app);
  const named = GOLDEN.map(([agentName, , , weight]) => ({ agentName, weight }));
  const started = await start({ agents: [...named, { agentName: 'news' }], ...input });
  for (const [agentName, action, confidence] of GOLDEN)
    await vote(started.executionId, agentName, { action, confidence });
  await vote(started.executionId, 'news', { abstention: 'PARSE_ERROR' });
  return started;
}

/** A whole vote through the API: one agent a ballot, cast in this order. Answers the vote as it then stands. */
export async function decide(app: RunningApp, ballots: readonly Cast[], input: Record<string, unknown> = {}) {
  const { start, vote, outcome } = flow(app);
  const { executionId, userNodeId } = await start({ totalAgents: ballots.length, ...input });
  for (const [agentName, action, confidence, weight] of ballots) {
    const answer = await vote(executionId, agentName, {
      action,
      confidence,
      ...(weight === undefined ? {} : { weight }),
    });
    if (answer.userErrors.length > 0) throw new Error(JSON.stringify(answer));
  }
  return { executionId, userNodeId, ...(await outcome(executionId)) };
}

const CLOSE = /* GraphQL */ `
  mutation Close($executionId: ID!) {
    closeVoting(input: { executionId: $executionId }) {
      duplicate
      userErrors { code message field }
      swarmVote {
        id
        votingCompleted
        consensus { action confidence agreement isUnanimous reason }
        votes { agentName status seq }
      }
    }
  }
`;

export const close = async (app: RunningApp, executionId: string) =>
  (await app.data(CLOSE, { executionId })).closeVoting;

const MESSAGES = /* GraphQL */ `
  query Messages($executionId: ID!) {
    conversation(executionId: $executionId) {
      messages { edges { node { seq agentName agentRole messageType } } }
    }
  }
`;

/** All messages: who said what kind of thing, in order. */
export const messagesOf = async (app: RunningApp, executionId: string) =>
  (await app.data(MESSAGES, { executionId })).conversation.messages.edges.map(
    (edge: { node: object }) => edge.node,
  );

const DECISIONS = /* GraphQL */ `
  query Decisions($userNodeId: ID!) {
    decisions(userNodeId: $userNodeId, first: 100) {
      edges { node { id seq decision { type action symbol confidence } conversation { executionId } } }
    }
  }
`;

/** The newest decisions of a node, newest first. */
export const decisionsOf = async (app: RunningApp, userNodeId: string) =>
  (await app.data(DECISIONS, { userNodeId })).decisions.edges.map((edge: { node: object }) => edge.node);
