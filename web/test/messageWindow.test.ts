import { expect, test } from '@jest/globals';
import {
  arrived,
  EMPTY,
  type Message,
  type MessageWindow,
  MOST_MESSAGES,
  reachesEnd,
  withNewer,
  withOlder,
} from '../src/room/messageWindow.js';

/** Messages by their numbers alone: the window looks at nothing else. */
const said = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i }) as Message);
const seqsOf = ({ messages }: MessageWindow): number[] => messages.map(({ seq }) => seq);
const upTo = (from: number, to: number): number[] => said(from, to).map(({ seq }) => seq);

test('takes each message once, however often a stream brings it', () => {
  const window = arrived(arrived(EMPTY, said(1, 5), true), said(3, 7), true);
  expect(seqsOf(window)).toEqual(upTo(1, 7));
  expect(arrived(window, said(6, 7), true)).toBe(window);
});

test('for a reader at the end the oldest make room, for one further up nothing moves', () => {
  const full = arrived(EMPTY, said(1, MOST_MESSAGES), true);
  expect(seqsOf(arrived(full, said(501, 510), true))).toEqual(upTo(11, 510));
  const reading = arrived(full, said(501, 510), false);
  expect([seqsOf(reading), reading.lastSeq]).toEqual([upTo(1, 500), 510]);
});

test('older messages come before, and the newest make room', () => {
  const late = { ...EMPTY, messages: said(101, 600), lastSeq: 600 };
  expect(seqsOf(withOlder(late, said(1, 100)))).toEqual(upTo(1, 500));
});

test('who goes to the end while messages come is at the end, and goes on from there', () => {
  const away = arrived(arrived(EMPTY, said(1, MOST_MESSAGES), true), said(501, 700), false);
  // What was read was the end when it was asked for; three came while it was on its way.
  const meanwhile = arrived(away, said(701, 703), false);
  const there = withNewer({ ...meanwhile, messages: [] }, said(601, 700));
  expect([seqsOf(there), reachesEnd(there)]).toEqual([upTo(601, 703), true]);
  expect(seqsOf(arrived(there, said(704, 704), true))).toEqual(upTo(601, 704));
});

test('a page that does not reach what was heard leaves no hole', () => {
  const away = arrived(arrived(EMPTY, said(1, MOST_MESSAGES), true), said(501, 1_200), false);
  const further = withNewer(away, said(501, 600));
  expect([seqsOf(further), reachesEnd(further)]).toEqual([upTo(101, 600), false]);
});
