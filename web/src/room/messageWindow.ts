import type { RoomMessageFragment } from '../generated/graphql.js';

export type Message = RoomMessageFragment;

/** The part of the conversation that is on the page: neighbours by `seq`, oldest first. */
export interface MessageWindow {
  readonly messages: readonly Message[];
  /** The newest message heard of, on the page or not. */
  readonly lastSeq: number;
  /** The newest of those that were heard of and are not on the page, oldest first. */
  readonly heard: readonly Message[];
}

export const EMPTY: MessageWindow = { messages: [], lastSeq: 0, heard: [] };

/** The most messages on the page. */
export const MOST_MESSAGES = 500;

const firstSeqOf = ({ messages }: MessageWindow): number => messages[0]?.seq ?? 1;
const endOf = ({ messages }: MessageWindow): number => messages.at(-1)?.seq ?? 0;

export const reachesEnd = (window: MessageWindow): boolean => endOf(window) === window.lastSeq;
export const hasOlder = (window: MessageWindow): boolean => firstSeqOf(window) > 1;

/**
 * With what a stream brought, in order. What was seen is dropped. For a reader at the end the oldest make room; for one
 * who reads further up nothing moves: then what does not fit is only heard of.
 */
export function arrived(
  window: MessageWindow,
  messages: readonly Message[],
  isAtEnd: boolean,
): MessageWindow {
  const fresh = messages.filter(({ seq }) => seq > window.lastSeq);
  const last = fresh.at(-1);
  if (last === undefined) return window;
  const fits = window.messages.length + fresh.length <= MOST_MESSAGES;
  if (!reachesEnd(window) || !(isAtEnd || fits)) {
    const heard = [...window.heard, ...fresh].slice(-MOST_MESSAGES);
    return { ...window, lastSeq: last.seq, heard };
  }
  return { messages: [...window.messages, ...fresh].slice(-MOST_MESSAGES), lastSeq: last.seq, heard: [] };
}

/** With a page of messages just before those there are; the newest make room. */
export function withOlder(window: MessageWindow, page: readonly Message[]): MessageWindow {
  const older = page.filter(({ seq }) => seq < firstSeqOf(window));
  return { ...window, messages: [...older, ...window.messages].slice(0, MOST_MESSAGES) };
}

/**
 * With a page of messages just after those there are, and what was heard while it was on its way; the oldest make room.
 * Without that, one who goes to the end of a lively conversation would always come a message late, and stay behind.
 */
export function withNewer(window: MessageWindow, page: readonly Message[]): MessageWindow {
  const newer = page.filter(({ seq }) => seq > endOf(window));
  const read = [...window.messages, ...newer];
  const end = read.at(-1)?.seq ?? 0;
  const later = window.heard.filter(({ seq }) => seq > end);
  const messages = later[0]?.seq === end + 1 ? [...read, ...later] : read;
  const lastSeq = Math.max(window.lastSeq, end);
  const isWhole = messages.at(-1)?.seq === lastSeq;
  return { messages: messages.slice(-MOST_MESSAGES), lastSeq, heard: isWhole ? [] : later };
}

/** Which messages of a conversation are asked for. */
export type PageAsked = { beforeSeq: number; last: number } | { afterSeq: number; first: number };

/** The page just before what is on the page. */
export const olderPage = (window: MessageWindow, size: number): PageAsked => ({
  beforeSeq: firstSeqOf(window),
  last: size,
});

/** The page just after it. */
export const newerPage = (window: MessageWindow, size: number): PageAsked => ({
  afterSeq: endOf(window),
  first: size,
});
