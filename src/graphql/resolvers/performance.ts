import { setImmediate as turn } from 'node:timers/promises';
import { pageSize, requireId } from '../../domain/questions/arguments.js';
import { performanceOf } from '../../domain/performance.js';
import { sliceBy, streak, weightHistory } from '../../domain/evaluatedVotes.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { nodeModel } from '../models.js';

const MOST_SLICES = 20;

export const performanceResolvers: Resolvers = {
  Query: {
    async agentPerformance(_, { userNodeId, first }, { viewer, ports }) {
      const most = pageSize('first', first, Number.MAX_SAFE_INTEGER);
      const node = nodeModel(ports, viewer.userId, requireId('userNodeId', userNodeId));
      const agents = performanceOf(await node.record()).slice(0, most);
      return agents.map((agent) => ({ ...agent, node }));
    },
  },

  AgentPerformance: {
    nearNames: async ({ agentName, node }) => (await node.nearNames()).get(agentName) ?? [],

    streak: async ({ agentName, node }) => streak((await node.votes()).get(agentName) ?? []),

    async slices({ agentName, node }, { by }) {
      const [record, votes] = await Promise.all([node.record(), node.votes()]);
      // Each agent on its own: others are answered in between.
      await turn();
      return sliceBy(record, votes.get(agentName) ?? [], by).slice(0, MOST_SLICES);
    },

    async weightHistory({ agentName, node }, { last }) {
      const most = pageSize('last', last, 20);
      const [record, votes] = await Promise.all([node.record(), node.votes()]);
      await turn();
      return weightHistory(record, votes.get(agentName) ?? [], most);
    },
  },
};
