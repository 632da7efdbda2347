import type { Client } from './client.js';
import type { AgentPerformanceData, DecisionNode, DecisionsData, Performance } from './operations.js';
import { AGENT_PERFORMANCE, DECISIONS } from './operations.js';

/** Each decision may hold 200 votes, and 200 late ones: more would be over the usual `MAX_COST`. */
const PAGE = 40;

/** Every decision of a node with its ballots, oldest first. */
export async function readDecisions(client: Client, userNodeId: string): Promise<DecisionNode[]> {
  const found: DecisionNode[] = [];
  let after: string | null = null;
  for (;;) {
    const { decisions }: DecisionsData = await client.read(DECISIONS, { userNodeId, first: PAGE, after });
    found.push(...decisions.edges.map((edge) => edge.node));
    if (!decisions.pageInfo.hasNextPage) break;
    after = decisions.pageInfo.endCursor;
  }
  return found.sort((a, b) => a.seq - b.seq);
}

/** How each agent's votes turned out, most trusted first. */
export async function readPerformance(client: Client, userNodeId: string): Promise<Performance[]> {
  const data = await client.read<AgentPerformanceData>(AGENT_PERFORMANCE, { userNodeId });
  return data.agentPerformance;
}
