import { cleanName } from '../../domain/agentName.js';
import { checks } from '../../domain/checks.js';
import { decisionBrief } from '../../domain/commands/decisionBrief.js';
import type { CountedDecision, DecisionLog } from '../../domain/decision.js';
import { cleanSymbol } from '../../domain/symbol.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { badUserInput } from '../errors.js';
import type { Loaders } from '../loaders.js';
import { nodeModel } from '../models.js';
import { requireId } from './ids.js';

export const briefResolvers: Resolvers = {
  Query: {
    async decisionBrief(_, { userNodeId, symbol: given, agentName }, { viewer, ports }) {
      const node = requireId('userNodeId', userNodeId);
      const check = checks();
      const symbol = cleanSymbol(given);
      check.length('symbol', symbol, 1, 64);
      const name = agentName == null ? null : cleanName(agentName);
      if (name !== null) check.agentName('agentName', name);
      const [fault] = check.refusals;
      if (fault !== undefined) throw badUserInput(fault.message);
      const brief = await decisionBrief(ports, viewer, {
        userNodeId: node,
        symbol,
        agentName: name,
      });
      const model = nodeModel(ports, viewer.userId, node);
      return { ...brief, agent: brief.agent && { ...brief.agent, node: model } };
    },
  },

  DecisionBrief: {
    openDecisions: ({ openDecisions }, _, { loaders }) => whole(openDecisions, loaders),
    lastOutcomes: ({ lastOutcomes }, _, { loaders }) => whole(lastOutcomes, loaders),
  },
};

/** With what is read only where a decision is shown: its context, learning and feedback. */
async function whole(decisions: readonly CountedDecision[], { decision }: Loaders): Promise<DecisionLog[]> {
  const found = await Promise.all(decisions.map(({ id }) => decision.load(id)));
  return found.filter((one) => one !== null);
}
