import type { GraphQLResolveInfo } from 'graphql';
import { echo } from '../../domain/checks.js';
import { logDecisionOf } from '../../domain/commands/completeVote.js';
import { readAsOf } from '../../domain/questions/readAsOf.js';
import { recordOutcome } from '../../domain/commands/recordOutcome.js';
import { remarksOnStart } from '../../domain/questions/remarks.js';
import { startConversation } from '../../domain/commands/startConversation.js';
import type { Conversation } from '../../domain/conversation.js';
import type { ConversationRef, MessageSlice, Ports } from '../../domain/ports.js';
import type { Viewer } from '../../domain/viewer.js';
import type { QueryConversationArgs, Resolvers } from '../../generated/resolvers.js';
import { afterId, messageSlice, pageSize, toConnection, toMessageConnection } from '../connections.js';
import { type Context, renewLoaders } from '../context.js';
import { badUserInput } from '../errors.js';
import type { Loaders } from '../loaders.js';
import { wantedSlices } from '../lookahead.js';
import { type ConversationModel, sliceKey, toModel } from '../models.js';
import { mutation } from '../mutation.js';
import { refuseBoth, requireId } from './ids.js';
import { didYouMean, symbolWanted } from './symbols.js';

const CONVERSATION = 'conversation';

export const conversationResolvers: Resolvers = {
  Query: {
    async conversation(_, { executionId, id, asOfSeq }, { viewer, ports, loaders }, info) {
      const { ref, seq } = conversationWanted({ executionId, id, asOfSeq });
      const slices = wantedSlices(info);
      if (seq !== null) return conversationAsOf(ports, viewer, ref, seq, slices);
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

/** Which conversation, and as of which of its messages; the id of a past state says both. @throws BAD_USER_INPUT */
function conversationWanted({ executionId, id, asOfSeq }: QueryConversationArgs): {
  ref: ConversationRef;
  seq: number | null;
} {
  if ((executionId == null) === (id == null)) {
    throw badUserInput(
      `Expected \`executionId\` or \`id\`, got ${executionId == null ? 'neither' : 'both'}.`,
    );
  }
  if (executionId != null) {
    return { ref: { executionId: requireId('executionId', executionId) }, seq: asOfSeq ?? null };
  }
  const [, own, seqOfId] = /^([^@]*)@(\d{1,10})$/.exec(id ?? '') ?? [];
  if (asOfSeq != null && seqOfId !== undefined && asOfSeq !== Number(seqOfId)) {
    throw badUserInput(`Expected \`asOfSeq\` to be that of the id, ${seqOfId}, or left out, got ${asOfSeq}.`);
  }
  if (own === undefined && id?.includes('@')) {
    throw badUserInput(
      `Expected \`id\` to be 24 hex digits, or these with \`@\` and a \`seq\`, got ${echo(id)}. ` +
        'What was known at an instant is read by `decisionBrief(asOf:)`.',
    );
  }
  const seq = asOfSeq ?? (seqOfId === undefined ? null : Number(seqOfId));
  return { ref: { id: requireId('id', own ?? id) }, seq };
}

/** With the messages up to the one it is as of. @throws BAD_USER_INPUT */
async function conversationAsOf(
  ports: Ports,
  viewer: Viewer,
  ref: ConversationRef,
  seq: number,
  slices: readonly MessageSlice[],
): Promise<ConversationModel | null> {
  const found = await readAsOf(ports, viewer, ref, seq, slices);
  if (found === null) return null;
  if ('lastSeq' in found) {
    throw badUserInput(
      `Expected \`asOfSeq\` from 0 to the conversation's last message ${found.lastSeq}, got ${seq}.`,
    );
  }
  return toModel(found, slices);
}

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
