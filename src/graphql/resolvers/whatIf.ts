import { checkWhatIf, whatIf } from '../../domain/questions/whatIf.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { pageSize } from '../connections.js';
import { badUserInput } from '../errors.js';

export const whatIfResolvers: Resolvers = {
  Query: {
    whatIf(_, { input }, { viewer, ports }) {
      const faults = checkWhatIf(input);
      if (faults.length > 0) throw badUserInput(faults.map(({ message }) => message).join(' '));
      return whatIf(ports, viewer, input);
    },
  },

  WhatIf: {
    counterfactual: () => true,
    pnlHistory: ({ pnlHistory }, { points }) => pnlHistory(pageSize('points', points, 100)),
  },

  ChangedDecision: {
    decision: ({ id }, _, { loaders }) => loaders.decision.load(id),
  },
};
