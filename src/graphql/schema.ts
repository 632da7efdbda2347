import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLScalarType, type GraphQLSchema } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { lowerIds } from './inputs/ids.js';
import { refuseInputs } from './inputs/refusing.js';
import { enumResolvers } from './enums.js';
import { noteRefusals } from './refusals.js';
import { conversationResolvers } from './resolvers/conversation.js';
import { briefResolvers } from './resolvers/brief.js';
import { decisionResolvers } from './resolvers/decision.js';
import { driftResolvers } from './resolvers/drift.js';
import { learningResolvers } from './resolvers/learning.js';
import { messageResolvers } from './resolvers/message.js';
import { nodeResolvers } from './resolvers/node.js';
import { parameterResolvers } from './resolvers/parameters.js';
import { performanceResolvers } from './resolvers/performance.js';
import { viewerResolvers } from './resolvers/viewer.js';
import { votingResolvers } from './resolvers/voting.js';
import { whatIfResolvers } from './resolvers/whatIf.js';
import { readTypeDefs } from './typeDefs.js';

/** The library's scalar under the contract's name. */
const dateTime = new GraphQLScalarType({ ...GraphQLDateTimeISO.toConfig(), name: 'DateTime' });

export { readTypeDefs };

export const createSchema = (): GraphQLSchema => noteRefusals(lowerIds(refuseInputs(executableSchema())));

const executableSchema = (): GraphQLSchema =>
  makeExecutableSchema({
    typeDefs: readTypeDefs(),
    resolvers: [
      enumResolvers,
      { DateTime: dateTime, JSON: GraphQLJSON },
      viewerResolvers,
      conversationResolvers,
      messageResolvers,
      votingResolvers,
      decisionResolvers,
      learningResolvers,
      performanceResolvers,
      nodeResolvers,
      parameterResolvers,
      whatIfResolvers,
      briefResolvers,
      driftResolvers,
    ],
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
