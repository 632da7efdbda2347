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
import { idInPath } from '../parts/ids.js';
import type { Change, Decided } from './profit.js';
import type { Order } from './sorting.js';

export const MOST_DECISIONS = 1_000;
/** With 100 points each, so that one document stays within what the server lets it cost. */
const FIRST_WEIGHTS = 20;

export type History = NonNullable<AgentsWeightsQuery['agentPerformance']>[number]['weightHistory'];

export const nodeId = idInPath(location.pathname);
export const failure = signal<Failure | null>(null);
export const isReading = signal(false);
export const record = signal<Awaited<ReturnType<typeof read>> | null>(null);
export const histories = signal<ReadonlyMap<string, History>>(new Map());
export const order = signal<Order>({ column: 'weight', isDescending: true });
/** The agent whose diagram is shown, null for the swarm's own. */
export const selected = signal<string | null>(null);
export const selectedAgent = computed(
  () => record.value?.agents.find(({ agentName }) => agentName === selected.value) ?? null,
);

/** Reads all of it again; what is shown stays until the new is there. */
export async function refresh(): Promise<void> {
  if (nodeId === null || isReading.value) return;
  isReading.value = true;
  try {
    record.value = await read(nodeId);
    histories.value = await readHistories(nodeId, FIRST_WEIGHTS, 100);
    failure.value = null;
    await readMissingHistory();
  } catch (error) {
    failure.value = toFailure(error);
  } finally {
    isReading.value = false;
  }
}

/** Shows an agent, or the swarm; beyond the most trusted its weights are read only now. */
export async function select(agentName: string | null): Promise<void> {
  selected.value = agentName;
  await readMissingHistory().catch((error: unknown) => {
    failure.value = toFailure(error);
  });
}

async function readMissingHistory(): Promise<void> {
  if (nodeId === null || selected.value === null || histories.value.has(selected.value)) return;
  const all = await readHistories(nodeId, null, 50);
  histories.value = new Map([...all, ...histories.value]);
}

async function readHistories(userNodeId: string, first: number | null, last: number) {
  const { agentPerformance } = await ask(AgentsWeightsDocument, { userNodeId, first, last });
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
    changes: [...approved, ...rolledBack],
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

async function readChanges(userNodeId: string, status: 'APPROVED' | 'ROLLED_BACK'): Promise<Change[]> {
  const { parameterChanges } = await ask(AgentsChangesDocument, { userNodeId, status });
  return (parameterChanges?.edges ?? []).map(({ node }) => node);
}
