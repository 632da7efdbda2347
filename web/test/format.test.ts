import { expect, test } from '@jest/globals';
import { money } from '../src/parts/format.js';

test.each([
  [0.00042, '+0.00042'],
  [-0.0000031, '-0.0000031'],
  [1e-8, '+0.00000001'],
  [0.1 + 0.2, '+0.30'],
  [0.1 + 0.2 - 0.3, '0.00'],
  [0, '0.00'],
  [1234.5, '+1,234.50'],
  [-97.98586303, '-97.99'],
  [null, '–'],
])('shows %d as %s, with its sign and no figure that matters left out', (amount, text) => {
  expect(money(amount)).toBe(text);
});
