import { type Collection, type Document, type Filter, ObjectId } from 'mongodb';
import type {
  ChangePosition,
  ConversationFilter,
  ConversationRef,
  ConversationSnapshot,
  MessageSlice,
  PageRequest,
} from '../domain/ports.js';
import { type HeadDocument, toConversation } from './conversationMapping.js';
import type { ConversationDocument, MessageDocument } from './documents.js';
import { listsOf } from './lists.js';
import { type ListRequest, matching } from './listRequest.js';
import type { MessagePages } from './messagePages.js';
import { cut, toSnapshot } from './snapshots.js';
import { changedAfter, sliceStages, WITHOUT_MESSAGES } from './statements.js';

const WHOLE_HEAD_BYTES = 256 * 1024;

type Head = HeadDocument & Document;
type Conversations = Collection<ConversationDocument>;
type ConversationQuery = Filter<ConversationDocument>;

/** Reads of conversations, with the messages that are asked for. */
export function conversationReads(collection: Conversations, pages: MessagePages) {
  const lists = listsOf(collection);
  const { read, readOne, snapshots } = snapshotReads(collection, pages);
  return {
    async find(userId: string, ref: ConversationRef, slices: readonly MessageSlice[] = []) {
      const key =
        'id' in ref ? { _id: new ObjectId(ref.id) } : { execution_id: new ObjectId(ref.executionId) };
      return readOne({ user_id: new ObjectId(userId), ...key }, slices);
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

/** Reads of `ai_conversations`: messages are loaded only where they are asked for, with what they belong to. */
function snapshotReads(collection: Conversations, pages: MessagePages) {
  const snapshots = (heads: readonly Head[], slices: readonly MessageSlice[]) =>
    Promise.all(
      heads.map((head) => {
        const parts = slices.map((_, i) => head[`page_${i}`] as MessageDocument[]);
        return toSnapshot({ head, parts }, slices, pages);
      }),
    );

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

  /** A head of usual size is sooner read whole than cut by the database. */
  const readOne = async (
    filter: ConversationQuery,
    slices: readonly MessageSlice[],
  ): Promise<ConversationSnapshot | null> => {
    if (slices.length > 0) {
      const usual = matching(filter, { head_bytes: { $lte: WHOLE_HEAD_BYTES } });
      const [whole] = await collection.aggregate<ConversationDocument>(usual).toArray();
      if (whole !== undefined) return toSnapshot(cut(whole, slices), slices, pages);
    }
    return (await read(filter, slices))[0] ?? null;
  };

  return { read, readOne, snapshots };
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
