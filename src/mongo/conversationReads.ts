import { type Collection, type Document, type Filter, ObjectId } from 'mongodb';
import type {
  ChangePosition,
  ConversationFilter,
  ConversationRef,
  ConversationSnapshot,
  MessageSlice,
  MessagesAfter,
  PageRequest,
} from '../domain/ports.js';
import { type HeadDocument, toConversation, toMessage } from './conversationMapping.js';
import type { ConversationDocument, MessageDocument } from './documents.js';
import { listsOf } from './lists.js';
import { type ListRequest, matching } from './listRequest.js';
import type { MessagePages } from './messagePages.js';
import { cut, fill, toSnapshot } from './snapshots.js';
import { changedAfter, identity, sliceOf, sliceStages, WITHOUT_MESSAGES } from './statements.js';

const HEAD_PLACE = {
  user_id: 1,
  execution_id: 1,
  status: 1,
  last_seq: 1,
  paged_seq: 1,
  revision: 1,
} as const;

const WHOLE_HEAD_BYTES = 256 * 1024;

type Head = HeadDocument & Document;
type Conversations = Collection<ConversationDocument>;
type ConversationQuery = Filter<ConversationDocument>;

/** Reads of `ai_conversations`: messages are loaded only where they are asked for, with what they belong to. */
export function conversationReads(collection: Conversations, pages: MessagePages) {
  const lists = listsOf(collection);

  /** One round trip; a plain find where no messages are wanted. */
  const read = async (
    filter: ConversationQuery,
    slices: readonly MessageSlice[],
  ): Promise<ConversationSnapshot[]> => {
    const documents =
      slices.length === 0
        ? collection.find(filter, { projection: WITHOUT_MESSAGES })
        : collection.aggregate<Head>([{ $match: filter }, ...sliceStages(slices)]);
    return snapshots((await documents.toArray()) as Head[], slices);
  };

  const snapshots = (heads: readonly Head[], slices: readonly MessageSlice[]) =>
    Promise.all(
      heads.map((head) => {
        const parts = slices.map((_, i) => head[`page_${i}`] as MessageDocument[]);
        return toSnapshot({ head, parts }, slices, pages);
      }),
    );

  return {
    async find(userId: string, ref: ConversationRef, slices: readonly MessageSlice[] = []) {
      const key =
        'id' in ref ? { _id: new ObjectId(ref.id) } : { execution_id: new ObjectId(ref.executionId) };
      const filter = { user_id: new ObjectId(userId), ...key };
      if (slices.length > 0) {
        // A head of usual size is sooner read whole than cut by the database.
        const usual = matching(filter, { head_bytes: { $lte: WHOLE_HEAD_BYTES } });
        const [whole] = await collection.aggregate<ConversationDocument>(usual).toArray();
        if (whole !== undefined) return toSnapshot(cut(whole, slices), slices, pages);
      }
      return (await read(filter, slices))[0] ?? null;
    },

    async findMany(userId: string, executionIds: readonly string[], slices: readonly MessageSlice[] = []) {
      const ids = executionIds.map((id) => new ObjectId(id));
      const found = await read({ user_id: new ObjectId(userId), execution_id: { $in: ids } }, slices);
      const byExecution = new Map(found.map((snapshot) => [snapshot.conversation.executionId, snapshot]));
      return executionIds.map((id) => byExecution.get(id) ?? null);
    },

    async list(
      userId: string,
      filter: ConversationFilter,
      page: PageRequest,
      slices: readonly MessageSlice[] = [],
    ) {
      return snapshots(
        await lists.page<Head>(listRequest(userId, filter, page), sliceStages(slices)),
        slices,
      );
    },

    async messageByKey(userId: string, executionId: string, idempotencyKey: string) {
      const who = identity(userId, executionId);
      const key = { $literal: idempotencyKey };
      const [found] = await collection
        .aggregate<{ paged_seq: number; messages: MessageDocument[] }>([
          { $match: who },
          {
            $project: {
              paged_seq: 1,
              messages: { $filter: { input: '$messages', cond: { $eq: ['$$this.idempotency_key', key] } } },
            },
          },
        ])
        .toArray();
      if (found === undefined) return null;
      // After the head: what moves meanwhile is in the pages before it leaves the head.
      const older = found.paged_seq > 0 && found.messages.length === 0;
      const message = older ? await pages.byKey(who, idempotencyKey) : found.messages[0];
      return message ? toMessage(message, executionId) : null;
    },

    async messagesAfter(userId: string, executionId: string, after: number, limit: number) {
      const slice = { after, limit };
      const [head] = await collection
        .aggregate<HeadDocument & { page: MessageDocument[] }>([
          { $match: identity(userId, executionId) },
          {
            $project: {
              ...HEAD_PLACE,
              page: sliceOf(slice),
            },
          },
        ])
        .toArray();
      if (head === undefined) return null;
      const [messages = []] = await fill({ head, parts: [head.page] }, [slice], pages);
      return {
        conversationId: head._id.toHexString(),
        revision: head.revision,
        status: head.status,
        lastSeq: head.last_seq,
        messages: messages.map((message) => toMessage(message, executionId)),
      } satisfies MessagesAfter;
    },

    async ballotsUpTo(userId: string, executionId: string, seq: number) {
      const who = identity(userId, executionId);
      const isBallot = { $and: [{ $ne: ['$$this.vote', null] }, { $lte: ['$$this.seq', seq] }] };
      const [head] = await collection
        .aggregate<{ paged_seq: number; messages: MessageDocument[] }>([
          { $match: who },
          { $project: { paged_seq: 1, messages: { $filter: { input: '$messages', cond: isBallot } } } },
        ])
        .toArray();
      if (head === undefined) return null;
      // After the head: what moves meanwhile is in the pages before it leaves the head.
      const older = head.paged_seq > 0 ? await pages.ballots(who, Math.min(seq, head.paged_seq)) : [];
      return [...older, ...head.messages].map((message) => toMessage(message, executionId));
    },

    async changedSince(userId: string, position: ChangePosition, limit: number) {
      const request = { by: { user_id: new ObjectId(userId) }, ...changedAfter(position), limit };
      return (await lists.changes<Head>(request, sliceStages([]))).map(toConversation);
    },

    async findByIds(userId: string, ids: readonly string[]) {
      const wanted = ids.map((id) => new ObjectId(id));
      const found = await read({ user_id: new ObjectId(userId), _id: { $in: wanted } }, []);
      return found.map(({ conversation }) => conversation);
    },
  };
}

/** By the condition that fewest match, as a rule. */
function listRequest(userId: string, filter: ConversationFilter, page: PageRequest): ListRequest {
  const user = { user_id: new ObjectId(userId) };
  const { updatedSince } = filter;
  const status = filter.status == null ? null : { status: filter.status };
  const conditions = [
    filter.status === 'completed' ? null : status,
    filter.symbol == null ? null : { 'context.symbol': filter.symbol },
    filter.flowId == null ? null : { flow_id: new ObjectId(filter.flowId) },
    filter.userNodeId == null ? null : { user_node_id: new ObjectId(filter.userNodeId) },
    filter.status === 'completed' ? status : null,
  ].filter((one) => one !== null);
  const range = updatedSince == null ? null : { $gte: updatedSince };
  return {
    of: user,
    conditions,
    rest: range === null ? {} : { updated_at: range },
    narrow: range && { by: user, field: 'updated_at', range },
    below: page.after === null ? null : { $lt: new ObjectId(page.after) },
    limit: page.limit,
  };
}
