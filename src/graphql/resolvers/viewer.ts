import type { Resolvers } from '../../generated/resolvers.js';

export const viewerResolvers: Resolvers = {
  Query: {
    viewer: (_, __, { viewer: { userId, scopes, agentName, expiresAt } }) => ({
      id: userId,
      grants: [...scopes],
      scopes: [...scopes],
      agentName,
      expiresAt,
    }),
  },
};
