import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createTurns } from '../../src/transport/turns.js';

/** Pieces of work that say whose they are, and which. */
function createWork() {
  const turns = createTurns();
  const done: string[] = [];
  const take = (who: string, pieces: number) => {
    for (let piece = 1; piece <= pieces; piece++) turns.take(who, () => done.push(`${who} ${piece}`));
  };
  const takeSlow = (who: string, pieces: number) => {
    const slowly = () => {
      const endMs = performance.now() + 6;
      while (performance.now() < endMs);
      done.push(who);
    };
    for (let piece = 0; piece < pieces; piece++) turns.take(who, slowly);
  };
  return { turns, done, take, takeSlow };
}

test('work of one is done in the order it came', async () => {
  const { done, take } = createWork();
  take('A', 200);
  while (done.length < 200) await turn();
  expect(done).toEqual(Array.from({ length: 200 }, (_, n) => `A ${n + 1}`));
});

test('many pieces of one keep nobody waiting: each has one in turn', async () => {
  const { done, take } = createWork();
  take('A', 1_000);
  take('B', 3);
  take('C', 1);
  await turn();
  expect(done.slice(0, 7)).toEqual(['A 1', 'B 1', 'C 1', 'A 2', 'B 2', 'A 3', 'B 3']);
  expect(done.length).toBeLessThan(100);
});

test('however many there are, a turn is short, and the next one goes on where it ended', async () => {
  const { done, take } = createWork();
  for (let who = 1; who <= 100; who++) take(`user ${who}`, 2);
  await turn();
  expect(done).toEqual(Array.from({ length: 64 }, (_, n) => `user ${n + 1} 1`));
  await turn();
  expect(done.slice(64, 101)).toEqual([
    ...Array.from({ length: 36 }, (_, n) => `user ${n + 65} 1`),
    'user 1 2',
  ]);
});

test('work that takes its time is done by the piece', async () => {
  const { done, takeSlow } = createWork();
  takeSlow('A', 80);
  const perTurn: number[] = [];
  for (let before = 0; done.length < 80; before = done.length) {
    await turn();
    perTurn.push(done.length - before);
  }
  expect(perTurn.filter((pieces) => pieces > 0).slice(0, 8)).toEqual([32, 16, 8, 4, 2, 1, 1, 1]);
});

test('gives way to who connects, and not for ever', async () => {
  const { turns, done, take } = createWork();
  take('A', 1);
  turns.giveWay();
  await turn();
  expect(done).toEqual([]);
  await turn();
  expect(done).toEqual(['A 1']);

  take('B', 1);
  const startedMs = performance.now();
  while (done.length === 1) {
    turns.giveWay();
    await turn();
  }
  expect(done).toEqual(['A 1', 'B 1']);
  expect(performance.now() - startedMs).toBeGreaterThan(10);
});

test('makes up for the turns that were given away: several pieces of each', async () => {
  const { turns, done, take, takeSlow } = createWork();
  takeSlow('A', 80);
  while (done.length < 80) await turn();
  take('B', 10);
  take('C', 10);
  while (done.length === 80) {
    turns.giveWay();
    await turn();
  }
  expect(done.slice(80)).toEqual(['B 1', 'C 1', 'B 2', 'C 2', 'B 3', 'C 3', 'B 4', 'C 4']);
});
