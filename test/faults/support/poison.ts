import type { Message } from '../../../src/domain/message.js';
import type { ConversationStore, Ports } from '../../../src/domain/ports.js';
import type { Wrap } from './wraps.js';

/** Conversations that are stored well and cannot be read: not at all, or not from the third message on. */
export function createPoison(): Wrap {
  const whole = new Set<string>();
  const third = new Set<string>();
  const withPoison =
    (messagesAfter: ConversationStore['messagesAfter']): ConversationStore['messagesAfter'] =>
    async (userId, executionId, ...slice) => {
      if (whole.has(executionId)) throw new TypeError('Poisoned at its start.');
      const read = await messagesAfter(userId, executionId, ...slice);
      if (read === null || !third.has(executionId)) return read;
      return { ...read, messages: read.messages.map((one) => (one.seq === 3 ? unreadable() : one)) };
    };
  return {
    wrap: (ports: Ports) => ({
      ...ports,
      conversations: {
        ...ports.conversations,
        messagesAfter: withPoison(ports.conversations.messagesAfter),
      },
    }),
    commands: {
      poisonWhole: (executionId: string) => void whole.add(executionId),
      poisonThird: (executionId: string) => void third.add(executionId),
    },
  };
}

const unreadable = (): Message =>
  ({
    content: { text: 'Up.', data: null },
    get seq(): number {
      throw new TypeError('Poisoned midway.');
    },
  }) as unknown as Message;
