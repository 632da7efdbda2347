import { checks } from '../checks.js';
import type { Conversation } from '../conversation.js';
import type { Ports } from '../ports.js';
import { type Answer, accepted, refused } from '../refusal.js';
import type { Viewer } from '../viewer.js';
import { noConversation } from './addMessage.js';
import { completeVote } from './completeVote.js';

/** Ends the vote with the ballots there are; of a vote that is complete already it answers `duplicate`. */
export async function closeVoting(
  ports: Ports,
  viewer: Viewer,
  input: { executionId: string },
): Promise<Answer<Conversation>> {
  const check = checks();
  check.id('executionId', input.executionId);
  if (check.refusals.length > 0) return refused(check.refusals);
  const found = await ports.conversations.find(viewer.userId, { executionId: input.executionId });
  if (found === null) return refused([noConversation(input.executionId)]);
  const { conversation, isOwn } = await completeVote(ports, viewer.userId, found.conversation);
  return accepted(conversation, !isOwn);
}
