import { cleanName } from '../../domain/agentName.js';
import { checks } from '../../domain/checks.js';
import { decisionBrief } from '../../domain/questions/decisionBrief.js';
import { type NodeInstant, pastBrief } from '../../domain/questions/pastBrief.js';
import type { CountedDecision, DecisionLog } from '../../domain/decision.js';
import { cleanSymbol } from '../../domain/symbol.js';
import type { Ports } from '../../domain/ports.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { badUserInput } from '../errors.js';
import type { Loaders } from '../loaders.js';
import { nodeModel, pastNodeModel } from '../models.js';
import { requireId } from './ids.js';
import { pastDecision } from './past.js';

const MAX_SEQ = 2_147_483_647;

export const briefResolvers: Resolvers = {
  Query: {
    async decisionBrief(_, { userNodeId, symbol: given, agentName, asOf, asOfSeq }, { viewer, ports }) {
      const node = requireId('userNodeId', userNodeId);
      const check = checks();
      const symbol = cleanSymbol(given);
      check.length('symbol', symbol, 1, 64);
      const name = agentName == null ? null : cleanName(agentName);
      if (name !== null) check.agentName('agentName', name);
      const [fault] = check.refusals;
      if (fault !== undefined) throw badUserInput(fault.message);
      const asked = { userNodeId: node, symbol, agentName: name };
      const instant = await instantWanted(ports, viewer.userId, node, { asOf, asOfSeq });
      if (instant === null) {
        const brief = await decisionBrief(ports, viewer, asked);
        const model = nodeModel(ports, viewer.userId, node);
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

/** Which instant is asked for, null for now. @throws BAD_USER_INPUT */
async function instantWanted(
  ports: Ports,
  userId: string,
  userNodeId: string,
  { asOf, asOfSeq }: { asOf?: Date | null | undefined; asOfSeq?: number | null | undefined },
): Promise<NodeInstant | null> {
  if (asOf != null && asOfSeq != null) throw badUserInput('Expected `asOf` or `asOfSeq`, got both.');
  if (asOf != null) return { at: asOf, upTo: MAX_SEQ };
  if (asOfSeq == null) return null;
  const [decision] =
    asOfSeq < 1 ? [] : await ports.decisions.history(userId, userNodeId, asOfSeq - 1, asOfSeq);
  if (decision !== undefined) return { at: decision.timestamp, upTo: asOfSeq };
  throw badUserInput(`Expected \`asOfSeq\` to be the number of a decision of this node, got ${asOfSeq}.`);
}
