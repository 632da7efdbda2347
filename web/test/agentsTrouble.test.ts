import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { id, type RunningApp, testDatabase } from '../../test/support/app.js';
import { createClient } from '../../test/support/client.js';
import { flow } from '../../test/support/scenario.js';
import { AUTH, mint } from '../../test/support/tokens.js';
import { startWithPages } from './support/app.js';
import { visit } from './support/browser.js';
import { changeParameter, decisionOf } from './support/scene.js';

const { name } = testDatabase();
let app: RunningApp;

beforeAll(async () => {
  app = await startWithPages(name);
});
afterAll(() => app.stop());

test('says why a number is not there, takes what is said for text, and reads again when asked to', async () => {
  const node = id();
  const markup = '<img src=x onerror=alert(1)> was said';
  const decide = async (executionId: string) => {
    await flow(app).vote(executionId, 'analyst', { action: 'BUY', confidence: 70 });
    const input = { success: true, pnl: 10, lessonsLearned: [markup] };
    await flow(app).feedback(await decisionOf(app, executionId), input);
  };
  const startOne = () => flow(app).start({ userNodeId: node, agents: [{ agentName: 'analyst' }] });
  await changeParameter(app, node, 'agents.analyst.weight', 7);
  for (let i = 0; i < 3; i += 1) await decide((await startOne()).executionId);
  const { page, violations, faults } = await visit(`${app.url}/agents/${node}`);
  await page.getByText('3 decisions, read at').waitFor();
  const main = page.locator('main');
  expect(await main.textContent()).toContain('default weights analyst 7');
  expect(await page.getByRole('row').filter({ hasText: 'analyst' }).textContent()).toContain(
    'needs 20, has 3',
  );
  expect(await page.getByRole('region', { name: 'Reliability of the swarm' }).textContent()).toContain(
    'Calibration error (ECE) needs 20, has 3',
  );
  expect(await page.getByRole('region', { name: 'Drift' }).textContent()).toMatch(
    /analyst \(needs \d+, has 3\)/,
  );
  expect(await page.locator('.bin.few').count()).toBe(await page.locator('.bin').count());
  await page.getByText(markup).waitFor();
  expect(await main.locator('img').count()).toBe(0);
  await decide((await startOne()).executionId);
  await page.getByRole('button', { name: 'Refresh' }).press('Enter');
  await page.getByText('4 decisions, read at').waitFor();
  await page.getByText('+40.00 over 4 decisions').waitFor();
  expect({ violations, faults }).toEqual({ violations: [], faults: [] });
});

test('asks again by itself while the database cannot be reached, and says so', async () => {
  const userNodeId = id();
  await flow(app).start({ userNodeId });
  const { page, violations } = await visit(`${app.url}/agents/nobody`);
  let isGone = true;
  await page.route('**/graphql', (route) =>
    isGone
      ? route.fulfill({
          status: 503,
          json: { errors: [{ message: 'Not just now.', extensions: { code: 'UNAVAILABLE' } }] },
        })
      : route.continue(),
  );
  await page.goto(`${app.url}/agents/${userNodeId}`);
  await page.getByText(/Retrying in \d+ s/).waitFor();
  isGone = false;
  await page.getByText('No decisions yet').waitFor();
  await page.getByText(/Retrying in/).waitFor({ state: 'detached' });
  expect(violations).toEqual([]);
});

test('without a token it says where to get one, and shows the node once it has one', async () => {
  const guarded = await startWithPages(name, { auth: AUTH });
  const token = await mint({ sub: id() });
  const owner = createClient(guarded.url, token);
  try {
    const node = id();
    const { start, vote } = flow({ ...owner, url: guarded.url, stop: owner.close });
    const { executionId } = await start({ userNodeId: node, agents: [{ agentName: 'analyst' }] });
    await vote(executionId, 'analyst', { action: 'BUY', confidence: 70 });
    const { page, violations } = await visit(`${guarded.url}/agents/${node}`);
    await page.getByText('This server wants a token').waitFor();
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByText('1 decision, read at').waitFor();
    expect(await page.locator('main').textContent()).toContain('no outcome yet');
    expect(violations).toEqual([]);
  } finally {
    await owner.close();
    await guarded.stop();
  }
});

test('says what to run on a node without decisions, and what is wrong with an address', async () => {
  const { page } = await visit(`${app.url}/agents/${id()}`);
  await page.getByText('No decisions yet').waitFor();
  expect(await page.locator('main').textContent()).toContain('npm run demo');
  await page.goto(`${app.url}/agents/nobody`);
  await page.getByText('Expected 24 hex digits').waitFor();
});
