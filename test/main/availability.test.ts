import { expect, test } from '@jest/globals';
import { watchAvailability } from '../../src/availability.js';
import { Unavailable } from '../../src/domain/unavailable.js';
import { createLog } from '../../src/log.js';

/** What is told, with a database that comes and goes as it is told to. */
function watched() {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(JSON.parse(line).msg) });
  let tell: (isAway: boolean) => void = () => {};
  let isAway = false;
  let wakeUps = 0;
  const reach = {
    get isAway() {
      return isAway;
    },
    onChange(listener: (isAway: boolean) => void) {
      tell = listener;
      return () => {};
    },
  };
  const availability = watchAvailability(log, reach, () => void wakeUps++);
  const become = (now: boolean) => tell((isAway = now));
  return { lines, availability, become, wakeUps: () => wakeUps };
}

test('a slow restart of our own before the database is ready is told to nobody', async () => {
  const { lines, availability, become } = watched();
  await availability.restarting(async () => become(true));
  become(false);
  availability.report(new Unavailable(), 'opening the database');
  availability.prepared();
  expect(lines).toEqual(['the database is ready']);
});

test('what was away and became ready is away and back from then on, and streams are woken', () => {
  const { lines, availability, become, wakeUps } = watched();
  become(true);
  become(false);
  availability.prepared();
  become(true);
  become(false);
  expect(lines).toEqual([
    'still waiting for the database',
    'the database is ready',
    'the database cannot be reached',
    'the database is back',
  ]);
  expect(wakeUps()).toBe(1);
});

test('a database that became ready before its heartbeat said so is not called back', () => {
  const { lines, availability, become, wakeUps } = watched();
  become(true);
  availability.prepared();
  become(false);
  expect(lines).toEqual(['still waiting for the database', 'the database is ready']);
  expect(wakeUps()).toBe(1);
});
