import type { AgentsRecordQuery } from '../generated/graphql.js';

export type Agent = NonNullable<AgentsRecordQuery['agentPerformance']>[number];

export const COLUMNS = ['agent', 'n', 'hitRate', 'brier', 'skill', 'edge', 'weight'] as const;
export type Column = (typeof COLUMNS)[number];
export interface Order {
  column: Column;
  isDescending: boolean;
}

const VALUES: Record<Exclude<Column, 'agent'>, (agent: Agent) => number | null> = {
  n: (agent) => agent.evaluatedVotes,
  hitRate: (agent) => agent.hitRate?.value ?? null,
  brier: (agent) => agent.brier,
  skill: (agent) => agent.brierSkill.value,
  edge: (agent) => agent.edge,
  weight: (agent) => agent.learnedWeight,
};

/** In the order asked for, equals by name; what has no value is last either way. */
export function sorted(agents: readonly Agent[], { column, isDescending }: Order): Agent[] {
  const sign = isDescending ? -1 : 1;
  return [...agents].sort((a, b) => {
    const byName = a.agentName.localeCompare(b.agentName, 'en');
    if (column === 'agent') return sign * byName;
    const [left, right] = [VALUES[column](a), VALUES[column](b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName;
    return sign * (left - right) || byName;
  });
}

/** Names and Brier scores start with the smallest, the rest with the largest. */
export const nextOrder = (now: Order, column: Column): Order => ({
  column,
  isDescending: now.column === column ? !now.isDescending : column !== 'agent' && column !== 'brier',
});
