import type { Resolvers } from '../../generated/resolvers.js';

export const viewerResolvers: Resolvers = {
  Query: {
    viewer: (_, __, { viewer: { userId, subject, scopes, agentName, expiresAt } }) => ({
      id: userId,
      subject,
      grants: [...scopes],
      scopes: [...scopes],
      agentName,
      expiresAt,
    }),
  },
};
