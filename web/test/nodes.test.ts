import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { id, type RunningApp, testDatabase } from '../../test/support/app.js';
import { createClient } from '../../test/support/client.js';
import { flow } from '../../test/support/scenario.js';
import { AUTH, mint } from '../../test/support/tokens.js';
import { startWithPages } from './support/app.js';
import { isTooWide, SCHEMES, SIZES, seriousFindings, shoot, visit } from './support/browser.js';
import { changeParameter, decisionOf, startTalk, until, voteOn } from './support/scene.js';

const { name } = testDatabase();
const [decided, talked] = [id(), id()];
let app: RunningApp;
let executionId: string;

beforeAll(async () => {
  app = await startWithPages(name);
  executionId = (await startTalk(app, { userNodeId: decided, symbol: 'ACME' })).executionId;
  await voteOn(app, executionId);
  await decisionOf(app, executionId);
  await changeParameter(app, decided, 'quorum', 60);
  const input = { userNodeId: decided, path: 'quorum', to: 70, reason: 'More should have a say.' };
  await app.data(
    'mutation ($input: ProposeParameterChangeInput!) { proposeParameterChange(input: $input) { userErrors { code } } }',
    { input },
  );
  await startTalk(app, { userNodeId: talked, symbol: 'OPEN' });
});
afterAll(() => app.stop());

const rowOf = (page: Page, userNodeId: string) =>
  page.getByRole('row').filter({ has: page.locator(`a[href$="/agents/${userNodeId}"]`) });

test('lists each node with its decisions and the ways on, newest first', async () => {
  const { page, elsewhere, violations, faults } = await visit(`${app.url}/agents`);
  const row = rowOf(page, decided);
  await row.waitFor();
  expect(await page.locator('tbody th a.code').allTextContents()).toEqual([talked, decided]);
  for (const said of ['BUY', 'ACME', 'analyst, contrarian, momentum, risk_manager', 'version 2', '1 open']) {
    expect(await row.textContent()).toContain(said);
  }
  expect(await row.getByRole('cell').allTextContents()).toHaveLength(5);
  await row.getByRole('link', { name: 'BUY ACME' }).click();
  await page.waitForURL(`**/room/${executionId}`);
  await page.goBack();
  await row.getByRole('link', { name: decided }).click();
  await page.waitForURL(`**/agents/${decided}`);
  await page.getByText('1 decision, read at').waitFor();
  expect({ elsewhere, violations, faults }).toEqual({ elsewhere: [], violations: [], faults: [] });
});

test('leads to what is proposed for a node', async () => {
  const { page } = await visit(`${app.url}/agents`);
  await rowOf(page, decided).getByRole('link', { name: '1 open, in the playground' }).click();
  await page.locator('.graphiql-query-editor .view-line', { hasText: 'parameterChanges' }).waitFor();
  await page.getByRole('button', { name: /Execute query/ }).click();
  await until(async () =>
    // As it is drawn, without the spaces it is laid out with.
    ((await page.locator('.graphiql-response').textContent()) ?? '')
      .replace(/\s/g, '')
      .includes('Moreshouldhave'),
  );
});

test('is one step away from every page, by keyboard, too', async () => {
  for (const path of ['/', `/room/${executionId}`, `/agents/${decided}`, '/playground']) {
    const { page } = await visit(`${app.url}${path}`);
    const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Agents' });
    await link.focus();
    await page.keyboard.press('Enter');
    await rowOf(page, decided).waitFor();
    await page.close();
  }
});

test('reads again when asked to, and goes on to the oldest', async () => {
  const guarded = await startWithPages(name, { auth: AUTH });
  const token = await mint({ sub: id() });
  const owner = createClient(guarded.url, token);
  try {
    const { start } = flow({ ...owner, url: guarded.url, stop: owner.close });
    const { page, violations } = await visit(`${guarded.url}/agents`);
    await page.getByText('This server wants a token').waitFor();
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByText('No nodes yet').waitFor();
    expect(await page.locator('main').textContent()).toContain('npm run demo');
    const started: string[] = [];
    for (let i = 0; i < 60; i++) started.push((await start()).userNodeId);
    await page.getByRole('button', { name: 'Refresh' }).press('Enter');
    await page.getByRole('button', { name: 'Show older ones' }).press('Enter');
    await rowOf(page, started[0] as string).waitFor();
    expect(await page.locator('tbody th a.code').allTextContents()).toEqual(started.toReversed());
    expect(await page.getByRole('button', { name: 'Show older ones' }).count()).toBe(0);
    expect(violations).toEqual([]);
  } finally {
    await owner.close();
    await guarded.stop();
  }
});

test('says what went wrong, and tries again when asked to', async () => {
  const { page } = await visit('about:blank');
  await page.route('**/graphql', (route) =>
    route.fulfill({
      json: { errors: [{ message: 'That was too much.', extensions: { code: 'INTERNAL' } }] },
    }),
  );
  await page.goto(`${app.url}/agents`);
  await page.getByRole('alert').getByText('That was too much.').waitFor();
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: 'Try again' }).click();
  await rowOf(page, decided).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

for (const scheme of SCHEMES) {
  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    test(`can be read by everybody, ${size} ${scheme}`, async () => {
      const { page } = await visit(`${app.url}/agents`, { scheme, size });
      await rowOf(page, decided).waitFor();
      await shoot(page, `nodes-${size}-${scheme}`);
      expect({ findings: await seriousFindings(page), isTooWide: await isTooWide(page) }).toEqual({
        findings: [],
        isTooWide: false,
      });
    });
  }
}
