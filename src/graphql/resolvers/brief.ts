import { briefWanted } from '../../domain/questions/briefWanted.js';
import { decisionBrief } from '../../domain/questions/decisionBrief.js';
import { pastBrief } from '../../domain/questions/pastBrief.js';
import type { CountedDecision, DecisionLog } from '../../domain/decision.js';
import type { Resolvers } from '../../generated/resolvers.js';
import type { Loaders } from '../loaders.js';
import { nodeModel, pastNodeModel } from '../models.js';
import { pastDecision } from './past.js';

export const briefResolvers: Resolvers = {
  Query: {
    async decisionBrief(_, args, { viewer, ports }) {
      const { asked, instant } = await briefWanted(ports, viewer, args);
      if (instant === null) {
        const brief = await decisionBrief(ports, viewer, asked);
        const model = nodeModel(ports, viewer.userId, asked.userNodeId);
        return { ...brief, asOf: null, agent: brief.agent && { ...brief.agent, node: model } };
      }
      const { brief, past } = await pastBrief(ports, viewer, asked, instant);
      return {
        ...brief,
        asOf: instant.at,
        agent: brief.agent && { ...brief.agent, node: pastNodeModel(past) },
      };
    },
  },

  DecisionBrief: {
    openDecisions: ({ openDecisions, asOf }, _, { loaders }) => whole(openDecisions, asOf, loaders),
    lastOutcomes: ({ lastOutcomes, asOf }, _, { loaders }) => whole(lastOutcomes, asOf, loaders),
  },
};

/** With what is read only where a decision is shown: its context, learning and feedback. */
async function whole(
  decisions: readonly CountedDecision[],
  asOf: Date | null,
  { decision }: Loaders,
): Promise<DecisionLog[]> {
  const found = await Promise.all(decisions.map(({ id }) => decision.load(id)));
  return found
    .filter((one) => one !== null)
    .flatMap((one) => (asOf === null ? one : (pastDecision(one, asOf) ?? [])));
}
