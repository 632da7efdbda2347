import { checks } from '../checks.js';
import type { Json, MessageType, Sentiment, Tone } from '../message.js';
import type { FlowPhase } from '../flowPhase.js';
import type { Refusal } from '../refusal.js';
import type { Viewer } from '../viewer.js';
import type { Abstention } from '../voting.js';
import type { TradeAction } from '../tradeAction.js';

type Maybe<T> = T | null | undefined;

const MAX_TEXT_BYTES = 32 * 1024;

export interface AddMessageInput {
  executionId: string;
  idempotencyKey?: Maybe<string>;
  agentName: string;
  agentRole: string;
  aiModel?: Maybe<string>;
  promptVersion?: Maybe<string>;
  messageType: MessageType;
  replyToSeq?: Maybe<number>;
  content: {
    text: string;
    confidence?: Maybe<number>;
    sentiment?: Maybe<Sentiment>;
    data?: Json | undefined;
  };
  vote?: Maybe<VoteInput>;
  ui?: Maybe<{ tone?: Maybe<Tone>; icon?: Maybe<string>; color?: Maybe<string> }>;
  phase?: Maybe<FlowPhase>;
}

export interface VoteInput {
  action?: Maybe<TradeAction>;
  confidence?: Maybe<number>;
  weight?: Maybe<number>;
  abstention?: Maybe<Abstention>;
}

/** What is wrong with a message by itself. */
export function checkMessage(input: AddMessageInput, viewer: Viewer): Refusal[] {
  const check = checks();
  check.id('executionId', input.executionId);
  check.length('idempotencyKey', input.idempotencyKey, 1, 128);
  check.agentName('agentName', input.agentName);
  check.length('agentRole', input.agentRole, 1, 64);
  check.length('aiModel', input.aiModel, 0, 64);
  check.length('promptVersion', input.promptVersion, 0, 64);
  check.range('replyToSeq', input.replyToSeq);
  check.size('content.text', input.content.text, 1, MAX_TEXT_BYTES);
  check.range('content.confidence', input.content.confidence);
  check.json('content.data', input.content.data);
  check.length('ui.icon', input.ui?.icon, 0, 32);
  check.color('ui.color', input.ui?.color);
  if (input.messageType === 'vote' && input.vote == null) {
    check.fault('vote', 'Expected a `vote` on a message of type VOTE, got none.');
  }
  if (input.messageType !== 'vote' && input.vote != null) {
    check.fault(
      'vote',
      `Expected a \`vote\` on messages of type VOTE only, got one on ${input.messageType.toUpperCase()}.`,
    );
  }
  if (input.vote != null) checkVote(check, input.vote, viewer);
  return check.refusals;
}

function checkVote(check: ReturnType<typeof checks>, vote: VoteInput, viewer: Viewer): void {
  const { action, confidence, weight, abstention } = vote;
  check.range('vote.confidence', confidence);
  check.range('vote.weight', weight);
  if (weight != null && viewer.agentName !== null) {
    check.fault('vote.weight', `Expected no \`vote.weight\` with a token bound to one agent, got ${weight}.`);
  }
  if (action == null && abstention == null) {
    check.fault('vote', 'Expected `vote.action` with `vote.confidence`, or `vote.abstention`, got neither.');
  }
  if (action != null && abstention != null) {
    const both = `${action.toUpperCase()} and ${abstention.toUpperCase()}`;
    check.fault('vote.abstention', `Expected \`vote.action\` or \`vote.abstention\`, got both: ${both}.`);
  }
  if (action != null && confidence == null) {
    check.fault(
      'vote.confidence',
      `Expected \`vote.confidence\` from 0 to 100 with \`vote.action\`, got none.`,
    );
  }
  if (action == null && confidence != null) {
    check.fault(
      'vote.confidence',
      `Expected \`vote.confidence\` with \`vote.action\` only, got ${confidence}.`,
    );
  }
}
