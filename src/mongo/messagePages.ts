import type { Collection, Db, ObjectId } from 'mongodb';
import type { MessageDocument, PageDocument } from './documents.js';

/** No page has more messages, so that the one with a given message is found by its first. */
export const MAX_PAGE_MESSAGES = 128;

/** Whose messages: what names their conversation. */
export interface PagedConversation {
  user_id: ObjectId;
  execution_id: ObjectId;
}

/** Messages that left the head of their conversation. What is at or below a head's `paged_seq` is here, whole. */
export type MessagePages = ReturnType<typeof messagePages>;

export const pageCollection = (db: Db): Collection<PageDocument> =>
  db.collection<PageDocument>('ai_message_pages');

export function messagePages(collection: Collection<PageDocument>) {
  return {
    /** Those from the first to the last `seq`. @throws Error when one is missing: never a silent hole. */
    async read(
      { user_id, execution_id }: PagedConversation,
      first: number,
      last: number,
    ): Promise<MessageDocument[]> {
      const start = { $max: [0, { $subtract: [first, '$first_seq'] }] };
      const count = { $subtract: [last + 1, { $add: ['$first_seq', start] }] };
      const found = await collection
        .aggregate<Pick<PageDocument, 'first_seq' | 'messages'>>([
          // No filter by `last_seq`: the embedded database leaves the index for it.
          {
            $match: { user_id, execution_id, first_seq: { $gt: first - MAX_PAGE_MESSAGES, $lte: last } },
          },
          { $project: { first_seq: 1, messages: { $slice: ['$messages', start, { $max: [1, count] }] } } },
        ])
        .toArray();
      const messages = found.sort((a, b) => a.first_seq - b.first_seq).flatMap((page) => page.messages);
      if (messages.length !== last - first + 1 || messages[0]?.seq !== first) {
        throw new Error(`Expected the messages ${first} to ${last} in their pages, got ${messages.length}.`);
      }
      return messages;
    },

    /** Those that cast a ballot, up to a `seq`, oldest first. */
    async ballots({ user_id, execution_id }: PagedConversation, upTo: number): Promise<MessageDocument[]> {
      const cond = { $and: [{ $ne: ['$$this.vote', null] }, { $lte: ['$$this.seq', upTo] }] };
      const found = await collection
        .aggregate<Pick<PageDocument, 'first_seq' | 'messages'>>([
          { $match: { user_id, execution_id, first_seq: { $lte: upTo } } },
          { $project: { first_seq: 1, messages: { $filter: { input: '$messages', cond } } } },
        ])
        .toArray();
      return found.sort((a, b) => a.first_seq - b.first_seq).flatMap((page) => page.messages);
    },

    async byKey(
      { user_id, execution_id }: PagedConversation,
      idempotencyKey: string,
    ): Promise<MessageDocument | null> {
      const cond = { $eq: ['$$this.idempotency_key', { $literal: idempotencyKey }] };
      const [found] = await collection
        .aggregate<Pick<PageDocument, 'messages'>>([
          { $match: { user_id, execution_id, 'messages.idempotency_key': idempotencyKey } },
          { $project: { messages: { $filter: { input: '$messages', cond } } } },
        ])
        .toArray();
      return found?.messages[0] ?? null;
    },
  };
}
