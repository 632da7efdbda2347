import type { RunningApp } from '../support/app.js';
import { type Cast, decide } from '../voting/decide.js';

/** Votes with advice, a weight of a ballot's own, dissent, and a name that is part of every object. */
export const THREE_VOTES: Cast[][] = [
  [
    ['a', 'BUY', 80],
    ['b', 'BUY', 60, 0],
    ['c', 'SELL', 70],
  ],
  [
    ['a', 'SELL', 55, 3],
    ['b', 'HOLD', 90],
  ],
  [
    ['c', 'HOLD', 65],
    ['__proto__', 'BUY', 95],
    ['a', 'HOLD', 70],
  ],
];

/** A decision of a new or of this node; its id and the node's. */
export async function decided(app: RunningApp, ballots: readonly Cast[], userNodeId?: string) {
  const { decision, userNodeId: node } = await decide(app, ballots, userNodeId ? { userNodeId } : {});
  return { decisionId: decision.id as string, userNodeId: node };
}

const FEEDBACK = /* GraphQL */ `
  mutation Feedback($input: RecordFeedbackInput!) {
    recordFeedback(input: $input) {
      duplicate
      userErrors { code message field }
      decisionLog {
        id
        revision
        outcome { success pnl timeHeld exitReason }
        learning { wasCorrect confidenceAccuracy lessonsLearned }
        feedback { revision source outcome { success pnl timeHeld exitReason } }
      }
    }
  }
`;

/** Records feedback, or is refused it: the whole payload. */
export const feedback = async (app: RunningApp, decisionId: string, input: Record<string, unknown>) =>
  (await app.data(FEEDBACK, { input: { decisionId, ...input } })).recordFeedback;

const PERFORMANCE = /* GraphQL */ `
  query Performance($userNodeId: ID!) {
    agentPerformance(userNodeId: $userNodeId) {
      agentName evaluatedVotes hitRate { value low high n } brier learnedWeight pnlAttributed
    }
  }
`;

export interface Performance {
  agentName: string;
  evaluatedVotes: number;
  hitRate: { value: number; low: number; high: number; n: number } | null;
  brier: number | null;
  learnedWeight: number;
  pnlAttributed: number;
}

/** By agent's name. */
export async function performance(app: RunningApp, userNodeId: string): Promise<Performance[]> {
  const { agentPerformance } = await app.data(PERFORMANCE, { userNodeId });
  return agentPerformance.toSorted((a: Performance, b: Performance) => (a.agentName < b.agentName ? -1 : 1));
}

/** Largest difference of two nodes' learned weights, whose agents are the same. */
export function weightsDiffer(left: readonly Performance[], right: readonly Performance[]): number {
  const names = (agents: readonly Performance[]) => agents.map(({ agentName }) => agentName).join();
  if (names(left) !== names(right)) throw new Error(`Other agents: ${names(left)}, ${names(right)}`);
  return Math.max(
    0,
    ...left.map((agent, i) => Math.abs(agent.learnedWeight - (right[i]?.learnedWeight ?? 0))),
  );
}

const STATS = /* GraphQL */ `
  query Stats($userNodeId: ID!, $since: DateTime) {
    learningStats(userNodeId: $userNodeId, since: $since) {
      userNodeId
      since
      totalDecisions
      evaluatedDecisions
      successRate { value low high n }
      confidenceAccuracy
      totalPnl
      topLessons { lesson count source }
      adjustments { path from to reason applied }
      agents { agentName evaluatedVotes learnedWeight }
    }
  }
`;

export const statsOf = async (app: RunningApp, userNodeId: string, since?: string) =>
  (await app.data(STATS, { userNodeId, since })).learningStats;
