import type { Conversation } from '../conversation.js';
import type { Message } from '../message.js';
import type { NewMessage, Ports } from '../ports.js';
import { type Answer, accepted } from '../refusal.js';

/** Adds what was said after the vote; null where that is not to be done, or not any more. */
export async function addLate(
  ports: Ports,
  { status, userId, executionId }: Conversation,
  message: NewMessage,
): Promise<Answer<Message> | null> {
  if (status !== 'completed') return null;
  const appended = await ports.conversations.appendLate(userId, executionId, message);
  if (appended === null) return null;
  ports.bus.publish(appended.conversationId, appended.revision, userId);
  return accepted(appended.message);
}

/** Counts a message that is refused since the vote is complete: by its key, or by what it says where it has none. */
export const countLate = (
  ports: Ports,
  { userId, executionId }: Conversation,
  { id, idempotencyKey, contentHash, draft, vote, at }: NewMessage,
): Promise<void> =>
  ports.conversations.countLate(userId, executionId, {
    key: idempotencyKey === id ? contentHash : idempotencyKey,
    agentName: draft.agentName,
    isBallot: vote !== null,
    at,
  });
