import type { SeenEvent, Subscriber } from './subscribers.js';

/** What a client of another kind saw, to be compared as that of any subscriber. */
export interface SeenRecord extends Subscriber {
  /** The `seq` to go on after. */
  readonly lastSeq: number;
  saw(message: { seq: number; content: { text: string } }): void;
}

/** Of one subscription to all messages of a conversation, from the first one. */
export function createRecord(executionId: string): SeenRecord {
  const events: SeenEvent[] = [];
  return {
    executionId,
    afterSeq: 0,
    events,
    connects: 1,
    refusals: new Map(),
    hasEnded: false,
    get lastSeq() {
      return events.at(-1)?.seq ?? 0;
    },
    saw: ({ seq, content }) => void events.push({ seq, text: content.text, atMs: performance.now() }),
    async stop() {},
  };
}
