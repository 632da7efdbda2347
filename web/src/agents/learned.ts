import { computed, signal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { type Failure, toFailure } from '../api/failure.js';
import {
  AgentsChangesDocument,
  AgentsDriftDocument,
  AgentsMajorityDocument,
  AgentsProfitDocument,
  type AgentsProfitQuery,
  type AgentsRecordQuery,
  AgentsRecordDocument,
  AgentsWeightsDocument,
  type AgentsWeightsQuery,
} from '../generated/graphql.js';
import { persist } from '../api/persist.js';
import { idInPath } from '../parts/ids.js';
import type { Change, Decided } from './profitLine.js';
import type { Order } from './sorting.js';

export const MOST_DECISIONS = 1_000;
/** What the server gives in one list of agents, and of an agent's weights. */
const MOST_LISTED = 100;
/** Of all agents' weights, so many: one document stays within what the server lets it cost. */
const MOST_WEIGHTS_OF_ALL = 50;

export type History = NonNullable<AgentsWeightsQuery['agentPerformance']>[number]['weightHistory'];

export const nodeId = idInPath(location.pathname);
export const failure = signal<Failure | null>(null);
export const isReading = signal(false);
export const learned = signal<Awaited<ReturnType<typeof read>> | null>(null);
export const histories = signal<ReadonlyMap<string, History>>(new Map());
export const order = signal<Order>({ column: 'weight', isDescending: true });
/** The agent whose diagram is shown, null for the swarm's own. */
export const selected = signal<string | null>(null);
export const selectedAgent = computed(
  () => learned.value?.agents.find(({ agentName }) => agentName === selected.value) ?? null,
);

/** Reads all of it again, until there is an answer; what is shown stays until the new is there. */
export async function refresh(): Promise<void> {
  if (nodeId === null || isReading.value) return;
  isReading.value = true;
  try {
    const now = await persist(() => read(nodeId));
    learned.value = now;
    histories.value = await persist(() => readHistories(nodeId, now.agents.length));
    failure.value = null;
  } catch (error) {
    failure.value = toFailure(error);
  } finally {
    isReading.value = false;
  }
}

async function readHistories(userNodeId: string, agents: number): Promise<ReadonlyMap<string, History>> {
  if (agents === 0) return new Map();
  const some =
    agents > MOST_LISTED ? { first: null, last: MOST_WEIGHTS_OF_ALL } : { first: agents, last: MOST_LISTED };
  const { agentPerformance } = await ask(AgentsWeightsDocument, { userNodeId, ...some });
  return new Map((agentPerformance ?? []).map((one) => [one.agentName, one.weightHistory]));
}

async function read(userNodeId: string) {
  const [answer, drift, majority, profit, approved, rolledBack] = await Promise.all([
    ask(AgentsRecordDocument, { userNodeId }),
    ask(AgentsDriftDocument, { userNodeId }),
    ask(AgentsMajorityDocument, { userNodeId }),
    readDecisions(userNodeId),
    readChanges(userNodeId, 'APPROVED'),
    readChanges(userNodeId, 'ROLLED_BACK'),
  ]);
  return {
    stats: answer.learningStats as NonNullable<AgentsRecordQuery['learningStats']>,
    agents: answer.agentPerformance ?? [],
    parameters: answer.nodeParameters ?? null,
    drift: drift.agentDrift ?? [],
    majority: majority.whatIf ?? null,
    ...profit,
    changes: [...approved.changes, ...rolledBack.changes],
    hasMoreChanges: approved.hasMore || rolledBack.hasMore,
    readAt: new Date(),
  };
}

async function readDecisions(userNodeId: string) {
  const decisions: Decided[] = [];
  let after: string | null = null;
  for (;;) {
    const answer: AgentsProfitQuery = await ask(AgentsProfitDocument, { userNodeId, after });
    const edges = answer.decisions?.edges ?? [];
    decisions.push(...edges.map(({ node }) => node));
    after = edges.at(-1)?.cursor ?? null;
    const hasMore = answer.decisions?.pageInfo.hasNextPage ?? false;
    if (!hasMore || after === null || decisions.length >= MOST_DECISIONS) return { decisions, hasMore };
  }
}

async function readChanges(userNodeId: string, status: 'APPROVED' | 'ROLLED_BACK') {
  const { parameterChanges } = await ask(AgentsChangesDocument, { userNodeId, status });
  const changes: Change[] = (parameterChanges?.edges ?? []).map(({ node }) => node);
  return { changes, hasMore: parameterChanges?.pageInfo.hasNextPage ?? false };
}
