import { batch, computed, signal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { Failure, toFailure } from '../api/failure.js';
import { follow } from '../api/follow.js';
import { perFrame } from '../api/perFrame.js';
import { persist } from '../api/persist.js';
import {
  RoomChangesDocument,
  RoomDocument,
  type RoomHeadFragment,
  RoomMessagesDocument,
  RoomPageDocument,
} from '../generated/graphql.js';
import { idInPath } from '../parts/ids.js';
import {
  arrived,
  EMPTY,
  hasOlder,
  type Message,
  type MessageWindow,
  MOST_MESSAGES,
  newerPage,
  olderPage,
  type PageAsked,
  reachesEnd,
  withNewer,
  withOlder,
} from './messageWindow.js';

/** How many messages are read at once. */
export const PAGE = 100;

export type Head = RoomHeadFragment;

/** Which execution's room this is; null when the address names none. */
export const executionId = idInPath(location.pathname);

/** The conversation as it is now; null until it was read. */
export const head = signal<Head | null>(null);
export const live = signal<MessageWindow>(EMPTY);
export const failure = signal<Failure | null>(null);
/** Whether the reader is at the end of the messages, and is to stay there. */
export const isAtEnd = signal(true);
/** The newest message the reader had before them when they left the end. */
const seenSeq = signal(0);
export const isReading = signal(false);

/** How many messages came since the reader left the end. */
export const unseen = computed(() => (isAtEnd.value ? 0 : Math.max(0, live.value.lastSeq - seenSeq.value)));

/** The conversation, or as it was right after a message, with the last messages before that. */
export async function readRoom(asOfSeq: number | null) {
  const variables = { executionId: executionId ?? '', asOfSeq, last: PAGE };
  const { conversation } = await persist(() => ask(RoomDocument, variables));
  if (conversation === null) {
    const said = 'There is no conversation of this execution, or it is not yours to see.';
    throw new Failure('NOT_FOUND', said);
  }
  const { messages, ...read } = conversation;
  return { head: read as Head, messages: messages.edges.map(({ node }) => node) };
}

async function readPage(page: PageAsked): Promise<Message[]> {
  const variables = { executionId: executionId ?? '', ...page };
  const { conversation } = await persist(() => ask(RoomPageDocument, variables));
  return conversation?.messages.edges.map(({ node }) => node) ?? [];
}

/** Reads once at a time; what goes wrong is told. */
async function reading(work: () => Promise<void>): Promise<void> {
  if (isReading.value) return;
  isReading.value = true;
  try {
    await work();
    failure.value = null;
  } catch (error) {
    failure.value = toFailure(error);
  } finally {
    isReading.value = false;
  }
}

export const showOlder = (): Promise<void> =>
  reading(async () => {
    const page = await readPage(olderPage(live.value, PAGE));
    leaveEnd();
    live.value = withOlder(live.value, page);
  });

/** Reads older messages until the page holds as many as it may: what is looked for is looked for in all of those. */
export const fillUp = (): Promise<void> =>
  reading(async () => {
    for (let isMore = true; isMore; ) {
      const room = MOST_MESSAGES - live.value.messages.length;
      if (room === 0 || !hasOlder(live.value)) return;
      const page = await readPage(olderPage(live.value, Math.min(PAGE, room)));
      live.value = withOlder(live.value, page);
      isMore = page.length > 0;
    }
  });

export const showNewer = (): Promise<void> =>
  reading(async () => {
    const page = await readPage(newerPage(live.value, PAGE));
    live.value = withNewer(live.value, page);
  });

/** The reader looks further up: what comes from now on is new to them. */
export function leaveEnd(): void {
  if (!isAtEnd.value) return;
  seenSeq.value = live.value.lastSeq;
  isAtEnd.value = false;
}

/** Goes to the newest message, which is read where it is not on the page. */
export async function goToEnd(): Promise<void> {
  if (!reachesEnd(live.value)) {
    await reading(async () => {
      const { messages } = await readRoom(null);
      live.value = withNewer({ ...live.value, messages: [] }, messages);
    });
  }
  isAtEnd.value = reachesEnd(live.value);
}

/** Takes the conversation anew, for whoever just changed it. */
export async function refresh(): Promise<void> {
  const { head: now } = await readRoom(null);
  head.value = now;
}

/** Reads the conversation, then follows what is said after what was read. */
export async function start(): Promise<void> {
  if (executionId === null) {
    failure.value = new Failure('BAD_ADDRESS', BAD_ADDRESS);
    return;
  }
  try {
    const first = await readRoom(null);
    batch(() => {
      head.value = first.head;
      live.value = { ...EMPTY, messages: first.messages, lastSeq: first.head.lastSeq };
    });
  } catch (error) {
    failure.value = toFailure(error);
    return;
  }
  followFrom(executionId, live.value.lastSeq);
}

const BAD_ADDRESS =
  'Expected an address such as /room/0123456789abcdef01234567, with an execution’s 24 hex digits.';

function followFrom(id: string, lastSeq: number): void {
  const failed = (told: Failure): void => void (failure.value = told);
  const place = { executionId: id, afterSeq: lastSeq };
  const take = perFrame<Message>((messages) => {
    live.value = arrived(live.value, messages, isAtEnd.value);
  });
  let isFollowed = false;
  const followMessages = (): void => {
    isFollowed = true;
    follow(RoomMessagesDocument, place, {
      next({ messageAdded }) {
        // After a break the stream goes on from here.
        place.afterSeq = Math.max(place.afterSeq, messageAdded.seq);
        take(messageAdded);
      },
      ended() {
        isFollowed = false;
        followLate();
      },
      failed,
    });
  };
  /** The stream ends with the vote: what comes later is asked for once the conversation tells of it. */
  const followLate = (): void => {
    if (!isFollowed && (head.value?.lastSeq ?? 0) > place.afterSeq) followMessages();
  };
  const change = perFrame<Head>((heads) => {
    head.value = heads.at(-1) ?? head.value;
    followLate();
  });
  followMessages();
  follow(
    RoomChangesDocument,
    { executionId: id },
    { next: ({ conversationChanged }) => change(conversationChanged), failed },
  );
}
