import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { id, type RunningApp, testDatabase } from '../../test/support/app.js';
import { createClient } from '../../test/support/client.js';
import { flow } from '../../test/support/scenario.js';
import { AUTH, mint } from '../../test/support/tokens.js';
import { startWithPages } from './support/app.js';
import { visit } from './support/browser.js';
import { sayMany, seqsOn, until, upTo } from './support/scene.js';

const { name } = testDatabase();
let app: RunningApp;

beforeAll(async () => {
  app = await startWithPages(name);
});
afterAll(() => app.stop());

interface Refusing {
  /** What sockets are closed with; null lets them through. */
  with: { code: number; reason: string } | null;
  attempts: number;
}

/** A room of 130 messages whose sockets are refused for as long as it is said. */
async function openRefused(code: number, reason: string) {
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, 1, 130);
  const { page, faults, violations } = await visit('about:blank');
  const refusing: Refusing = { with: { code, reason }, attempts: 0 };
  await page.routeWebSocket('**/graphql', (socket) => {
    refusing.attempts += 1;
    if (refusing.with === null) socket.connectToServer();
    else void socket.close(refusing.with);
  });
  await page.goto(`${app.url}/room/${executionId}`);
  await page.locator('[data-seq="130"]').waitFor();
  return { page, executionId, refusing, faults, violations };
}

const isToldToken = (page: Page): Promise<boolean> =>
  page.getByText(/This token is not taken|This server wants a token/).isVisible();

const KEYS = 'The keys for tokens cannot be reached just now; try again.';

test('a server that cannot check tokens just now is told as that, and the page goes on by itself', async () => {
  const { page, executionId, refusing, faults } = await openRefused(1013, KEYS);
  await page.locator('.notice', { hasText: `${KEYS} It is tried again by itself.` }).waitFor();
  await page.getByText(/^Retrying in \d+ s$/).waitFor();
  expect(await isToldToken(page)).toBe(false);
  refusing.with = null;
  await sayMany(app, executionId, 131, 133);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.locator('[data-seq="133"]').waitFor();
  expect(await seqsOn(page)).toEqual(upTo(133).slice(30));
  expect(await page.locator('.notice').count()).toBe(0);
  expect(faults).toEqual([]);
});

test.each([
  [4429, 'Expected at most 1 sockets of one user (SOCKETS_PER_USER), got one more.'],
  [1008, 'Too fast: over 100 messages a second after a burst of 200.'],
  [4500, 'Internal server error'],
])(
  'a socket that is refused for good with %i is told with its reason, and HTTP goes on',
  async (code, reason) => {
    const { page, executionId, refusing, violations } = await openRefused(code, reason);
    await page.locator('.notice', { hasText: `This page is not live. ${reason}` }).waitFor();
    expect(await page.getByRole('status').first().textContent()).toBe(`This page is not live. ${reason}`);
    await page.getByText('Not live', { exact: true }).waitFor();
    expect(await isToldToken(page)).toBe(false);
    await page.getByRole('log').evaluate((it) => it.scrollTo(0, 0));
    await page.getByRole('button', { name: 'Show older' }).click();
    await page.locator('[data-seq="1"]').waitFor();
    await page.getByText('Not live', { exact: true }).waitFor();
    expect(refusing.attempts).toBe(1);
    refusing.with = null;
    await sayMany(app, executionId, 131, 132);
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await page.getByText('Live', { exact: true }).waitFor();
    await page.locator('[data-seq="132"]').waitFor();
    expect(await seqsOn(page)).toEqual(upTo(132));
    expect(violations).toEqual([]);
  },
);

test.each([4401, 4403])('a token that is not taken by a socket is told as that, %i', async (code) => {
  const { page, refusing } = await openRefused(code, 'The token has expired.');
  await page.getByText('The token has expired.').waitFor();
  expect(await isToldToken(page)).toBe(true);
  expect(refusing.attempts).toBe(1);
});

test('one socket more than a user may have is told with the limit', async () => {
  const guarded = await startWithPages(name, { auth: AUTH, limits: { socketsPerUser: 1 } });
  const token = await mint({ sub: id() });
  const owner = createClient(guarded.url, token);
  try {
    const first = await visit(guarded.url);
    const second = await visit('about:blank');
    for (const { page } of [first, second]) {
      await page.goto(guarded.url);
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button', { name: 'Use it' }).click();
      await page.getByText('No conversations yet').waitFor();
      if (page === first.page) await page.getByText('Live', { exact: true }).waitFor();
    }
    await second.page.locator('.notice', { hasText: 'SOCKETS_PER_USER' }).waitFor();
    expect(await isToldToken(second.page)).toBe(false);
  } finally {
    await owner.close();
    await guarded.stop();
  }
});

test.each(['/', '/agents', '/agents/0123456789abcdef01234567', '/playground'])(
  '%s says what the server cannot do just now, and goes on by itself',
  async (path) => {
    const { page } = await visit('about:blank');
    let isAway = true;
    await page.route('**/graphql', (route) =>
      isAway
        ? route.fulfill({
            status: 503,
            headers: { 'retry-after': '1' },
            json: { errors: [{ message: KEYS, extensions: { code: 'UNAVAILABLE' } }] },
          })
        : route.continue(),
    );
    await page.goto(`${app.url}${path}`);
    const told = page.locator('.notice, .who', { hasText: KEYS });
    await told.waitFor();
    expect(await isToldToken(page)).toBe(false);
    isAway = false;
    await told.waitFor({ state: 'detached' });
    await until(async () => !(await page.getByText(KEYS).isVisible()));
  },
);
