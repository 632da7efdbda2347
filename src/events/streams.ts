import type { Conversation } from '../domain/conversation.js';
import type { Message } from '../domain/message.js';
import type { Bus, ConversationStore } from '../domain/ports.js';
import { Unavailable } from '../domain/unavailable.js';
import { createChangePoll } from './changePoll.js';
import { type ConversationFeed, openConversationFeed } from './conversationFeed.js';
import { createLately } from './lately.js';
import { type Held, shared } from './shared.js';
import { abortable, pause } from './signal.js';
import { openUserFeed, type UserFeed } from './userFeed.js';

const RETRY_MS = 250;

export type StreamFault = 'NOT_FOUND' | 'BEFORE_START' | 'PAST_END';

/** Why a stream cannot be served; said before its first event. */
export class StreamRefused extends Error {
  constructor(
    readonly fault: StreamFault,
    message: string,
  ) {
    super(message);
    this.name = 'StreamRefused';
  }
}

/** Streams from the store. Each follower pulls at its own pace and holds only its place, so a slow one costs nothing. */
export interface Streams {
  /** @throws {StreamRefused} An unknown execution; an `afterSeq` below 0 or above the last. Null: new ones only. */
  messages(
    userId: string,
    executionId: string,
    afterSeq: number | null,
  ): Promise<AsyncIterableIterator<Message>>;
  /** Now, and after each change, the latest state only; never ends. @throws {StreamRefused} */
  conversation(userId: string, executionId: string): Promise<AsyncIterableIterator<Conversation>>;
  /** The completed conversation, then the end. @throws {StreamRefused} */
  completion(userId: string, executionId: string): Promise<AsyncIterableIterator<Conversation>>;
  /** Each of the user's that changed since an instant (null: now), then each that changes; the latest state only. */
  conversations(userId: string, since: Date | null): AsyncIterableIterator<Conversation>;
  /** Each of the user's that was completed since an instant (null: now), then each that is. */
  completions(userId: string, since: Date | null): AsyncIterableIterator<Conversation>;
  stop(): void;
}

export interface StreamsOptions {
  store: ConversationStore;
  bus: Bus;
  now: () => Date;
  pollMs: number;
  report: (error: unknown, doing: string) => void;
}

export function createStreams(options: StreamsOptions): Streams {
  const { store } = options;
  const conversations = shared<ConversationFeed>();
  const users = shared<UserFeed>();
  const poll = createChangePoll(options);

  const open = async (userId: string, executionId: string): Promise<Held<ConversationFeed>> => {
    const key = `${userId}/${executionId}`;
    const held = await conversations.hold(key, () =>
      openConversationFeed({ ...options, userId, executionId }),
    );
    if (held !== null) return held;
    throw new StreamRefused('NOT_FOUND', `Expected an execution with a conversation, got "${executionId}".`);
  };
  async function* userChanges(userId: string, since: Date | null, abort: AbortSignal) {
    const held = await users.hold(userId, async () => openUserFeed({ ...options, poll, userId }));
    if (held === null) return;
    try {
      yield* held.feed.changes(since, abort);
    } finally {
      held.release();
    }
  }

  return {
    async messages(userId, executionId, afterSeq) {
      const held = await open(userId, executionId);
      const { feed, release } = held;
      const lastSeq = feed.lastSeq;
      if (afterSeq !== null && (afterSeq < 0 || afterSeq > lastSeq)) {
        // The feed may be a moment behind what the client was told by another process.
        const now =
          afterSeq < 0
            ? null
            : await store.messagesAfter(userId, executionId, afterSeq, 1).catch(releasing(release));
        if (afterSeq < 0 || now === null || afterSeq > now.lastSeq) {
          release();
          const text = `Expected \`afterSeq\` from 0 to the conversation's last message ${now?.lastSeq ?? lastSeq}, got ${afterSeq}.`;
          throw new StreamRefused(afterSeq < 0 ? 'BEFORE_START' : 'PAST_END', text);
        }
      }
      return abortable((abort) => followMessages(held, afterSeq ?? lastSeq, abort), release);
    },

    async conversation(userId, executionId) {
      const held = await open(userId, executionId);
      return abortable(
        (abort) => followConversation(held, abort, () => store.find(userId, { executionId })),
        held.release,
      );
    },

    async completion(userId, executionId) {
      const held = await open(userId, executionId);
      return abortable(
        (abort) => followCompletion(held, abort, () => store.find(userId, { executionId })),
        held.release,
      );
    },

    conversations: (userId, since) =>
      abortable(async function* (abort) {
        for await (const { conversation } of userChanges(userId, since, abort)) yield conversation;
      }),

    completions: (userId, since) =>
      abortable(async function* (abort) {
        // Completed votes change again by outcome and feedback: those told lately are not told again.
        const told = createLately<true>(MAX_TOLD);
        for await (const { conversation, isCompletion } of userChanges(userId, since, abort)) {
          if (!isCompletion || told.get(conversation.id)) continue;
          told.set(conversation.id, true);
          yield conversation;
        }
      }),

    stop() {
      conversations.closeAll();
      users.closeAll();
    },
  };
}

const MAX_TOLD = 20_000;

async function* followMessages(
  { feed, release }: Held<ConversationFeed>,
  afterSeq: number,
  abort: AbortSignal,
) {
  let seq = afterSeq;
  try {
    while (!abort.aborted) {
      const heard = feed.changed.count;
      const { lastSeq, status } = feed;
      if (seq < lastSeq) {
        for (const message of (await persist(abort, () => feed.messagesAfter(seq))) ?? []) {
          if (abort.aborted) return;
          seq = message.seq;
          yield message;
        }
        continue;
      }
      // The closing message is the last of its sequence.
      if (status === 'completed') return;
      await next(feed, heard, abort);
    }
  } finally {
    release();
  }
}

type Find = () => Promise<{ conversation: Conversation } | null>;

async function* followConversation(
  { feed, release }: Held<ConversationFeed>,
  abort: AbortSignal,
  find: Find,
) {
  let revision = 0;
  try {
    while (!abort.aborted) {
      const heard = feed.changed.count;
      if (revision === 0 || feed.revision > revision) {
        const conversation = await latest(abort, find);
        if (conversation === null) return;
        revision = conversation.revision;
        yield conversation;
        continue;
      }
      await next(feed, heard, abort);
    }
  } finally {
    release();
  }
}

async function* followCompletion({ feed, release }: Held<ConversationFeed>, abort: AbortSignal, find: Find) {
  try {
    while (!abort.aborted) {
      const heard = feed.changed.count;
      if (feed.status === 'completed') {
        const conversation = await latest(abort, find);
        if (conversation !== null) yield conversation;
        return;
      }
      await next(feed, heard, abort);
    }
  } finally {
    release();
  }
}

/** Waits for a change; @throws what the feed cannot be read for. */
async function next(feed: ConversationFeed, heard: number, abort: AbortSignal): Promise<void> {
  await feed.changed.wait(heard, abort);
  if (feed.failure !== null) throw feed.failure;
}

const latest = async (abort: AbortSignal, find: Find): Promise<Conversation | null> =>
  (await persist(abort, find))?.conversation ?? null;

/** A stream outlives the database: what cannot be read now is read again until it can or nobody listens any more. */
async function persist<T>(abort: AbortSignal, read: () => T | Promise<T>): Promise<T | null> {
  while (!abort.aborted) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await pause(RETRY_MS, abort);
    }
  }
  return null;
}

/** Lets go of what was taken, and fails all the same. */
const releasing =
  (release: () => void) =>
  (error: unknown): never => {
    release();
    throw error;
  };
