/** What the streams delivered against what the server says there is. */
export interface StreamCount {
  expected: number;
  received: number;
  missing: number;
  /** Delivered again and dropped. */
  repeated: number;
}

export interface StreamSummary {
  messages: StreamCount;
  votes: StreamCount;
  /** Messages that came after one with a higher `seq`. */
  outOfOrder: number;
  /** Streams that ended with an error, in words. */
  failures: string[];
}

/** A conversation and the number of its last message, as read back from the server. */
export interface Expected {
  executionId: string;
  lastSeq: number;
}

/** Counts each message and each vote once. */
export interface Tally {
  /** Whether this message is new. */
  message(executionId: string, seq: number): boolean;
  /** Whether this vote is new. */
  vote(executionId: string): boolean;
  failure(reason: string): void;
  summary(expected: readonly Expected[]): StreamSummary;
}

export function createTally(): Tally {
  const seen = new Map<string, Set<number>>();
  const highest = new Map<string, number>();
  const votes = new Set<string>();
  const failures: string[] = [];
  let [repeatedMessages, repeatedVotes, outOfOrder] = [0, 0, 0];

  return {
    message(executionId, seq) {
      const numbers = seen.get(executionId) ?? new Set();
      seen.set(executionId, numbers);
      if (numbers.has(seq)) {
        repeatedMessages += 1;
        return false;
      }
      numbers.add(seq);
      if (seq < (highest.get(executionId) ?? 0)) outOfOrder += 1;
      highest.set(executionId, Math.max(seq, highest.get(executionId) ?? 0));
      return true;
    },
    vote(executionId) {
      if (votes.has(executionId)) {
        repeatedVotes += 1;
        return false;
      }
      votes.add(executionId);
      return true;
    },
    failure(reason) {
      failures.push(reason);
    },
    summary(expected) {
      const messages: StreamCount = { expected: 0, received: 0, missing: 0, repeated: repeatedMessages };
      for (const { executionId, lastSeq } of expected) {
        const numbers = seen.get(executionId) ?? new Set();
        messages.expected += lastSeq;
        messages.received += numbers.size;
        for (let seq = 1; seq <= lastSeq; seq += 1) if (!numbers.has(seq)) messages.missing += 1;
      }
      return {
        messages,
        votes: {
          expected: expected.length,
          received: votes.size,
          missing: expected.filter(({ executionId }) => !votes.has(executionId)).length,
          repeated: repeatedVotes,
        },
        outOfOrder,
        failures,
      };
    },
  };
}
