import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningApp, testDatabase } from '../../test/support/app.js';
import { startWithPages } from './support/app.js';
import { visit } from './support/browser.js';

const { name } = testDatabase();
let app: RunningApp;

beforeAll(async () => {
  app = await startWithPages(name);
});
afterAll(() => app.stop());

test('every page opens, asks nothing of elsewhere and breaks no policy', async () => {
  for (const path of [
    '/',
    '/room/0123456789abcdef01234567',
    '/agents',
    '/agents/0123456789abcdef01234567',
    '/playground',
  ]) {
    const { page, elsewhere, violations, faults } = await visit(`${app.url}${path}`);
    await page.waitForLoadState('networkidle');
    expect({ path, elsewhere, violations, faults }).toEqual({
      path,
      elsewhere: [],
      violations: [],
      faults: [],
    });
  }
});
