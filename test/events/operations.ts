import type { RunningApp } from '../support/app.js';
import type { Subscription } from '../support/client.js';
import { flow } from '../support/scenario.js';

export const MESSAGES = /* GraphQL */ `
  subscription Messages($executionId: ID!, $afterSeq: Int) {
    messageAdded(executionId: $executionId, afterSeq: $afterSeq) { seq content { text } }
  }
`;

export const COMPLETED = /* GraphQL */ `
  subscription Completed($executionId: ID, $since: DateTime) {
    voteCompleted(executionId: $executionId, since: $since) {
      consensus { action }
      conversation { executionId status }
    }
  }
`;

export const CHANGED = /* GraphQL */ `
  subscription Changed($executionId: ID, $since: DateTime) {
    conversationChanged(executionId: $executionId, since: $since) {
      executionId
      status
      lastSeq
      outcome { executed action }
      decision { outcome { success } }
    }
  }
`;

export const RECORD_OUTCOME = /* GraphQL */ `
  mutation RecordOutcome($input: RecordOutcomeInput!) {
    recordOutcome(input: $input) { userErrors { code message } }
  }
`;

/** What the messages of a stream said, each as "seq text". */
export async function takeLines(stream: Subscription, n: number, timeoutMs?: number): Promise<string[]> {
  const events = await stream.take(n, timeoutMs);
  return events.map(({ messageAdded }) => `${messageAdded.seq} ${messageAdded.content.text}`);
}

export const takeSeqs = async (stream: Subscription, n: number, timeoutMs?: number): Promise<number[]> =>
  (await stream.take(n, timeoutMs)).map(({ messageAdded }) => messageAdded.seq);

/** The numbers from the first to the last. */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

/** Says so many things, one after the other. */
export async function sayMany(app: RunningApp, executionId: string, texts: readonly string[]): Promise<void> {
  const { say } = flow(app);
  for (const text of texts) await say(executionId, { content: { text } });
}

/** Starts a conversation of one agent and completes its vote. */
export async function completeOne(app: RunningApp): Promise<string> {
  const { start, vote } = flow(app);
  const { executionId } = await start({ totalAgents: 1 });
  await vote(executionId, 'solo', { action: 'BUY', confidence: 80 });
  return executionId;
}
