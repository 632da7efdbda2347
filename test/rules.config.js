import base from '../jest.config.js';

const { globalSetup: _setup, globalTeardown: _teardown, ...rest } = base;

/** What needs no database: the rules, and what is computed with them. `npm test` runs these files, too. */
export default {
  ...rest,
  rootDir: '..',
  testMatch: [
    '<rootDir>/test/{domain,evaluate}/**/*.test.ts',
    '<rootDir>/test/demo/{evaluation,learning,market,replay,statistics}.test.ts',
    '<rootDir>/test/schema/{contract,layout}.test.ts',
    '<rootDir>/test/mongo/{errors,freeKeys}.test.ts',
  ],
};
