import { agentDrift } from '../../domain/questions/agentDrift.js';
import { requireId } from '../../domain/questions/arguments.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { type Context, renewLoaders } from '../context.js';

export const driftResolvers: Resolvers = {
  Query: {
    agentDrift: (_, { userNodeId }, { viewer, ports }) =>
      agentDrift(ports, { userId: viewer.userId, userNodeId: requireId('userNodeId', userNodeId) }),
  },

  Subscription: {
    agentDrift: {
      subscribe: (_, { userNodeId }, { viewer, drift }) =>
        drift(viewer.userId, requireId('userNodeId', userNodeId)),
      resolve(found: unknown, _args: unknown, context: Context) {
        renewLoaders(context);
        return found as never;
      },
    },
  },

  DriftFinding: {
    before: ({ nBefore }) => nBefore,
    after: ({ nAfter }) => nAfter,
    test: ({ testKind }) => testKind,
  },
};
