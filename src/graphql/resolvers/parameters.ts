import { isId } from '../../domain/checks.js';
import { decideChange } from '../../domain/commands/decideParameterChange.js';
import { proposeChange } from '../../domain/commands/proposeParameterChange.js';
import { pageSize, requireId, requireText } from '../../domain/questions/arguments.js';
import { remarksOnChange } from '../../domain/questions/remarks.js';
import { suggestChanges } from '../../domain/commands/suggestParameterChanges.js';
import { canonicalPath } from '../../domain/parameters.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { afterPlace, toConnection } from '../connections.js';
import { mutation } from '../mutation.js';

const CHANGE = 'change';

/** A change made by feedback is named by its document and its place in it. */
const isChangeId = (place: string): boolean => {
  const [id = '', at = '0', ...rest] = place.split('.');
  return isId(id) && /^\d{1,4}$/.test(at) && rest.length === 0;
};

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
    proposeParameterChange: mutation(
      proposeChange,
      async (parameterChange, { answer, context: { ports, viewer } }) => ({
        parameterChange,
        remarks: answer.ok ? await remarksOnChange(ports, viewer, answer.value) : [],
      }),
    ),
    suggestParameterChanges: mutation(suggestChanges, (found) => ({ parameterChanges: found ?? [] })),
    decideParameterChange: mutation(decideChange, (parameterChange) => ({ parameterChange, remarks: [] })),
  },

  ParameterChange: {
    decision: ({ decisionId }, _, { loaders }) =>
      decisionId === null ? null : loaders.decision.load(decisionId),
  },
};
