import { type Asking, ask } from './asking.js';
import type { Ledger } from './ledger.js';

/** What `addMessage` answers. */
export interface Said {
  duplicate: boolean;
  userErrors: { code: string; message: string }[];
  message: { id: string; seq: number; content: { text: string } } | null;
}

export const ADD_MESSAGE = /* GraphQL */ `
  mutation Add($input: AddMessageInput!) {
    addMessage(input: $input) {
      duplicate
      userErrors { code message }
      message { id seq content { text } }
    }
  }
`;

/** What one agent says under a key of its own. */
export const messageInput = (executionId: string, key: string, text: string) => ({
  executionId,
  idempotencyKey: key,
  agentName: 'analyst',
  agentRole: 'load',
  messageType: 'ANALYSIS',
  content: { text },
});

/** Says it until it is answered. */
export async function say(asking: Asking, executionId: string, key: string, text: string): Promise<Said> {
  return (await ask(asking, ADD_MESSAGE, { input: messageInput(executionId, key, text) })).addMessage;
}

export interface SayManyOptions extends Asking {
  executionId: string;
  /** The first and the last number: messages are told apart by it, in key and text. */
  first: number;
  last: number;
  writers: number;
  /** How long each text is; as short as it can be unless told otherwise. */
  bytes?: number;
  ledger: Ledger;
}

/** What message `n` says, so long. */
export const textOf = (n: number, bytes = 0): string => `Message ${n}. `.padEnd(bytes, 'x');
export const keyOf = (n: number): string => `key ${n}`;

/** All of them, by so many writers at once, each message until it is acknowledged. */
export async function sayMany(options: SayManyOptions): Promise<void> {
  const { executionId, last, writers, bytes, ledger } = options;
  ledger.follow(executionId);
  let next = options.first;
  const write = async (): Promise<void> => {
    while (next <= last) {
      const n = next++;
      const [key, text] = [keyOf(n), textOf(n, bytes)];
      const sentMs = performance.now();
      const { message, userErrors } = await say(options, executionId, key, text);
      const answeredMs = performance.now();
      ledger.answered(answeredMs - sentMs);
      if (message === null || userErrors.length > 0) {
        ledger.surprise(`refused a message: ${JSON.stringify(userErrors)}`);
      } else {
        ledger.acknowledge({ executionId, key, seq: message.seq, text, sentMs, answeredMs });
      }
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
}
