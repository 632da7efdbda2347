import type { Collection, Document } from 'mongodb';
import type { MessagesAfter } from '../domain/ports.js';
import { type HeadDocument, toMessage } from './conversationMapping.js';
import type { ConversationDocument, MessageDocument } from './documents.js';
import type { MessagePages } from './messagePages.js';
import { fill } from './snapshots.js';
import { identity, sliceOf } from './statements.js';

const HEAD_PLACE = {
  user_id: 1,
  execution_id: 1,
  status: 1,
  last_seq: 1,
  paged_seq: 1,
  revision: 1,
} as const;

/** Reads of messages of one conversation, from its head and, as far as they have left it, from its pages. */
export function messageReads(collection: Collection<ConversationDocument>, pages: MessagePages) {
  /** The messages in the head for which the condition holds. */
  const inHead = async (who: ReturnType<typeof identity>, condition: Document) => {
    const messages = { $filter: { input: '$messages', cond: condition } };
    const [head] = await collection
      .aggregate<{ paged_seq: number; messages: MessageDocument[] }>([
        { $match: who },
        { $project: { paged_seq: 1, messages } },
      ])
      .toArray();
    return head ?? null;
  };

  return {
    async messageByKey(userId: string, executionId: string, idempotencyKey: string) {
      const who = identity(userId, executionId);
      const key = { $literal: idempotencyKey };
      const found = await inHead(who, { $eq: ['$$this.idempotency_key', key] });
      if (found === null) return null;
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
          { $project: { ...HEAD_PLACE, page: sliceOf(slice) } },
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
      const head = await inHead(who, isBallot);
      if (head === null) return null;
      // After the head: what moves meanwhile is in the pages before it leaves the head.
      const older = head.paged_seq > 0 ? await pages.ballots(who, Math.min(seq, head.paged_seq)) : [];
      return [...older, ...head.messages].map((message) => toMessage(message, executionId));
    },
  };
}
