import { isId } from '../../domain/checks.js';
import { addMessage } from '../../domain/commands/addMessage.js';
import { remarksOnMessage } from '../../domain/questions/remarks.js';
import { requireId } from '../../domain/questions/arguments.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { type Context, renewLoaders } from '../context.js';
import { ownConversation } from '../loaders.js';
import { wantedSlices } from '../lookahead.js';
import { mutation } from '../mutation.js';

export const messageResolvers: Resolvers = {
  Mutation: {
    addMessage: mutation(addMessage, (message, { input: { executionId } }) => ({ message, executionId })),
  },

  Subscription: {
    messageAdded: {
      subscribe: (_, { executionId, afterSeq }, { viewer, streams }) =>
        streams.messages(viewer.userId, requireId('executionId', executionId), afterSeq ?? null),
      resolve(message: unknown, _args: unknown, context: Context) {
        renewLoaders(context);
        return message as never;
      },
    },
  },

  AddMessagePayload: {
    async remarks({ message, executionId }, _, { loaders, ports, viewer }) {
      if (message === null) return [];
      const conversation = await loaders.conversation.load({ executionId, slices: [] });
      return conversation === null ? [] : remarksOnMessage(ports, viewer, message, conversation);
    },

    conversation: ({ executionId }, _, { loaders }, info) =>
      isId(executionId) ? loaders.conversation.load({ executionId, slices: wantedSlices(info) }) : null,
  },

  Message: {
    conversation: ({ executionId }, _, { loaders }, info) =>
      ownConversation(executionId, loaders, wantedSlices(info)),
  },
};
