import { type Collection, type Filter, ObjectId } from 'mongodb';
import type {
  ChangePosition,
  ConversationChange,
  ConversationKey,
  ConversationOwner,
} from '../domain/ports.js';
import type { ConversationDocument } from './documents.js';
import { listsOf } from './lists.js';
import { changedAfter, OPEN } from './statements.js';

type Conversations = Collection<ConversationDocument>;
type ConversationQuery = Filter<ConversationDocument>;

/** The only readings without a viewer: they return keys, and at which revision, and nothing else. */
export function conversationKeys(collection: Conversations) {
  const lists = listsOf(collection);
  return {
    dueKeys: (now: Date, limit: number) =>
      keys(collection, { status: OPEN, 'swarm_vote.deadline': { $lte: now } } as ConversationQuery, limit),

    /** Two readings, each by its index: with a second condition the embedded database reads all there are. */
    async aheadKeys(now: Date, limit: number) {
      const found = await Promise.all(
        ['created_at', 'swarm_vote.first_ballot_at'].map((began) =>
          keys(collection, { status: OPEN, [began]: { $gt: now } } as ConversationQuery, limit),
        ),
      );
      return found.flat();
    },

    pendingKeys: (limit: number) => keys(collection, { decision_pending: true }, limit),

    async changes(position: ChangePosition, limit: number): Promise<ConversationChange[]> {
      const projection = { user_id: 1, revision: 1, updated_at: 1 };
      const request = { by: {}, ...changedAfter(position), limit };
      const documents = await lists.changes<ConversationDocument>(request, [{ $project: projection }]);
      return documents.map(({ _id, user_id, revision, updated_at }) => ({
        id: _id.toHexString(),
        userId: user_id.toHexString(),
        revision,
        updatedAt: updated_at,
      }));
    },

    async ownersOf(ids: readonly string[]): Promise<ConversationOwner[]> {
      const wanted = { _id: { $in: ids.map((id) => new ObjectId(id)) } };
      const documents = await collection.find(wanted, { projection: { user_id: 1 } }).toArray();
      return documents.map(({ _id, user_id }) => ({ id: _id.toHexString(), userId: user_id.toHexString() }));
    },
  };
}

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
