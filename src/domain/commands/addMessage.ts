import { checks, echo } from '../checks.js';
import type { Conversation } from '../conversation.js';
import { contentHash } from '../hash.js';
import type { FlowPhase, Json, Message, MessageDraft, MessageType, Sentiment, Tone } from '../message.js';
import type { CastVote, NewMessage, Ports } from '../ports.js';
import { type Answer, accepted, type Refusal, refusal, refused } from '../refusal.js';
import type { Viewer } from '../viewer.js';
import type { Abstention, TradeAction } from '../voting.js';
import { completeVote, isDue } from './completeVote.js';

type Maybe<T> = T | null | undefined;

const MAX_TEXT_BYTES = 32 * 1024;
/** How often a message is tried again when what stood in its way is gone when looked at. */
const MAX_ATTEMPTS = 10;

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

interface VoteInput {
  action?: Maybe<TradeAction>;
  confidence?: Maybe<number>;
  weight?: Maybe<number>;
  abstention?: Maybe<Abstention>;
}

/**
 * Adds what an agent said, and casts the ballot it carries. One round trip where nothing is in dispute; only when the
 * write finds nothing to match is the conversation read, to say why. The last ballot completes the vote.
 */
export async function addMessage(
  ports: Ports,
  viewer: Viewer,
  input: AddMessageInput,
): Promise<Answer<Message>> {
  const faults = checkMessage(input, viewer);
  if (faults.length > 0) return refused(faults);
  const executionId = input.executionId.toLowerCase();
  const message = newMessage(ports, input);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const appended = notItsAgent(viewer, input)
      ? null
      : await ports.conversations.append(viewer.userId, executionId, message);
    if (appended !== null) {
      ports.bus.publish(appended.conversationId, appended.revision);
      if (appended.conversation !== null) await completeIfDue(ports, viewer, appended.conversation);
      return accepted(appended.message);
    }
    const answer = await explain(ports, viewer, input, message);
    if (answer !== null) return answer;
  }
  throw new Error('The message was refused by the store and by no rule.');
}

/** The ballot is stored by now: whatever goes wrong here is not the caller's, and is done later by the sweep. */
async function completeIfDue(ports: Ports, viewer: Viewer, conversation: Conversation): Promise<void> {
  if (!isDue(conversation, ports.clock.now())) return;
  try {
    await completeVote(ports, viewer.userId, conversation);
  } catch (error) {
    ports.report(error, 'completing a vote');
  }
}

function newMessage(ports: Ports, input: AddMessageInput): NewMessage {
  const id = ports.newId();
  const draft = toDraft(input);
  const vote = input.vote == null ? null : toVote(input.vote);
  const phase = input.phase ?? null;
  return {
    id,
    draft,
    vote,
    phase,
    idempotencyKey: input.idempotencyKey ?? id,
    contentHash: contentHash({ draft, vote, phase }),
    at: ports.clock.now(),
  };
}

const toDraft = (input: AddMessageInput): MessageDraft => ({
  agentName: input.agentName,
  agentRole: input.agentRole,
  aiModel: input.aiModel ?? null,
  promptVersion: input.promptVersion ?? null,
  messageType: input.messageType,
  replyToSeq: input.replyToSeq ?? null,
  content: {
    text: input.content.text,
    confidence: input.content.confidence ?? null,
    sentiment: input.content.sentiment ?? null,
    data: input.content.data ?? null,
  },
  ui:
    input.ui == null
      ? null
      : { tone: input.ui.tone ?? null, icon: input.ui.icon ?? null, color: input.ui.color ?? null },
});

const toVote = (input: VoteInput): CastVote => ({
  action: input.action ?? null,
  confidence: input.confidence ?? null,
  weight: input.weight ?? null,
  abstention: input.abstention ?? null,
});

/** Why nothing matched, in the order in which refusals count; null when nothing stands in the way any more. */
async function explain(
  ports: Ports,
  viewer: Viewer,
  input: AddMessageInput,
  message: NewMessage,
): Promise<Answer<Message> | null> {
  const executionId = input.executionId.toLowerCase();
  const found = await ports.conversations.find(viewer.userId, { executionId });
  if (found === null) return refused([noConversation(input.executionId)]);
  const stored = await ports.conversations.messageByKey(viewer.userId, executionId, message.idempotencyKey);
  if (stored !== null) {
    // Its own id: the driver had sent it again after a lost answer.
    if (stored.contentHash === message.contentHash) return accepted(stored, stored.id !== message.id);
    const text = `Expected what was stored under this \`idempotencyKey\`, got other content for ${echo(message.idempotencyKey)}.`;
    return refused([refusal('CONFLICT', text, 'idempotencyKey')], stored);
  }
  const refusals = refusalsOf(found.conversation, viewer, input);
  if (refusals.length > 0) return refused(refusals);
  if (found.conversation.isFull)
    return refused([
      refusal('CONVERSATION_FULL', 'Expected a conversation with room left, got one at its limit.'),
    ]);
  return null;
}

export const noConversation = (executionId: string): Refusal =>
  refusal('NOT_FOUND', `Expected an execution with a conversation, got ${echo(executionId)}.`, 'executionId');

function refusalsOf(conversation: Conversation, viewer: Viewer, input: AddMessageInput): Refusal[] {
  const { agentName, vote, replyToSeq } = input;
  if (conversation.status === 'completed') {
    return [
      refusal(
        'VOTING_CLOSED',
        `Expected an open vote, got one completed with message ${conversation.lastSeq}.`,
      ),
    ];
  }
  if (notItsAgent(viewer, input)) {
    const text = `Expected the agent this token speaks for, "${viewer.agentName}", got "${agentName}".`;
    return [refusal('AGENT_NOT_ALLOWED', text, 'agentName')];
  }
  const { agents } = conversation.swarmVote;
  const named = agents?.find((agent) => agent.agentName === agentName);
  if (vote != null && agents !== null && named === undefined) {
    const text = `Expected a ballot of one of the ${agents.length} agents named at the start, got one of "${agentName}".`;
    return [refusal('AGENT_NOT_ALLOWED', text, 'agentName')];
  }
  const refusals: Refusal[] = [];
  if (vote?.weight != null && named?.weight != null && named.weight !== vote.weight) {
    const text = `Expected \`vote.weight\` to be ${named.weight} as named at the start, or left out, got ${vote.weight}.`;
    refusals.push(refusal('INVALID', text, 'vote.weight'));
  }
  if (replyToSeq != null && replyToSeq > conversation.lastSeq) {
    const there = conversation.lastSeq === 0 ? 'none yet' : `1 to ${conversation.lastSeq}`;
    const text = `Expected \`replyToSeq\` of a message there is, ${there}, got ${replyToSeq}.`;
    refusals.push(refusal('INVALID', text, 'replyToSeq'));
  }
  return refusals;
}

const notItsAgent = (viewer: Viewer, input: AddMessageInput): boolean =>
  viewer.agentName !== null && viewer.agentName !== input.agentName;

function checkMessage(input: AddMessageInput, viewer: Viewer): Refusal[] {
  const check = checks();
  check.id('executionId', input.executionId);
  check.length('idempotencyKey', input.idempotencyKey, 1, 128);
  check.agentName('agentName', input.agentName);
  check.length('agentRole', input.agentRole, 1, 64);
  check.length('aiModel', input.aiModel, 0, 64);
  check.length('promptVersion', input.promptVersion, 0, 64);
  check.range('replyToSeq', input.replyToSeq, 1, 2_147_483_647);
  check.size('content.text', input.content.text, 1, MAX_TEXT_BYTES);
  check.range('content.confidence', input.content.confidence, 0, 100);
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
  check.range('vote.confidence', confidence, 0, 100);
  check.range('vote.weight', weight, 0, 100);
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
