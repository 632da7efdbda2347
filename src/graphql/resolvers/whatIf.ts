import { pageSize } from '../../domain/questions/arguments.js';
import { whatIf } from '../../domain/questions/whatIf.js';
import type { Resolvers } from '../../generated/resolvers.js';

export const whatIfResolvers: Resolvers = {
  Query: {
    whatIf: (_, { input }, { viewer, ports }) => whatIf(ports, viewer, input),
  },

  WhatIf: {
    counterfactual: () => true,
    pnlHistory: ({ pnlHistory }, { points }) => pnlHistory(pageSize('points', points, 100)),
  },

  ChangedDecision: {
    decision: ({ id }, _, { loaders }) => loaders.decision.load(id),
  },
};
