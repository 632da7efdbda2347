import { id, insist } from './api.js';
import type { Ledger } from './ledger.js';

const TEXT_BYTES = 32 * 1024;
/** Together with the text: about the largest message there may be. */
const DATA_BYTES = 60 * 1024;
export const MESSAGE_BYTES = TEXT_BYTES + DATA_BYTES;

const DATA = { series: 'x'.repeat(DATA_BYTES) };
const ADD = /* GraphQL */ `
  mutation Add($input: AddMessageInput!) {
    addMessage(input: $input) { userErrors { code message } message { seq } }
  }
`;

export interface PublishOptions {
  url: string;
  /** Writers divide them among themselves. */
  executionIds: readonly string[];
  writers: number;
  bytes: number;
  ledger: Ledger;
}

/** Says the largest messages there may be until there are so many bytes; resolves when all are acknowledged. */
export async function publish(options: PublishOptions): Promise<void> {
  const { executionIds, writers, bytes, ledger } = options;
  for (const executionId of executionIds) ledger.follow(executionId);
  let left = Math.ceil(bytes / MESSAGE_BYTES);
  const write = async (index: number): Promise<void> => {
    const executionId = executionIds[index % executionIds.length] as string;
    while (left-- > 0) await say(options, executionId, `writer-${index}`);
  };
  await Promise.all(Array.from({ length: writers }, (_, index) => write(index)));
}

async function say({ url, ledger }: PublishOptions, executionId: string, agentName: string): Promise<void> {
  const key = id();
  const text = `${key} `.padEnd(TEXT_BYTES, 'The trend is up. ');
  const content = { text, data: DATA };
  const input = {
    executionId,
    idempotencyKey: key,
    agentName,
    agentRole: 'load',
    messageType: 'ANALYSIS',
    content,
  };
  const sentMs = performance.now();
  const { addMessage } = await insist(url, ADD, { input });
  if (addMessage.userErrors.length > 0) {
    throw new Error(`A message was refused: ${JSON.stringify(addMessage.userErrors)}`);
  }
  const answeredMs = performance.now();
  ledger.answered(answeredMs - sentMs);
  ledger.acknowledge({ executionId, key, seq: addMessage.message.seq, text, sentMs, answeredMs });
}
