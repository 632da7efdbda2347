import { expect, test } from '@jest/globals';
import type { Conversation } from '../../src/domain/conversation.js';
import { createChangeLog } from '../../src/events/changeLog.js';
import { createLately } from '../../src/events/lately.js';
import { range } from './operations.js';

const conversation = (id: string, revision: number) => ({ id, revision }) as Conversation;

/** What a follower that has seen all up to a tick reads, to the end. */
function readOn(log: ReturnType<typeof createChangeLog>, seen: number): string[] {
  const read: string[] = [];
  for (let change = log.after(seen); change !== null; change = log.after(change.tick)) {
    read.push(`${change.conversation.id}${change.conversation.revision}`);
  }
  return read;
}

test('a follower reads what changed since, in order, the latest state of each conversation only', () => {
  const log = createChangeLog(10);
  for (const [id, revision] of [
    ['a', 1],
    ['b', 1],
    ['a', 2],
    ['c', 1],
    ['b', 2],
  ] as const) {
    log.add(conversation(id, revision), false);
  }
  expect(readOn(log, 0)).toEqual(['a2', 'c1', 'b2']);
  expect(readOn(log, 3)).toEqual(['c1', 'b2']);
  expect(readOn(log, log.tick)).toEqual([]);
});

test('it says to whom it has not kept all, and keeps the newest', () => {
  const log = createChangeLog(10);
  for (const n of range(1, 21)) log.add(conversation(`c${n}-`, 1), false);
  expect(log.hasDropped(0)).toBe(true);
  expect(log.hasDropped(10)).toBe(true);
  expect(log.hasDropped(11)).toBe(false);
  expect(readOn(log, 11)).toEqual(range(12, 21).map((n) => `c${n}-1`));
});

test('changes of few conversations, however many, drop nothing', () => {
  const log = createChangeLog(10);
  for (const n of range(1, 1_000)) log.add(conversation(n % 2 ? 'a' : 'b', n), false);
  expect(log.hasDropped(0)).toBe(false);
  expect(readOn(log, 0)).toEqual(['a999', 'b1000']);
});

test('when the vote completed is kept though the conversation changes again', () => {
  const log = createChangeLog(10);
  log.add(conversation('a', 1), false);
  log.add(conversation('a', 2), true);
  log.add(conversation('a', 3), false);
  expect(log.after(0)).toMatchObject({ tick: 3, completedTick: 2 });
});

test('what was remembered lately is the newest, each once', () => {
  const lately = createLately<number>(2);
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
    ['c', 4],
  ] as const)
    lately.set(key, value);
  expect([lately.get('a'), lately.get('b'), lately.get('c')]).toEqual([3, undefined, 4]);
});
