import { checks } from '../checks.js';
import { echo } from '../echo.js';
import type { Conversation, ConversationOutcome } from '../conversation.js';
import type { Ports } from '../ports.js';
import { type Answer, accepted, refusal, refused } from '../refusal.js';
import type { Viewer } from '../viewer.js';
import type { TradeAction } from '../tradeAction.js';
import { noConversation } from './addMessage.js';

const MAX_REASONING_BYTES = 32 * 1024;

interface RecordOutcomeInput {
  executionId: string;
  executed: boolean;
  action: TradeAction;
  reasoning?: string | null | undefined;
}

/** Sets what was done, once: the same again is the same answer, other values are a conflict. */
export async function recordOutcome(
  ports: Ports,
  viewer: Viewer,
  input: RecordOutcomeInput,
): Promise<Answer<Conversation>> {
  const check = checks();
  check.id('executionId', input.executionId);
  check.size('reasoning', input.reasoning, 0, MAX_REASONING_BYTES);
  if (check.refusals.length > 0) return refused(check.refusals);
  const { executionId, executed, action } = input;
  const reasoning = input.reasoning ?? null;
  const outcome = { executed, action, reasoning, timestamp: ports.clock.now() };
  const recorded = await ports.conversations.recordOutcome(viewer.userId, executionId, outcome);
  if (recorded !== null) {
    ports.bus.publish(recorded.id, recorded.revision, viewer.userId);
    return accepted(recorded);
  }
  const found = await ports.conversations.find(viewer.userId, { executionId });
  if (found === null) return refused([noConversation(executionId)]);
  const { conversation } = found;
  const stored = conversation.outcome;
  if (stored === null) {
    const text = `Expected a complete vote, got one that is ${conversation.status.toUpperCase()}.`;
    return refused([refusal('VOTING_OPEN', text, 'executionId')]);
  }
  if (stored.executed === executed && stored.action === action && stored.reasoning === reasoning) {
    return accepted(conversation, true);
  }
  return refused([refusal('CONFLICT', difference(stored, outcome))], conversation);
}

function difference(stored: ConversationOutcome, given: ConversationOutcome): string {
  if (told(stored) !== told(given)) {
    return `Expected the outcome recorded before (${told(stored)}), got ${told(given)}.`;
  }
  return `Expected the reasoning recorded before, ${echo(stored.reasoning)}, got ${echo(given.reasoning)}.`;
}

const told = ({ executed, action }: ConversationOutcome): string =>
  `${executed ? 'executed' : 'not executed'}, ${action.toUpperCase()}`;
