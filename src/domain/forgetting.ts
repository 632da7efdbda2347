import type { NodeRecord } from './node.js';
import { byAgentName } from './voting.js';

/** The most agents of a node that have a record: about 3 MB in its document, of which a database takes 16. */
export const MAX_AGENTS = 2_000;

/**
 * The node without the agents beyond 2,000: those leave whose latest evaluated vote is oldest. Their votes up to then
 * stay out of the sums also where feedback of them is corrected, so what is kept of an agent that comes back is whole.
 */
export function forgetOldest(node: NodeRecord, most = MAX_AGENTS): NodeRecord {
  const excess = node.agents.length - most;
  if (excess <= 0) return node;
  // Of older documents the latest vote is not known; the sums that have faded most tell.
  const leaving = node.agents
    .toSorted((a, b) => a.lastSeq - b.lastSeq || a.n - b.n || byAgentName(a, b))
    .slice(0, excess);
  const forgotten = new Set(leaving);
  return {
    ...node,
    agents: node.agents.filter((agent) => !forgotten.has(agent)),
    forgottenUpTo: Math.max(node.forgottenUpTo, ...leaving.map(({ lastSeq }) => lastSeq)),
  };
}
