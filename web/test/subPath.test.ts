import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type RunningApp, testDatabase } from '../../test/support/app.js';
import { flow } from '../../test/support/scenario.js';
import { type SubPath, type SubPathOptions, startSubPath } from '../../test/support/subPath.js';
import { startWithPages } from './support/app.js';
import { visit } from './support/browser.js';
import { decisionOf, startTalk, until, voteOn } from './support/scene.js';

const { name } = testDatabase();
let app: RunningApp;
let proxies: SubPath[] = [];

beforeAll(async () => {
  app = await startWithPages(name);
});
afterEach(async () => {
  for (const { stop } of proxies) await stop();
  proxies = [];
});
afterAll(() => app.stop());

async function below(options: SubPathOptions = {}): Promise<SubPath> {
  const proxy = await startSubPath(app.url, options);
  proxies.push(proxy);
  return proxy;
}

async function propose(userNodeId: string): Promise<void> {
  const input = { userNodeId, path: 'quorum', to: 70, reason: 'More should have a say.' };
  await app.data(
    'mutation ($input: ProposeParameterChangeInput!) { proposeParameterChange(input: $input) { duplicate } }',
    { input },
  );
}

test('every page works below a path, and leads to the others there', async () => {
  const proxy = await below();
  const { executionId, userNodeId } = await startTalk(app);
  const { page, elsewhere, violations, faults } = await visit(`${proxy.url}/`);
  await page.locator(`a[href="/sub/room/${executionId}"]`).click();
  await page.getByText('The trend of the last 20 days').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await flow(app).say(executionId, { content: { text: 'While you watch.' } });
  await page.getByText('While you watch.').waitFor();
  await voteOn(app, executionId);
  await decisionOf(app, executionId);
  await page.locator(`a[href="/sub/agents/${userNodeId}"]`).click();
  await page.getByText('1 decision, read at').waitFor();
  expect(page.url()).toBe(`${proxy.url}/agents/${userNodeId}`);
  await page.getByRole('link', { name: 'Playground' }).click();
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  expect(page.url()).toBe(`${proxy.url}/playground`);
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.locator('.graphiql-response').getByText('00000000000000000000face').waitFor();
  await page.locator('.graphiql-tab-button', { hasText: /^LiveMessages$/ }).click();
  const heardFrom: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', () => heardFrom.push(socket.url())));
  await page.getByRole('button', { name: /Execute query/ }).click();
  await until(async () => heardFrom.length > 0);
  expect(heardFrom[0]).toBe(`${proxy.url.replace(/^http/, 'ws')}/graphql`);
  await propose(userNodeId);
  await page.getByRole('link', { name: 'Agents', exact: true }).click();
  await page.locator(`a[href="/sub/agents/${userNodeId}"]`).waitFor();
  await page.getByRole('link', { name: '1 open, in the playground' }).click();
  await page.waitForURL(`${proxy.url}/playground?*`);
  await page.goBack();
  await page.getByRole('link', { name: 'Conversations' }).click();
  await page.locator(`a[href="/sub/room/${executionId}"]`).waitFor();
  await page.getByRole('combobox').first().selectOption('COMPLETED');
  await page.waitForURL(`${proxy.url}/?status=COMPLETED`);
  await page.reload();
  await page.locator(`a[href="/sub/room/${executionId}"]`).waitFor();
  expect({ elsewhere, violations, faults, outside: proxy.outside }).toEqual({
    elsewhere: [],
    violations: [],
    faults: [],
    outside: [],
  });
});

test('opens a page below a path that is asked for with a slash at its end', async () => {
  const proxy = await below();
  const { executionId } = await startTalk(app);
  const { page, faults } = await visit(`${proxy.url}/room/${executionId}/`);
  await page.getByText('The trend of the last 20 days').waitFor();
  await page.goto(`${proxy.url}/graphql/?query={viewer{id}}`);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  expect({ faults, outside: proxy.outside }).toEqual({ faults: [], outside: [] });
});

test('behind a proxy that keeps its name to itself the page says which setting lets it in', async () => {
  const proxy = await below({ host: new URL(app.url).host });
  const { origin } = new URL(proxy.url);
  const { page } = await visit(`${proxy.url}/`);
  await page.getByText(`set ALLOWED_ORIGINS=${origin} or`).waitFor();
});
