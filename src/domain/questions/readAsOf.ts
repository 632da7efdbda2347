import { asOf } from '../asOf.js';
import type { ConversationRef, ConversationSnapshot, MessageSlice, Ports } from '../ports.js';
import type { Viewer } from '../viewer.js';
import { QuestionRefused } from './arguments.js';

/**
 * A conversation as it was right after message `seq`, with those of its messages that were there by then. Null when
 * there is none to see. @throws {QuestionRefused} where `seq` is not one of its messages, nor 0.
 */
export async function readAsOf(
  ports: Ports,
  { userId }: Viewer,
  ref: ConversationRef,
  seq: number,
  slices: readonly MessageSlice[],
): Promise<ConversationSnapshot | null> {
  const atSeq: MessageSlice = { before: seq + 1, last: 1 };
  const cut = slices.map((slice) => upTo(slice, seq));
  const found = await ports.conversations.find(userId, ref, [...cut, atSeq]);
  if (found === null) return null;
  const { conversation } = found;
  if (seq < 0 || seq > conversation.lastSeq) {
    throw new QuestionRefused(
      `Expected \`asOfSeq\` from 0 to the conversation's last message ${conversation.lastSeq}, got ${seq}.`,
    );
  }
  const ballots = await ports.conversations.ballotsUpTo(userId, conversation.executionId, seq);
  const [last = null] = found.slices.at(-1) ?? [];
  return {
    conversation: asOf(conversation, seq, last, ballots ?? []),
    slices: found.slices.slice(0, -1),
  };
}

/** The part of a slice that was there by then. */
function upTo(slice: MessageSlice, seq: number): MessageSlice {
  if ('after' in slice) {
    return { after: slice.after, limit: Math.max(0, Math.min(slice.limit, seq - slice.after)) };
  }
  return { ...slice, before: slice.before === null ? seq + 1 : Math.min(slice.before, seq + 1) };
}
