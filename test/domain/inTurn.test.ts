import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { createInTurn, QueueFull } from '../../src/domain/inTurn.js';
import { type Promised, promised } from '../support/promised.js';

/** Work that ends when it is told to; what has begun is seen. */
function createPieces() {
  const begun: string[] = [];
  const ends = new Map<string, Promised<string>>();
  const endOf = (name: string) => {
    const end = ends.get(name) ?? promised<string>();
    ends.set(name, end);
    return end;
  };
  return {
    begun,
    piece: (name: string) => () => {
      begun.push(name);
      return endOf(name).promise;
    },
    end: (name: string) => endOf(name).resolve(`${name} is done`),
    fail: (name: string) => endOf(name).reject(new Error(`${name} failed`)),
  };
}

test('work under one key is done one after the other, in the order it came', async () => {
  const inTurn = createInTurn();
  const { begun, piece, end } = createPieces();
  const asked = ['first', 'second', 'third'].map((name) => inTurn('key', piece(name)));
  // Whichever could be done first: the others wait for their turn.
  end('third');
  end('second');
  await turn();
  expect(begun).toEqual(['first']);
  end('first');
  expect(await Promise.all(asked)).toEqual(['first is done', 'second is done', 'third is done']);
  expect(begun).toEqual(['first', 'second', 'third']);
});

test('work that comes while the last of a queue ends has its turn after it', async () => {
  const inTurn = createInTurn();
  const { begun, piece, end } = createPieces();
  const first = inTurn('key', piece('first'));
  end('first');
  const second = first.then(() => inTurn('key', piece('second')));
  const third = inTurn('key', piece('third'));
  await first;
  await turn();
  expect(begun).toEqual(['first', 'third']);
  end('third');
  end('second');
  await Promise.all([second, third]);
  expect(begun).toEqual(['first', 'third', 'second']);
});

test('one that fails is told so, and the next is done as if nothing had been', async () => {
  const inTurn = createInTurn();
  const { begun, piece, end, fail } = createPieces();
  const asked = ['first', 'second', 'third', 'fourth'].map((name) => inTurn('key', piece(name)));
  fail('first');
  end('second');
  fail('third');
  end('fourth');
  expect(await Promise.allSettled(asked)).toEqual([
    { status: 'rejected', reason: new Error('first failed') },
    { status: 'fulfilled', value: 'second is done' },
    { status: 'rejected', reason: new Error('third failed') },
    { status: 'fulfilled', value: 'fourth is done' },
  ]);
  expect(begun).toEqual(['first', 'second', 'third', 'fourth']);
});

test('one that fails before it has begun to wait is no matter to the next either', async () => {
  const inTurn = createInTurn();
  const broken = inTurn('key', () => {
    throw new Error('broken');
  });
  const next = inTurn('key', async () => 'done');
  await expect(broken).rejects.toThrow('broken');
  expect(await next).toBe('done');
});

test('work under different keys is done at once', async () => {
  const inTurn = createInTurn();
  const { begun, piece, end } = createPieces();
  const asked = [inTurn('one', piece('of one')), inTurn('two', piece('of two'))];
  await turn();
  expect(begun).toEqual(['of one', 'of two']);
  end('of two');
  expect(await asked[1]).toBe('of two is done');
  end('of one');
  expect(await asked[0]).toBe('of one is done');
});

test('no more is taken where as much as there may be waits or goes on, whatever other keys have', async () => {
  const inTurn = createInTurn(2);
  const { begun, piece, end } = createPieces();
  const asked = [inTurn('key', piece('first')), inTurn('key', piece('second'))];
  const full = inTurn('key', piece('third'));
  await expect(full).rejects.toThrow(QueueFull);
  await expect(full).rejects.toMatchObject({ most: 2, message: 'More than 2 wait already.' });
  const other = inTurn('other', piece('of another'));
  end('of another');
  expect(await other).toBe('of another is done');
  end('first');
  expect(await asked[0]).toBe('first is done');
  // What ended made room for one more, and what was refused is not done after all.
  const fourth = inTurn('key', piece('fourth'));
  await expect(inTurn('key', piece('fifth'))).rejects.toThrow(QueueFull);
  end('second');
  end('fourth');
  expect(await Promise.all([asked[1], fourth])).toEqual(['second is done', 'fourth is done']);
  expect(begun).toEqual(['first', 'of another', 'second', 'fourth']);
});

test('what fails makes room as what is done does', async () => {
  const inTurn = createInTurn(1);
  for (let time = 0; time < 3; time++) {
    await expect(inTurn('key', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  }
  expect(await inTurn('key', async () => 'done')).toBe('done');
});

test('nothing is kept of a key under which nothing waits any more', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const inTurn = createInTurn();
  /** Nobody but a queue that was kept could still hold what the work came to. */
  const comeTo = async (key: string): Promise<WeakRef<object>> => {
    const others = [inTurn(key, () => Promise.reject(new Error('failed'))).catch(() => {})];
    const found = new WeakRef(await inTurn(key, async () => ({ key })));
    await Promise.all(others);
    return found;
  };
  const found = await Promise.all(['one', 'two', 'three'].map(comeTo));
  for (let time = 0; time < 10 && found.some((one) => one.deref() !== undefined); time++) {
    await turn();
    collect();
  }
  expect(found.map((one) => one.deref())).toEqual([undefined, undefined, undefined]);
  expect(await inTurn('one', async () => 'done')).toBe('done');
});
