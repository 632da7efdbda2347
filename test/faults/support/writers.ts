import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, id, send, withoutIds } from './api.js';
import { onCleanup } from './cleanup.js';
import type { Acknowledged, Ledger } from './ledger.js';

export interface WritersOptions {
  /** Where the next attempt goes. */
  urls: () => string;
  /** Writer 1 writes to the first one, writer 2 to the second one, and so on in turn. */
  executionIds: readonly string[];
  writers: number;
  ledger: Ledger;
  /** Between an acknowledgement and the next message; 5 unless told otherwise. */
  pauseMs?: number;
  /** How long one attempt waits for its answer; 5,000 unless told otherwise. */
  attemptMs?: number;
  /** Broken: a retry has a key of its own. */
  isUnkeyedOnRetry?: boolean;
  /** Broken: every tenth message counts as acknowledged and is never sent. */
  isUnsent?: boolean;
}

/** Programs that say one message after another, each again with its key until it is acknowledged. */
export interface Writers {
  /** The next acknowledged write that was sent after an instant of `performance.now()`; fails after `limitMs`. */
  acknowledgedAfter(sentAfterMs: number, limitMs?: number): Promise<Acknowledged>;
  /** Says nothing new; resolves when all that was said is acknowledged, fails after `limitMs`. */
  stop(limitMs?: number): Promise<void>;
}

const ADD = /* GraphQL */ `
  mutation Add($input: AddMessageInput!) {
    addMessage(input: $input) { duplicate userErrors { code message } message { seq } }
  }
`;

export function startWriters(options: WritersOptions): Writers {
  const { executionIds, writers, ledger } = options;
  for (const executionId of executionIds) ledger.follow(executionId);
  let isStopping = false;
  const givingUp = new AbortController();
  const state = { isStopping: () => isStopping, signal: givingUp.signal };
  const working = Promise.all(
    Array.from({ length: writers }, (_, index) =>
      write({
        ...options,
        ...state,
        index,
        executionId: executionIds[index % executionIds.length] as string,
      }),
    ),
  );
  // Told to who waits in `stop`.
  working.catch(() => {});
  onCleanup(() => {
    isStopping = true;
    givingUp.abort();
  });
  return {
    acknowledgedAfter: (sentAfterMs, limitMs = 60_000) =>
      within(limitMs, 'a write was acknowledged', ledger.nextAcknowledged(sentAfterMs)),
    async stop(limitMs = 30_000) {
      isStopping = true;
      await within(limitMs, 'all writes were acknowledged', working);
    },
  };
}

interface Writer extends WritersOptions {
  index: number;
  executionId: string;
  isStopping: () => boolean;
  signal: AbortSignal;
}

async function write(writer: Writer): Promise<void> {
  const { ledger, executionId, index, pauseMs = 5 } = writer;
  let lastSeq = 0;
  for (let n = 1; !writer.isStopping(); n++) {
    const text = `Writer ${index} says ${n} (${id()}).`;
    if (writer.isUnsent && n % 10 === 0) {
      ledger.claim({ executionId, key: id(), seq: lastSeq + 1, text, sentMs: 0, answeredMs: 0 });
      continue;
    }
    const acknowledged = await say(writer, text);
    if (acknowledged !== null) {
      lastSeq = acknowledged.seq;
      ledger.acknowledge(acknowledged);
    }
    await sleep(pauseMs);
  }
}

/** Null when it was refused, or this is all over. */
async function say(writer: Writer, text: string): Promise<Acknowledged | null> {
  const { executionId, ledger, urls, attemptMs = 5_000 } = writer;
  let key = id();
  while (!writer.signal.aborted) {
    const input = {
      executionId,
      idempotencyKey: key,
      agentName: `writer-${writer.index}`,
      agentRole: 'load',
      messageType: 'ANALYSIS',
      content: { text },
    };
    const sentMs = performance.now();
    const answer = await attempt(ledger, () => send(urls(), ADD, { input }, attemptMs), sentMs);
    const payload = answer?.data?.addMessage;
    if (payload?.userErrors.length > 0) {
      ledger.surprise(`refused a message: ${JSON.stringify(payload.userErrors)}`);
      return null;
    }
    if (payload?.message != null) {
      return { executionId, key, seq: payload.message.seq, text, sentMs, answeredMs: performance.now() };
    }
    if (writer.isUnkeyedOnRetry) key = id();
    await sleep(20 + Math.random() * 40);
  }
  return null;
}

/** Null when nothing was answered. */
async function attempt(ledger: Ledger, ask: () => Promise<Answer>, sentMs: number): Promise<Answer | null> {
  try {
    const answer = await ask();
    ledger.answered(performance.now() - sentMs);
    for (const { message, extensions } of answer.errors ?? []) {
      if (extensions?.code !== 'UNAVAILABLE') {
        ledger.surprise(`answered a message with ${extensions?.code}: ${withoutIds(message)}`);
      }
    }
    return answer;
  } catch (error) {
    // What was reset or refused was not answered; what is waited for in vain is the slowest there is.
    if ((error as Error).name === 'TimeoutError') ledger.answered(performance.now() - sentMs);
    return null;
  }
}

async function within<T>(limitMs: number, what: string, event: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = sleep(limitMs, null, { signal: over.signal }).then((): never => {
    throw new Error(`Not within ${limitMs} ms: ${what}`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([event, late]);
  } finally {
    over.abort();
  }
}
