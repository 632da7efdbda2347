import { LRUCache } from 'lru-cache';
import type { ConversationStatus } from '../domain/conversation.js';
import type { Message } from '../domain/message.js';
import type { Bus, ConversationStore, MessagesAfter } from '../domain/ports.js';
import { Unavailable } from '../domain/unavailable.js';
import { createSignal, pause, type Signal } from './signal.js';

/** How many messages one reading takes. */
const PAGE = 50;
/** How much text is kept in pages for all subscribers that are further behind. */
const PAGES_BYTES = 2 * 1024 * 1024;
/** The newest messages kept for those who are up to date or nearly so: how many, and how much text. */
const TAIL_MESSAGES = 256;
const TAIL_BYTES = 1024 * 1024;
const RETRY_MS = 250;

/** The one reading of a conversation that all its followers in this process share. */
export interface ConversationFeed {
  readonly conversationId: string;
  readonly lastSeq: number;
  readonly status: ConversationStatus;
  readonly revision: number;
  /** Why it cannot be read, though the database is there; null while it can. */
  readonly failure: Error | null;
  /** Fires when any of these changed. */
  readonly changed: Signal;
  /** The next messages after a `seq`: from memory, or from the store for a subscriber far behind. Never empty below `lastSeq`. */
  messagesAfter(seq: number): readonly Message[] | Promise<readonly Message[]>;
  close(): void;
}

export interface FeedOptions {
  store: Pick<ConversationStore, 'messagesAfter'>;
  bus: Bus;
  userId: string;
  executionId: string;
  /** How often to look without having been woken, in ms: what a lost wake-up costs. */
  pollMs: number;
  report: (error: unknown, doing: string) => void;
}

/** Opens a feed; null when there is no such conversation to see. */
export async function openConversationFeed(options: FeedOptions): Promise<ConversationFeed | null> {
  const { store, userId, executionId } = options;
  const first = await store.messagesAfter(userId, executionId, Number.MAX_SAFE_INTEGER, 1);
  return first && follow(options, first);
}

function follow(options: FeedOptions, first: MessagesAfter): ConversationFeed {
  const { store, bus, userId, executionId } = options;
  const { conversationId } = first;
  const closing = new AbortController();
  const changed = createSignal();
  const tail = createTail(first.lastSeq);
  let seen = first;
  let failure: Error | null = null;
  let isStale = false;
  let isReading = false;

  const readOn = async (): Promise<void> => {
    const read = await store.messagesAfter(userId, executionId, tail.lastSeq, PAGE);
    if (read === null) return;
    tail.push(read.messages);
    if (tail.lastSeq < read.lastSeq) isStale = true;
    // Never ahead of the tail, so that what is said to be there can be given.
    seen = { ...read, status: tail.lastSeq < read.lastSeq ? seen.status : read.status, messages: [] };
    changed.fire();
  };

  const look = async (): Promise<void> => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale && !closing.signal.aborted) {
      isStale = false;
      try {
        await readOn();
        failure = null;
      } catch (error) {
        options.report(error, 'reading a conversation for its followers');
        if (error instanceof Unavailable) {
          isStale = true;
          await pause(RETRY_MS, closing.signal);
        } else {
          failure = error as Error;
          changed.fire();
        }
      }
    }
    isReading = false;
  };

  const unsubscribe = bus.subscribe((id, revision) => {
    if (id !== null && id !== conversationId) return;
    if (revision === null || revision > seen.revision) void look();
  });
  const poll = setInterval(() => void look(), options.pollMs);
  // Between the first reading and the subscription something may have been said.
  void look();

  const pages = pageReader(options);
  return {
    conversationId,
    changed,
    get lastSeq() {
      return tail.lastSeq;
    },
    get status() {
      return seen.status;
    },
    get revision() {
      return seen.revision;
    },
    get failure() {
      return failure;
    },
    messagesAfter: (seq) => tail.after(seq) ?? pages.after(seq),
    close() {
      closing.abort();
      unsubscribe();
      clearInterval(poll);
    },
  };
}

/** The newest messages in one unbroken run, bounded in number and size. */
function createTail(startSeq: number) {
  let messages: Message[] = [];
  let lastSeq = startSeq;
  let bytes = 0;
  return {
    get lastSeq() {
      return lastSeq;
    },
    push(added: readonly Message[]): void {
      for (const message of added) {
        messages.push(message);
        bytes += sizeOf(message);
        lastSeq = message.seq;
      }
      let dropped = 0;
      while (messages.length - dropped > TAIL_MESSAGES || (bytes > TAIL_BYTES && dropped < messages.length)) {
        bytes -= sizeOf(messages[dropped] as Message);
        dropped++;
      }
      if (dropped > 0) messages = messages.slice(dropped);
    },
    /** Null when the next one is not kept any more, or never was. */
    after(seq: number): readonly Message[] | null {
      const first = messages[0];
      if (first === undefined || seq + 1 < first.seq) return null;
      return messages.slice(seq + 1 - first.seq, seq + 1 - first.seq + PAGE);
    },
  };
}

const sizeOf = ({ content }: Message): number =>
  content.text.length + (content.data === null ? 0 : JSON.stringify(content.data).length);

/** Older messages by whole pages: followers that catch up together read each page once. */
function pageReader({ store, userId, executionId }: FeedOptions) {
  const pages = new LRUCache<number, readonly Message[]>({
    maxSize: PAGES_BYTES,
    sizeCalculation: (page) => page.reduce((bytes, message) => bytes + sizeOf(message), 1),
  });
  const underWay = new Map<number, Promise<readonly Message[]>>();
  const load = async (start: number): Promise<readonly Message[]> => {
    try {
      const messages = (await store.messagesAfter(userId, executionId, start, PAGE))?.messages ?? [];
      pages.set(start, messages);
      return messages;
    } finally {
      underWay.delete(start);
    }
  };
  return {
    async after(seq: number): Promise<readonly Message[]> {
      const start = Math.floor(seq / PAGE) * PAGE;
      const known = pages.get(start);
      // The last page may have grown since it was read; what is in it does not change.
      if (known !== undefined && known.length > seq - start) return known.slice(seq - start);
      const page = underWay.get(start) ?? load(start);
      underWay.set(start, page);
      return (await page).slice(seq - start);
    },
  };
}
