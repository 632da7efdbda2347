import { expect, test } from '@jest/globals';
import { holds, holdsButLate, holdsButOverdue, noFindings } from '../faults/fault.js';

test('a goal in time of our own fails the full form of a fault only, a promised bound both', () => {
  const late = { ...noFindings(), late: ['Expected others to be answered within 500 ms, it took 818 ms.'] };
  expect([holds(late), holdsButLate(late), holdsButOverdue(late)]).toEqual([false, true, true]);
  const overdue = { ...noFindings(), overdue: ['Expected it to end within 5000 ms, it took 5100 ms.'] };
  expect([holds(overdue), holdsButLate(overdue), holdsButOverdue(overdue)]).toEqual([false, false, true]);
  const wrong = { ...noFindings(), lost: 1 };
  expect([holds(wrong), holdsButLate(wrong), holdsButOverdue(wrong)]).toEqual([false, false, false]);
});
