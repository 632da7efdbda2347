import type { GraphQLResolveInfo } from 'graphql';
import { logDecisionOf } from '../../domain/commands/completeVote.js';
import { pageSize, refuseBoth, requireId, symbolWanted } from '../../domain/questions/arguments.js';
import { conversationWanted } from '../../domain/questions/conversationWanted.js';
import { readAsOf } from '../../domain/questions/readAsOf.js';
import { recordOutcome } from '../../domain/commands/recordOutcome.js';
import { remarksOnStart } from '../../domain/questions/remarks.js';
import { startConversation } from '../../domain/commands/startConversation.js';
import type { Conversation } from '../../domain/conversation.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { afterId, messageSlice, toConnection, toMessageConnection } from '../connections.js';
import { type Context, renewLoaders } from '../context.js';
import type { Loaders } from '../loaders.js';
import { wantedSlices } from '../lookahead.js';
import { type ConversationModel, sliceKey, toModel } from '../models.js';
import { mutation } from '../mutation.js';
import { didYouMean } from './symbols.js';

const CONVERSATION = 'conversation';

export const conversationResolvers: Resolvers = {
  Query: {
    async conversation(_, { executionId, id, asOfSeq }, { viewer, ports, loaders }, info) {
      const { ref, seq } = conversationWanted({ executionId, id, asOfSeq });
      const slices = wantedSlices(info);
      if (seq !== null) {
        const past = await readAsOf(ports, viewer, ref, seq, slices);
        return past && toModel(past, slices);
      }
      const found = await ports.conversations.find(viewer.userId, ref, slices);
      if (found === null) return null;
      const model = toModel(found, slices);
      loaders.atHand.set(model.executionId, model);
      return model;
    },

    async conversations(_, { first, after, filter }, { viewer, ports }, info) {
      const limit = pageSize('first', first, 20);
      const page = { after: afterId(CONVERSATION, after), limit: limit + 1 };
      if (filter?.userNodeId != null) requireId('filter.userNodeId', filter.userNodeId);
      if (filter?.flowId != null) requireId('filter.flowId', filter.flowId);
      const symbol = symbolWanted('filter.symbol', filter?.symbol);
      const slices = wantedSlices(info, ['edges', 'node']);
      const found = await ports.conversations.list(viewer.userId, { ...filter, symbol }, page, slices);
      const models = found.map((snapshot) => toModel(snapshot, slices));
      return {
        ...toConnection(models, limit, CONVERSATION, page.after !== null, (model) => model.id),
        symbol,
        userNodeId: filter?.userNodeId ?? null,
      };
    },
  },

  Mutation: {
    startConversation: mutation(startConversation, (conversation) => ({ conversation })),
    recordOutcome: mutation(recordOutcome, (conversation) => ({ conversation })),
  },

  Subscription: {
    conversationChanged: {
      subscribe(_, { executionId, since }, { viewer, streams }) {
        refuseBoth(executionId, since);
        if (executionId == null) return streams.conversations(viewer.userId, since ?? null);
        return streams.conversation(viewer.userId, requireId('executionId', executionId));
      },
      resolve(conversation: unknown, _args: unknown, context: Context, info: GraphQLResolveInfo) {
        renewLoaders(context);
        return withMessages(conversation as Conversation, context.loaders, info) as never;
      },
    },
  },

  StartConversationPayload: {
    remarks: ({ conversation }, _, { ports, viewer }) =>
      conversation === null ? [] : remarksOnStart(ports, viewer, conversation),
    conversation: ({ conversation }, _, { loaders }, info) =>
      conversation && withMessages(conversation, loaders, info),
  },

  RecordOutcomePayload: {
    conversation: ({ conversation }, _, { loaders }, info) =>
      conversation && withMessages(conversation, loaders, info),
  },

  ConversationConnection: { didYouMean },

  Conversation: {
    async messages(conversation, args, { loaders }) {
      const slice = messageSlice(args);
      const key = sliceKey(slice);
      const { executionId } = conversation;
      const read = conversation.pages.has(key)
        ? conversation
        : await loaders.conversation.load({ executionId, slices: [slice] });
      return toMessageConnection(read?.pages.get(key) ?? [], args, read?.lastSeq ?? 0);
    },

    async decision(conversation, _, { loaders, ports }) {
      if (conversation.decisionId === null) return null;
      await logDecisionOf(ports, conversation);
      return loaders.decision.load(conversation.decisionId);
    },
  },
};

/** As it is at hand, or read again together with its messages where those are asked for. */
function withMessages(
  conversation: Conversation,
  { conversation: loader }: Loaders,
  info: GraphQLResolveInfo,
): ConversationModel | Promise<ConversationModel | null> {
  const slices = wantedSlices(info);
  if (slices.length === 0) return { ...conversation, pages: new Map() };
  return loader.load({ executionId: conversation.executionId, slices });
}
