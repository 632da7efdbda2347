import { agentDrift } from '../../domain/commands/agentDrift.js';
import { driftChanges } from '../../events/drift.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { type Context, renewLoaders } from '../context.js';
import { requireId } from './ids.js';

export const driftResolvers: Resolvers = {
  Query: {
    agentDrift: (_, { userNodeId }, { viewer, ports }) =>
      agentDrift(ports, viewer.userId, requireId('userNodeId', userNodeId)),
  },

  Subscription: {
    agentDrift: {
      subscribe: (_, { userNodeId }, { viewer, ports, streams }) =>
        driftChanges({ ports, streams }, viewer.userId, requireId('userNodeId', userNodeId)),
      resolve(drift: unknown, _args: unknown, context: Context) {
        renewLoaders(context);
        return drift as never;
      },
    },
  },

  DriftFinding: {
    before: ({ nBefore }) => nBefore,
    after: ({ nAfter }) => nAfter,
  },
};
