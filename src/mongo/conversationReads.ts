import { type Collection, type Document, type Filter, ObjectId } from 'mongodb';
import type {
  ChangePosition,
  ConversationFilter,
  ConversationKey,
  ConversationRef,
  ConversationSnapshot,
  MessageSlice,
  MessagesAfter,
  PageRequest,
} from '../domain/ports.js';
import { type HeadDocument, toConversation, toMessage } from './conversationMapping.js';
import type { ConversationDocument, MessageDocument } from './documents.js';
import { toCutSnapshot, toSnapshot } from './snapshots.js';
import { OPEN, sliceOf, sliceStages } from './statements.js';

const WHOLE_HEAD_BYTES = 256 * 1024;

type Conversations = Collection<ConversationDocument>;
type ConversationQuery = Filter<ConversationDocument>;

/** Reads of `ai_conversations`: messages are loaded only where they are asked for, with what they belong to. */
export function conversationReads(collection: Conversations) {
  /** One round trip; a plain find where no messages are wanted. */
  const read = async (
    filter: ConversationQuery,
    slices: readonly MessageSlice[],
    page: { limit?: number; sort?: Record<string, 1 | -1> } = {},
  ): Promise<ConversationSnapshot[]> => {
    const { limit, sort } = page;
    if (slices.length === 0) {
      const cursor = collection.find(filter, { projection: { messages: 0 } });
      if (sort) cursor.sort(sort);
      if (limit) cursor.limit(limit);
      return (await cursor.toArray()).map((document) => ({
        conversation: toConversation(document),
        slices: [],
      }));
    }
    const documents = await collection
      .aggregate<HeadDocument & Document>([
        { $match: filter },
        ...(sort ? [{ $sort: sort }] : []),
        ...(limit ? [{ $limit: limit }] : []),
        ...sliceStages(slices),
      ])
      .toArray();
    return documents.map((document) => toSnapshot(document, slices.length));
  };

  return {
    async find(userId: string, ref: ConversationRef, slices: readonly MessageSlice[] = []) {
      const key =
        'id' in ref ? { _id: new ObjectId(ref.id) } : { execution_id: new ObjectId(ref.executionId) };
      const filter = { user_id: new ObjectId(userId), ...key };
      if (slices.length > 0) {
        // A head of usual size is sooner read whole than cut by the database.
        const whole = await collection.findOne({ ...filter, head_bytes: { $lte: WHOLE_HEAD_BYTES } });
        if (whole !== null) return toCutSnapshot(whole, slices);
      }
      return (await read(filter, slices, { limit: 1 }))[0] ?? null;
    },

    async findMany(userId: string, executionIds: readonly string[], slices: readonly MessageSlice[] = []) {
      const ids = executionIds.map((id) => new ObjectId(id));
      const found = await read({ user_id: new ObjectId(userId), execution_id: { $in: ids } }, slices);
      const byExecution = new Map(found.map((snapshot) => [snapshot.conversation.executionId, snapshot]));
      return executionIds.map((id) => byExecution.get(id) ?? null);
    },

    list: (
      userId: string,
      filter: ConversationFilter,
      page: PageRequest,
      slices: readonly MessageSlice[] = [],
    ) => read(listFilter(userId, filter, page), slices, { limit: page.limit, sort: { _id: -1 } }),

    async messageByKey(userId: string, executionId: string, idempotencyKey: string) {
      const key = { $literal: idempotencyKey };
      const [found] = await collection
        .aggregate<{ messages: MessageDocument[] }>([
          { $match: { user_id: new ObjectId(userId), execution_id: new ObjectId(executionId) } },
          {
            $project: {
              messages: { $filter: { input: '$messages', cond: { $eq: ['$$this.idempotency_key', key] } } },
            },
          },
        ])
        .toArray();
      const message = found?.messages[0];
      return message === undefined ? null : toMessage(message, executionId);
    },

    async messagesAfter(userId: string, executionId: string, after: number, limit: number) {
      const [found] = await collection
        .aggregate<
          Pick<ConversationDocument, '_id' | 'status' | 'last_seq' | 'revision'> & { page: MessageDocument[] }
        >([
          { $match: { user_id: new ObjectId(userId), execution_id: new ObjectId(executionId) } },
          { $project: { status: 1, last_seq: 1, revision: 1, page: sliceOf({ after, limit }) } },
        ])
        .toArray();
      if (found === undefined) return null;
      return {
        conversationId: found._id.toHexString(),
        revision: found.revision,
        status: found.status,
        lastSeq: found.last_seq,
        messages: found.page.map((message) => toMessage(message, executionId)),
      } satisfies MessagesAfter;
    },

    async changedSince(userId: string, { updatedAt, id }: ChangePosition, limit: number) {
      const later: ConversationQuery =
        id === null
          ? { updated_at: { $gte: updatedAt } }
          : {
              $or: [
                { updated_at: { $gt: updatedAt } },
                { updated_at: updatedAt, _id: { $gt: new ObjectId(id) } },
              ],
            };
      const page = { limit, sort: { updated_at: 1, _id: 1 } as const };
      return (await read({ user_id: new ObjectId(userId), ...later }, [], page)).map(
        (found) => found.conversation,
      );
    },

    async findByIds(userId: string, ids: readonly string[]) {
      const wanted = ids.map((id) => new ObjectId(id));
      const found = await read({ user_id: new ObjectId(userId), _id: { $in: wanted } }, []);
      return found.map(({ conversation }) => conversation);
    },

    dueKeys: (now: Date, limit: number) =>
      keys(collection, { status: OPEN, 'swarm_vote.deadline': { $lte: now } } as ConversationQuery, limit),

    pendingKeys: (limit: number) => keys(collection, { decision_pending: true }, limit),
  };
}

/** The only readings without a viewer: they return keys and nothing else. */
async function keys(
  collection: Conversations,
  filter: ConversationQuery,
  limit: number,
): Promise<ConversationKey[]> {
  const documents = await collection
    .find(filter, { projection: { _id: 0, user_id: 1, execution_id: 1 }, limit })
    .toArray();
  return documents.map((document) => ({
    userId: document.user_id.toHexString(),
    executionId: document.execution_id.toHexString(),
  }));
}

function listFilter(userId: string, filter: ConversationFilter, page: PageRequest): ConversationQuery {
  return {
    user_id: new ObjectId(userId),
    ...(filter.status == null ? {} : { status: filter.status }),
    ...(filter.symbol == null ? {} : { 'context.symbol': filter.symbol }),
    ...(filter.userNodeId == null ? {} : { user_node_id: new ObjectId(filter.userNodeId) }),
    ...(filter.flowId == null ? {} : { flow_id: new ObjectId(filter.flowId) }),
    ...(filter.updatedSince == null ? {} : { updated_at: { $gte: filter.updatedSince } }),
    ...(page.after === null ? {} : { _id: { $lt: new ObjectId(page.after) } }),
  } as ConversationQuery;
}
