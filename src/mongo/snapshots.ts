import type { ConversationSnapshot, MessageSlice } from '../domain/ports.js';
import { type HeadDocument, toConversation, toMessage } from './conversationMapping.js';
import type { ConversationDocument, MessageDocument } from './documents.js';
import type { MessagePages } from './messagePages.js';

/** A reading of a head: all but its messages, and of these, for each slice, what is in the head. */
interface CutHead {
  head: HeadDocument;
  parts: MessageDocument[][];
}

/** The first and the last `seq` of a slice; none where the first is above the last. */
function seqsOf(slice: MessageSlice, lastSeq: number): { first: number; last: number } {
  if ('after' in slice) {
    return { first: slice.after + 1, last: Math.min(lastSeq, slice.after + slice.limit) };
  }
  const last = slice.before === null ? lastSeq : Math.min(lastSeq, slice.before - 1);
  return { first: Math.max((slice.above ?? 0) + 1, last - slice.last + 1), last };
}

/** Of a head that was read with its messages, as `sliceOf` has the database cut them. */
export function cut(document: ConversationDocument, slices: readonly MessageSlice[]): CutHead {
  const { messages, paged_seq, last_seq } = document;
  const parts = slices.map((slice) => {
    const { first, last } = seqsOf(slice, last_seq);
    return messages.slice(Math.max(0, first - 1 - paged_seq), Math.max(0, last - paged_seq));
  });
  return { head: document, parts };
}

/** The slices whole: what the head has not any more comes from its pages, which had it before. */
export async function fill(
  { head, parts }: CutHead,
  slices: readonly MessageSlice[],
  pages: MessagePages,
): Promise<MessageDocument[][]> {
  return Promise.all(
    slices.map(async (slice, i) => {
      const part = parts[i] ?? [];
      const { first, last } = seqsOf(slice, head.last_seq);
      const lastPaged = Math.min(last, head.paged_seq);
      return first > lastPaged ? part : [...(await pages.read(head, first, lastPaged)), ...part];
    }),
  );
}

export async function toSnapshot(
  cutHead: CutHead,
  slices: readonly MessageSlice[],
  pages: MessagePages,
): Promise<ConversationSnapshot> {
  const conversation = toConversation(cutHead.head);
  const filled = cutHead.head.paged_seq === 0 ? cutHead.parts : await fill(cutHead, slices, pages);
  return {
    conversation,
    slices: filled.map((part) => part.map((message) => toMessage(message, conversation.executionId))),
  };
}
