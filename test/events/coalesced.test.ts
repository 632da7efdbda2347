import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createCoalesced } from '../../src/events/coalesced.js';
import { type Promised, promised } from '../support/promised.js';

/** Runs that end when they are told to: what each found, by its number from 1. */
function createRuns() {
  const runs: Promised<string>[] = [];
  const at = (number: number) => {
    const found = runs[number - 1];
    if (found === undefined) throw new Error(`Run ${number} has not begun.`);
    return found;
  };
  return {
    get begun() {
      return runs.length;
    },
    work: () => {
      const run = promised<string>();
      runs.push(run);
      return run.promise;
    },
    async end(number: number) {
      at(number).resolve(`run ${number}`);
      await turn();
    },
    async fail(number: number) {
      at(number).reject(new Error(`run ${number}`));
      await turn();
    },
  };
}

const asked = <T>(many: number, ask: () => Promise<T>): Promise<PromiseSettledResult<T>[]> =>
  Promise.allSettled(Array.from({ length: many }, ask));
const answered = (value: string) => ({ status: 'fulfilled', value });
const failed = (message: string) => ({ status: 'rejected', reason: new Error(message) });

test('whoever asks while nothing goes on has a run that begins at once', async () => {
  const together = createCoalesced<string>();
  const runs = createRuns();
  for (const number of [1, 2, 3]) {
    const found = together('key', runs.work);
    expect(runs.begun).toBe(number);
    await runs.end(number);
    expect(await found).toBe(`run ${number}`);
  }
});

test('all who ask during a run share the next one, which begins after it', async () => {
  const together = createCoalesced<string>();
  const runs = createRuns();
  const first = together('key', runs.work);
  const others = asked(100, () => together('key', runs.work));
  await turn();
  expect(runs.begun).toBe(1);
  await runs.end(1);
  expect([await first, runs.begun]).toEqual(['run 1', 2]);
  await runs.end(2);
  expect(await others).toEqual(Array.from({ length: 100 }, () => answered('run 2')));
  expect(runs.begun).toBe(2);
});

test('whoever asks during the next run, too, has one that began after the asking', async () => {
  const together = createCoalesced<string>();
  const runs = createRuns();
  const found = [];
  for (const number of [1, 2, 3, 4]) {
    found.push(together('key', runs.work));
    if (number > 1) await runs.end(number - 1);
    // Asked in the very turn in which the run ended and the next began.
    expect(runs.begun).toBe(number);
  }
  await runs.end(4);
  expect(await Promise.all(found)).toEqual(['run 1', 'run 2', 'run 3', 'run 4']);
});

test('whoever asks as a run ends has a run of its own or the next one, never the one that ended', async () => {
  const together = createCoalesced<string>();
  const runs = createRuns();
  const first = together('key', runs.work);
  // Before and after the run is known to have ended here.
  const atItsEnd = first.then(() => asked(2, () => together('key', runs.work)));
  const afterIts = first.then(() => {}).then(() => together('key', runs.work));
  await runs.end(1);
  expect(runs.begun).toBe(2);
  await runs.end(2);
  if (runs.begun === 3) await runs.end(3);
  for (const found of (await atItsEnd).concat(await asked(1, () => afterIts))) {
    expect(found).toMatchObject({ status: 'fulfilled', value: expect.stringMatching(/^run [23]$/) });
  }
});

test('whoever asks between the end of a run and the beginning of the next has that one, too', async () => {
  const together = createCoalesced<string>();
  const runs = createRuns();
  const first = together('key', runs.work);
  // Told of the end before the next run is.
  const between = first.then(() => together('key', runs.work));
  const second = together('key', runs.work);
  await runs.end(1);
  expect(runs.begun).toBe(2);
  await runs.end(2);
  expect(await Promise.all([between, second])).toEqual(['run 2', 'run 2']);
  expect(runs.begun).toBe(2);
});

test('a run that fails tells those who asked for it, and the next goes on', async () => {
  const together = createCoalesced<string>();
  const runs = createRuns();
  const first = asked(1, () => together('key', runs.work));
  const second = asked(3, () => together('key', runs.work));
  await runs.fail(1);
  expect([await first, runs.begun]).toEqual([[failed('run 1')], 2]);
  const third = asked(2, () => together('key', runs.work));
  await runs.fail(2);
  expect(await second).toEqual([failed('run 2'), failed('run 2'), failed('run 2')]);
  await runs.end(3);
  expect(await third).toEqual([answered('run 3'), answered('run 3')]);
  const last = asked(1, () => together('key', runs.work));
  await runs.end(4);
  expect(await last).toEqual([answered('run 4')]);
});

test('keys have nothing to do with each other', async () => {
  const together = createCoalesced<string>();
  const [one, two] = [createRuns(), createRuns()];
  const found = [together('one', one.work), together('two', two.work), together('two', two.work)];
  expect([one.begun, two.begun]).toEqual([1, 1]);
  await two.end(1);
  expect([one.begun, two.begun]).toEqual([1, 2]);
  await two.end(2);
  await one.fail(1);
  expect(await Promise.allSettled(found)).toEqual([failed('run 1'), answered('run 1'), answered('run 2')]);
  expect([one.begun, two.begun]).toEqual([1, 2]);
});
