import { cleanName, mistypedName, nearName, otherSpelling } from '../agentName.js';
import { echo } from '../echo.js';
import type { Conversation } from '../conversation.js';
import { contentHash } from '../hash.js';
import type { Message, MessageDraft } from '../message.js';
import type { NewVote, NewMessage, Ports } from '../ports.js';
import { type Answer, accepted, type Refusal, refusal, refused, withAdvice } from '../refusal.js';
import type { Viewer } from '../viewer.js';
import type { SwarmVote } from '../voting.js';
import { completeVote, isDue } from './completeVote.js';
import { addLate, countLate } from './lateMessage.js';
import { type AddMessageInput, checkMessage, type VoteInput } from './messageInput.js';

/** How often a message is tried again when what stood in its way is gone when looked at. */
const MAX_ATTEMPTS = 10;

/**
 * Adds what an agent said, and casts the ballot it carries. One round trip where nothing is in dispute; only when the
 * write finds nothing to match is the conversation read, to say why. The last ballot completes the vote.
 */
export async function addMessage(
  ports: Ports,
  viewer: Viewer,
  given: AddMessageInput,
): Promise<Answer<Message>> {
  const input = { ...given, agentName: cleanName(given.agentName) };
  const faults = checkMessage(input, viewer);
  if (faults.length > 0) return refused(faults);
  const { executionId } = input;
  const message = newMessage(ports, input);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const appended = notItsAgent(viewer, input)
      ? null
      : await ports.conversations.append(viewer.userId, executionId, message);
    if (appended !== null) {
      ports.bus.publish(appended.conversationId, appended.revision, viewer.userId);
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

const toVote = (input: VoteInput): NewVote => ({
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
  const { executionId } = input;
  const found = await ports.conversations.find(viewer.userId, { executionId });
  if (found === null) return refused([noConversation(executionId)]);
  const stored = await ports.conversations.messageByKey(viewer.userId, executionId, message.idempotencyKey);
  if (stored !== null) {
    // Its own id: the driver had sent it again after a lost answer.
    if (stored.contentHash === message.contentHash) return accepted(stored, stored.id !== message.id);
    const text = `Expected what was stored under this \`idempotencyKey\`, got other content for ${echo(message.idempotencyKey)}.`;
    return refused([refusal('CONFLICT', text, 'idempotencyKey')], stored);
  }
  const refusals = refusalsOf(found.conversation, viewer, input);
  if (refusals.some(({ code }) => code === 'VOTING_CLOSED') && !notItsAgent(viewer, input)) {
    await countLate(ports, found.conversation, message);
  }
  if (refusals.length > 0) return refused(refusals);
  if (found.conversation.isFull) return refused([refusal('CONVERSATION_FULL', NO_ROOM)]);
  return addLate(ports, found.conversation, message);
}

const NO_ROOM =
  'Expected room for one more message, got none until older ones are moved out of the conversation’s document: ' +
  'send it again later with the same `idempotencyKey`.';

export const noConversation = (executionId: string): Refusal =>
  refusal('NOT_FOUND', `Expected an execution with a conversation, got ${echo(executionId)}.`, 'executionId');

function refusalsOf(conversation: Conversation, viewer: Viewer, input: AddMessageInput): Refusal[] {
  const { agentName, vote, replyToSeq } = input;
  if (conversation.status === 'completed' && !conversation.keepsLate) {
    return [
      refusal(
        'VOTING_CLOSED',
        `Expected an open vote, got one completed with message ${conversation.lastSeq}. A start with \`keepLate: true\` keeps what comes later.`,
      ),
    ];
  }
  if (notItsAgent(viewer, input)) {
    const text = `Expected the agent this token speaks for, ${echo(viewer.agentName)}, got ${echo(agentName)}.`;
    return [refusal('AGENT_NOT_ALLOWED', text, 'agentName')];
  }
  const stranger = vote == null ? null : strangerFault(conversation.swarmVote, agentName);
  if (stranger !== null) return [stranger];
  const named = conversation.swarmVote.agents?.find((agent) => agent.agentName === agentName);
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

/** Why an agent may not vote: it is not on the roster, or, where there is none, an earlier voter in another spelling. */
function strangerFault({ agents, ballots, lateBallots }: SwarmVote, agentName: string): Refusal | null {
  const known = (agents ?? [...ballots, ...lateBallots]).map((one) => one.agentName);
  if (agents !== null && !known.includes(agentName)) {
    const text = `Expected a ballot of one of the ${agents.length} agents named at the start, got one of ${echo(agentName)}.`;
    const meant = nearName(agentName, known) ?? mistypedName(agentName, known);
    return withAdvice(refusal('AGENT_NOT_ALLOWED', text, 'agentName'), meant);
  }
  const former = agents === null ? otherSpelling(agentName, known) : null;
  if (former === null) return null;
  const text = `Expected each agent to vote under one spelling of its name, got ${echo(agentName)} after ${echo(former)}.`;
  return withAdvice(refusal('AGENT_NOT_ALLOWED', text, 'agentName'), former);
}

const notItsAgent = (viewer: Viewer, input: AddMessageInput): boolean =>
  viewer.agentName !== null && viewer.agentName !== input.agentName;
