import type { ListedNode } from '../../domain/ports.js';
import { pageSize } from '../../domain/questions/arguments.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { afterId, toConnection } from '../connections.js';
import type { Loaders } from '../loaders.js';

const NODE = 'node';

export const nodeResolvers: Resolvers = {
  Query: {
    async nodes(_, { first, after }, { viewer, ports }) {
      const limit = pageSize('first', first, 20);
      const page = { after: afterId(NODE, after), limit: limit + 1 };
      const found = await ports.nodes.list(viewer.userId, page);
      return toConnection(found, limit, NODE, page.after !== null, ({ id }) => id);
    },
  },

  Node: {
    decisions: ({ userNodeId, lastDecisionSeq }, _, { viewer, ports }) =>
      ports.decisions.count(viewer.userId, userNodeId, lastDecisionSeq),
    lastDecision: (node, _, { loaders }) => lastDecision(node, loaders),
    async agents(node, _, { loaders }) {
      const voted = (await lastDecision(node, loaders))?.ballots ?? [];
      return [...new Set([...node.agentNames, ...voted.map(({ agentName }) => agentName)])].sort();
    },
    parameterVersion: async ({ userNodeId }, _, { viewer, ports }) =>
      (await ports.parameters.current(viewer.userId, userNodeId)).version,
    openProposals: ({ userNodeId }, _, { viewer, ports }) =>
      ports.parameters.countOpen(viewer.userId, userNodeId),
  },
};

async function lastDecision(node: ListedNode, { newestDecision, decision }: Loaders) {
  const id = await newestDecision.load(node);
  return id === null ? null : decision.load(id);
}
