import type { ParameterChange } from '../../domain/change.js';
import { isId } from '../../domain/checks.js';
import { decideChange } from '../../domain/commands/decideParameterChange.js';
import { proposeChange } from '../../domain/commands/proposeParameterChange.js';
import { remarksOnChange } from '../../domain/questions/remarks.js';
import { suggestChanges } from '../../domain/commands/suggestParameterChanges.js';
import { canonicalPath } from '../../domain/parameters.js';
import type { Answer } from '../../domain/refusal.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { afterPlace, pageSize, toConnection } from '../connections.js';
import { renewLoaders } from '../context.js';
import { toCommandAnswer } from '../models.js';
import { requireId, requireText } from './ids.js';

const CHANGE = 'change';

/** A change made by feedback is named by its document and its place in it. */
const isChangeId = (place: string): boolean => {
  const [id = '', at = '0', ...rest] = place.split('.');
  return isId(id) && /^\d{1,4}$/.test(at) && rest.length === 0;
};

function toChangeAnswer(answer: Answer<ParameterChange>) {
  const { stored, ...rest } = toCommandAnswer(answer);
  return { parameterChange: stored, ...rest };
}

export const parameterResolvers: Resolvers = {
  Query: {
    nodeParameters: (_, { userNodeId }, { viewer, ports }) =>
      ports.parameters.current(viewer.userId, requireId('userNodeId', userNodeId)),

    async parameterChanges(_, { userNodeId, first, after, filter }, { viewer, ports }) {
      const limit = pageSize('first', first, 20);
      const page = { after: afterPlace(CHANGE, after, isChangeId), limit: limit + 1 };
      const node = requireId('userNodeId', userNodeId);
      requireText('filter.path', filter?.path);
      const path = filter?.path == null ? null : canonicalPath(filter.path);
      const found = await ports.parameters.list(viewer.userId, node, { ...filter, path }, page);
      return toConnection(found, limit, CHANGE, page.after !== null, (change) => change.id);
    },
  },

  Mutation: {
    async proposeParameterChange(_, { input }, context) {
      const answer = await proposeChange(context.ports, context.viewer, { ...input, to: input.to ?? null });
      renewLoaders(context);
      const remarks = answer.ok ? await remarksOnChange(context.ports, context.viewer, answer.value) : [];
      return { ...toChangeAnswer(answer), remarks };
    },

    async suggestParameterChanges(_, { input }, context) {
      const answer = await suggestChanges(context.ports, context.viewer, input);
      renewLoaders(context);
      const { stored, ...rest } = toCommandAnswer(answer);
      return { parameterChanges: stored ?? [], ...rest };
    },

    async decideParameterChange(_, { input }, context) {
      const answer = await decideChange(context.ports, context.viewer, input);
      renewLoaders(context);
      return { ...toChangeAnswer(answer), remarks: [] };
    },
  },

  ParameterChange: {
    decision: ({ decisionId }, _, { loaders }) =>
      decisionId === null ? null : loaders.decision.load(decisionId),
  },
};
