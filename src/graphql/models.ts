import type { Conversation } from '../domain/conversation.js';
import type { Message } from '../domain/message.js';
import type { NodeRecord } from '../domain/node.js';
import type { ConversationSnapshot, DecisionSummary, MessageSlice } from '../domain/ports.js';
import type { Answer, Refusal } from '../domain/refusal.js';

/** A conversation with those of its messages that were read along with it. */
export interface ConversationModel extends Conversation {
  pages: ReadonlyMap<string, readonly Message[]>;
}

export const sliceKey = (slice: MessageSlice): string =>
  'after' in slice ? `>${slice.after}:${slice.limit}` : `<${slice.before}:${slice.last}`;

export const toModel = (
  { conversation, slices }: ConversationSnapshot,
  asked: readonly MessageSlice[],
): ConversationModel => ({
  ...conversation,
  pages: new Map(asked.map((slice, i) => [sliceKey(slice), slices[i] ?? []])),
});

/** What every command answers beside what it is about. */
interface CommandAnswer<T> {
  /** As it is stored now; null where there is none to see. */
  stored: T | null;
  duplicate: boolean;
  userErrors: Refusal[];
}

export const toCommandAnswer = <T>(answer: Answer<T>): CommandAnswer<T> => ({
  stored: answer.ok ? answer.value : answer.stored,
  duplicate: answer.ok && answer.duplicate,
  userErrors: answer.ok ? [] : answer.refusals,
});

/** What a command on a conversation answers; its messages are read only where they are asked for. */
export type ConversationAnswer = Omit<CommandAnswer<never>, 'stored'> & { conversation: Conversation | null };

export function toConversationAnswer(answer: Answer<Conversation>): ConversationAnswer {
  const { stored, ...rest } = toCommandAnswer(answer);
  return { conversation: stored, ...rest };
}

/** What adding a message answers; the conversation is read only where it is asked for. */
export type MessageAnswer = Omit<CommandAnswer<never>, 'stored'> & {
  message: Message | null;
  executionId: string;
};

/** Each part is read once, and only when a field asks for it. */
export interface LearningStatsModel {
  userNodeId: string;
  since: Date | null;
  summary(): Promise<DecisionSummary>;
  lessons(): Promise<Map<string, number>>;
  node(): Promise<NodeRecord | null>;
}
