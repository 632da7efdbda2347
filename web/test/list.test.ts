import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { id, type RunningApp, testDatabase } from '../../test/support/app.js';
import { createClient } from '../../test/support/client.js';
import { flow } from '../../test/support/scenario.js';
import { AUTH, mint } from '../../test/support/tokens.js';
import { startWithPages } from './support/app.js';
import { visit } from './support/browser.js';
import { decisionOf, startTalk, until, voteOn } from './support/scene.js';

const { name } = testDatabase();
let app: RunningApp;

beforeAll(async () => {
  app = await startWithPages(name);
});
afterAll(() => app.stop());

const linksOf = (page: Page): Promise<string[]> =>
  page.locator('tbody a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
const rowOf = (page: Page, executionId: string) =>
  page.getByRole('row').filter({ has: page.locator(`a[href="/room/${executionId}"]`) });

test('says what to run while there is nothing', async () => {
  const { page } = await visit(app.url);
  await page.getByText('No conversations yet').waitFor();
  expect(await page.locator('main').textContent()).toContain('npm run demo');
});

test('shows each conversation as it comes and changes, without a reload', async () => {
  const { page, faults } = await visit(app.url);
  await page.getByText('Live', { exact: true }).waitFor();
  const { executionId } = await startTalk(app, { symbol: 'ACME' });
  const row = rowOf(page, executionId);
  await row.getByText('In progress').waitFor();
  await voteOn(app, executionId);
  await row.getByText('Completed').waitFor();
  expect(await row.textContent()).toContain('BUY');
  const decisionId = await decisionOf(app, executionId);
  await flow(app).feedback(decisionId, { success: false, pnl: -1_234.5 });
  await row.locator('td.number', { hasText: '-1,234.50' }).waitFor();
  expect(await row.textContent()).toContain('Wrong');
  await row.getByRole('link').click();
  await page.waitForURL(`**/room/${executionId}`);
  expect(faults).toEqual([]);
});

test('filters by status and symbol, and the address says so', async () => {
  const open = await startTalk(app, { symbol: 'OPEN' });
  const other = await startTalk(app, { symbol: 'OTHER' });
  const { page } = await visit(app.url);
  await rowOf(page, open.executionId).waitFor();
  await page.getByLabel('Status').selectOption('IN_PROGRESS');
  await page.getByLabel('Symbol').fill('OPEN');
  await until(async () => (await linksOf(page)).length === 1);
  expect(await linksOf(page)).toEqual([`/room/${open.executionId}`]);
  expect(new URL(page.url()).search).toBe('?status=IN_PROGRESS&symbol=OPEN');
  const again = await visit(page.url());
  await rowOf(again.page, open.executionId).waitFor();
  expect(await linksOf(again.page)).toEqual([`/room/${open.executionId}`]);
  // What stops matching goes as it happens.
  await page.getByText('Live', { exact: true }).waitFor();
  await flow(app).vote(open.executionId, 'analyst', { action: 'BUY', confidence: 60 });
  await page.getByText('No conversation is like that.').waitFor();
  await page.getByLabel('Symbol').fill('');
  await page.getByLabel('Status').selectOption('');
  await rowOf(page, other.executionId).waitFor();
});

test('names the other spellings of a symbol that nothing is found for, and leads to them', async () => {
  const { executionId } = await startTalk(app, { symbol: 'SPELLED' });
  const { page, violations } = await visit(app.url);
  await rowOf(page, executionId).waitFor();
  await page.getByLabel('Status').selectOption('IN_PROGRESS');
  await page.getByLabel('Symbol').fill('spelled');
  await page.getByText('Did you mean SPELLED?').waitFor();
  await page.getByRole('link', { name: 'SPELLED' }).click();
  await rowOf(page, executionId).waitFor();
  expect(new URL(page.url()).search).toBe('?status=IN_PROGRESS&symbol=SPELLED');
  await page.getByLabel('Symbol').fill('another');
  await page.getByText('No conversation is like that.').waitFor();
  expect(await page.getByText('Did you mean').count()).toBe(0);
  expect(violations).toEqual([]);
});

test('goes on as it is scrolled, to the oldest, each once', async () => {
  const { start } = flow(app);
  const flowId = id();
  const started: string[] = [];
  for (let i = 0; i < 120; i++) started.push((await start({ symbol: 'MANY', flowId })).executionId);
  const { page } = await visit(`${app.url}/?symbol=MANY`);
  await rowOf(page, started.at(-1) as string).waitFor();
  expect((await linksOf(page)).length).toBeLessThan(120);
  await until(async () => {
    await page.keyboard.press('End');
    return (await linksOf(page)).length === 120;
  });
  expect(await linksOf(page)).toEqual(started.reverse().map((one) => `/room/${one}`));
  await until(async () => !(await page.getByText('Show older ones').isVisible()));
});

test('without a token it says where to get one, and goes on once it has one', async () => {
  const guarded = await startWithPages(name, { auth: AUTH });
  const token = await mint({ sub: id() });
  const owner = createClient(guarded.url, token);
  try {
    const { executionId } = await flow({ ...owner, url: guarded.url, stop: owner.close }).start({
      symbol: 'MINE',
    });
    for (const path of ['/', `/room/${executionId}`]) {
      const { page, violations } = await visit(`${guarded.url}${path}`);
      await page.getByText('This server wants a token').waitFor();
      expect(await page.locator('main').textContent()).toContain('npm run --silent token');
      await page.getByLabel('Token').fill('not.a.token');
      await page.getByRole('button', { name: 'Use it' }).click();
      await page.getByText('This token is not taken').waitFor();
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button', { name: 'Use it' }).click();
      await page.getByText('MINE').first().waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      expect({ violations, url: page.url() }).toEqual({ violations: [], url: `${guarded.url}${path}` });
    }
  } finally {
    await owner.close();
    await guarded.stop();
  }
});
