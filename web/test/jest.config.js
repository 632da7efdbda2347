import { fileURLToPath } from 'node:url';
import base from '../../jest.config.js';

/** The browser's tests, on the same running app and database as the others. */
export default {
  ...base,
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  testMatch: ['<rootDir>/web/test/**/*.test.ts'],
  testTimeout: 60_000,
  // A browser and a server share two cores.
  maxWorkers: 1,
};
