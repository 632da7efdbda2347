import { setTimeout as sleep } from 'node:timers/promises';
import type { Findings } from '../fault.js';
import { readMessages, type StoredMessage } from './api.js';
import { type Comparison, compareSeen, compareStored } from './compare.js';
import type { Subscriber } from './subscribers.js';

/** A write that the server has said is stored. Instants are by `performance.now()`. */
export interface Acknowledged {
  executionId: string;
  key: string;
  seq: number;
  text: string;
  /** When the attempt that was acknowledged was sent. */
  sentMs: number;
  answeredMs: number;
}

/** The part of the findings that follows from what was written, stored and seen. */
export type Checked = Pick<
  Findings,
  'acknowledged' | 'lost' | 'storedTwice' | 'missing' | 'repeated' | 'outOfOrder' | 'slowestMs' | 'failures'
>;

export interface CheckOptions {
  /** Where to read what is stored. */
  url: string;
  subscribers: readonly Subscriber[];
  /** How long subscribers may take to see the last message; 20,000 unless told otherwise. */
  limitMs?: number;
}

/** What was promised to writers, and whether it was kept. */
export interface Ledger {
  readonly acknowledged: readonly Acknowledged[];
  /** The slowest attempt that was answered or given up, null before the first. */
  readonly slowestMs: number | null;
  /** The conversation is compared in `check`. */
  follow(executionId: string): void;
  acknowledge(write: Acknowledged): void;
  /** For broken variants: as though it were acknowledged, but nobody who waits for a write is told. */
  claim(write: Acknowledged): void;
  /** An attempt took so long. */
  answered(ms: number): void;
  /** What must not happen whatever fails; each different one becomes a failure, with how often it happened. */
  surprise(what: string): void;
  /** The next acknowledged write that was sent after an instant. */
  nextAcknowledged(sentAfterMs: number): Promise<Acknowledged>;
  /**
   * Waits until all subscribers have seen the last message, then compares what was acknowledged, stored and seen.
   * Call it when the writers have stopped.
   */
  check(options: CheckOptions): Promise<Checked>;
}

export function createLedger(): Ledger {
  const acknowledged: Acknowledged[] = [];
  const executionIds = new Set<string>();
  const surprises = new Map<string, number>();
  let waiting: { sentAfterMs: number; resolve: (write: Acknowledged) => void }[] = [];
  let slowestMs: number | null = null;

  return {
    acknowledged,
    get slowestMs() {
      return slowestMs;
    },
    follow: (executionId) => void executionIds.add(executionId),
    acknowledge(write) {
      acknowledged.push(write);
      const isMet = ({ sentAfterMs }: { sentAfterMs: number }) => write.sentMs > sentAfterMs;
      for (const { resolve } of waiting.filter(isMet)) resolve(write);
      waiting = waiting.filter((waiter) => !isMet(waiter));
    },
    claim: (write) => void acknowledged.push(write),
    answered: (ms) => void (slowestMs = Math.max(slowestMs ?? 0, ms)),
    surprise: (what) => void surprises.set(what, (surprises.get(what) ?? 0) + 1),
    nextAcknowledged: (sentAfterMs) => new Promise((resolve) => void waiting.push({ sentAfterMs, resolve })),

    async check({ url, subscribers, limitMs = 20_000 }) {
      const stored = new Map<string, StoredMessage[]>();
      for (const executionId of executionIds) stored.set(executionId, await readMessages(url, executionId));
      const storedFor = ({ executionId }: { executionId: string }) => stored.get(executionId) ?? [];
      await untilSeen(subscribers, storedFor, limitMs);

      const comparisons: Comparison[] = [
        ...[...stored].map(([executionId, messages]) =>
          compareStored(
            messages,
            acknowledged.filter((write) => write.executionId === executionId),
          ),
        ),
        ...subscribers.map((subscriber) => compareSeen(storedFor(subscriber), subscriber)),
      ];
      const sum = (count: 'lost' | 'storedTwice' | 'missing' | 'repeated' | 'outOfOrder') =>
        comparisons.reduce((total, comparison) => total + comparison[count], 0);
      return {
        acknowledged: acknowledged.length,
        lost: sum('lost'),
        storedTwice: sum('storedTwice'),
        missing: sum('missing'),
        repeated: sum('repeated'),
        outOfOrder: sum('outOfOrder'),
        slowestMs,
        failures: [
          ...comparisons.flatMap(({ failures }) => failures),
          ...[...surprises].map(([what, times]) => `${times} ×: the server ${what}`),
        ],
      };
    },
  };
}

/** Not for ever: what has not come by then is missing. */
async function untilSeen(
  subscribers: readonly Subscriber[],
  storedFor: (subscriber: Subscriber) => readonly StoredMessage[],
  limitMs: number,
): Promise<void> {
  const deadlineMs = performance.now() + limitMs;
  const isBehind = (subscriber: Subscriber) =>
    (subscriber.events.at(-1)?.seq ?? subscriber.afterSeq ?? 0) < (storedFor(subscriber).at(-1)?.seq ?? 0);
  while (subscribers.some(isBehind) && performance.now() < deadlineMs) await sleep(20);
  // What is sent twice comes right behind.
  await sleep(100);
}
