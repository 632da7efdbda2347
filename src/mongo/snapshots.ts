import type { ConversationSnapshot, MessageSlice } from '../domain/ports.js';
import { type HeadDocument, toConversation, toMessage } from './conversationMapping.js';
import type { ConversationDocument, MessageDocument } from './documents.js';

/** A reading whose slices of messages are in `page_0`, `page_1` … */
export function toSnapshot(
  document: HeadDocument & Record<string, unknown>,
  slices: number,
): ConversationSnapshot {
  const conversation = toConversation(document);
  const pages = Array.from({ length: slices }, (_, i) => document[`page_${i}`] as MessageDocument[]);
  return {
    conversation,
    slices: pages.map((page) => page.map((message) => toMessage(message, conversation.executionId))),
  };
}

/** A reading with its whole head, cut to the slices as `sliceOf` has the database cut it. */
export function toCutSnapshot(
  document: ConversationDocument,
  slices: readonly MessageSlice[],
): ConversationSnapshot {
  const conversation = toConversation(document);
  const cut = (slice: MessageSlice): MessageDocument[] => {
    const { messages, paged_seq } = document;
    if ('after' in slice) {
      const position = Math.max(0, slice.after - paged_seq);
      return messages.slice(position, position + slice.limit);
    }
    const end = slice.before === null ? messages.length : Math.max(0, slice.before - 1 - paged_seq);
    return messages.slice(Math.max(0, end - slice.last), end);
  };
  return {
    conversation,
    slices: slices.map((slice) => cut(slice).map((message) => toMessage(message, conversation.executionId))),
  };
}
