import { fileURLToPath } from 'node:url';
import base from '../jest.config.js';

/** What takes its time: processes that start and die, every field of the API by every value, races, long histories. */
export default {
  ...base,
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  testMatch: ['<rootDir>/test/**/*.long.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
