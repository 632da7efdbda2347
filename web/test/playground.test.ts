import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { id, type RunningApp, testDatabase } from '../../test/support/app.js';
import { flow } from '../../test/support/scenario.js';
import { AUTH, mint } from '../../test/support/tokens.js';
import { startWithPages } from './support/app.js';
import { isTooWide, SCHEMES, SIZES, seriousFindings, shoot, visit } from './support/browser.js';
import { decisionOf, startTalk, until, voteOn } from './support/scene.js';

const { name } = testDatabase();
let app: RunningApp;

beforeAll(async () => {
  app = await startWithPages(name);
  const { executionId } = await startTalk(app);
  await voteOn(app, executionId);
  await decisionOf(app, executionId);
});
afterAll(() => app.stop());

const open = async (path = '/playground', options = {}) => {
  const seen = await visit(`${app.url}${path}`, options);
  await seen.page.getByRole('button', { name: /Execute query/ }).waitFor();
  await seen.page.locator('.graphiql-query-editor .view-line').first().waitFor();
  return seen;
};
const toTab = (page: Page, title: string) =>
  page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${title}$`) }).click();
/** Waits for what the answer holds. */
const answered = async (page: Page, ...texts: string[]): Promise<void> => {
  let answer = '';
  const isThere = async () => {
    answer = await answerOn(page);
    return texts.every((text) => answer.includes(text));
  };
  await until(isThere).catch(() => {
    throw new Error(`Expected ${texts.join(' and ')} in the answer, got ${answer.slice(0, 500)}`);
  });
};
/** As it is drawn, without the spaces it is laid out with. */
const answerOn = async (page: Page): Promise<string> =>
  (await page.locator('.graphiql-response .view-lines').allInnerTexts()).join('').replace(/\s/g, '');
const run = (page: Page) => page.getByRole('button', { name: /Execute query/ }).click();

test('loads without asking elsewhere or breaking its policy, and shows docs and completion', async () => {
  const { page, elsewhere, violations, faults } = await open();
  await page.getByText('Local mode, no token is needed: you are user 00000000000000000000face').waitFor();
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.locator('.graphiql-doc-explorer').getByText('Mutation').first().waitFor();
  await page.locator('.graphiql-doc-explorer').getByRole('link', { name: 'Query', exact: true }).click();
  await page.locator('.graphiql-doc-explorer').getByText('What one node has learned').first().waitFor();
  await page.locator('.graphiql-query-editor .view-line').nth(3).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('gr');
  await page.locator('.suggest-widget').getByText('grants').first().waitFor();
  expect({ elsewhere, violations, faults }).toEqual({ elsewhere: [], violations: [], faults: [] });
});

test('runs a query, and each example as it stands', async () => {
  const { page, violations } = await open();
  const answers: Record<string, string[]> = {
    WhoAmI: ['"viewer":', 'face"'],
    ReadConversation: ['"status":"COMPLETED"', '"messages"'],
    ListConversations: ['"hasNextPage"', '"SPX"'],
    StartConversation: ['"status":"IN_PROGRESS"', '"userErrors":[]'],
    AddMessage: ['"seq":1', '"duplicate":false'],
    CastBallot: ['"status":"VOTING"', '"confidence":70'],
    RecordFeedback: ['"revision":1', '"pnl":42.5'],
    AgentPerformance: ['"agentName":"momentum"', '"learnedWeight"'],
  };
  for (const [title, texts] of Object.entries(answers)) {
    await toTab(page, title);
    await run(page);
    await answered(page, ...texts);
    expect(await answerOn(page)).not.toContain('"errors"');
  }
  await toTab(page, 'AddMessage');
  await run(page);
  await answered(page, '"duplicate":true');
  expect(violations).toEqual([]);
});

test('streams subscriptions live: messages as they come, and the vote when it completes', async () => {
  const { page, violations } = await open();
  await toTab(page, 'StartConversation');
  await run(page);
  await answered(page, '"executionId"');
  const executionId = /"executionId":"([0-9a-f]{24})"/.exec(await answerOn(page))?.[1] as string;
  await toTab(page, 'LiveMessages');
  await run(page);
  const { say, vote } = flow(app);
  await say(executionId, { content: { text: 'While-you-watch.' } });
  await answered(page, '"seq":1', 'While-you-watch.');
  await say(executionId, { content: { text: 'And-again.' } });
  await answered(page, '"seq":2', 'And-again.');
  await page.getByRole('button', { name: /Stop query/ }).click();
  await toTab(page, 'VoteCompleted');
  await run(page);
  await vote(executionId, 'momentum', { action: 'BUY', confidence: 70 });
  await vote(executionId, 'risk_manager', { action: 'BUY', confidence: 60 });
  await answered(page, '"isUnanimous":true', '"action":"BUY"');
  expect(violations).toEqual([]);
});

test('opens what a link asks, also one to the API itself', async () => {
  const query = 'query Linked($n: Int) { conversations(first: $n) { pageInfo { hasPreviousPage } } }';
  const asked = new URLSearchParams({ query, variables: '{ "n": 3 }' });
  const { page } = await open(`/graphql?${asked}`);
  expect(new URL(page.url()).pathname).toBe('/playground');
  await page.locator('.graphiql-tab-button[aria-current="true"]', { hasText: 'Linked' }).waitFor();
  await run(page);
  await answered(page, '"hasPreviousPage":false');
});

test('a token goes from the Headers tab into requests and sockets, and into no address', async () => {
  const guarded = await startWithPages(name, { auth: AUTH });
  try {
    const { page } = await visit(`${guarded.url}/playground`);
    await page.getByText('This server wants a token.').waitFor();
    expect(await page.getByRole('status').first().textContent()).toContain('npm run --silent token');
    const user = id();
    const token = await mint({ sub: user, scope: 'read' });
    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden)').click();
    await page.keyboard.insertText(JSON.stringify({ authorization: `Bearer ${token}` }));
    await page.getByText(`You are user ${user} and may read`).waitFor();
    await run(page);
    await answered(page, user);
    await toTab(page, 'VoteCompleted');
    const frames: string[] = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => frames.push(String(payload))));
    await run(page);
    await until(async () => frames.some((frame) => frame.includes('connection_init')));
    expect(frames.find((frame) => frame.includes('connection_init'))).toContain(token);
    await answered(page, '"errors"', 'Expectedanexecution');
    expect(page.url()).toBe(`${guarded.url}/playground`);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(token);
    await page.goto(`${guarded.url}/playground`);
    await page.getByText(`You are user ${user} and may read`).waitFor();
  } finally {
    await guarded.stop();
  }
});

for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
  for (const scheme of SCHEMES) {
    test(`is whole and usable for everyone, ${size}, ${scheme}`, async () => {
      const { page } = await open('/playground', { size, scheme });
      await toTab(page, 'ReadConversation');
      await run(page);
      await answered(page, '"status"');
      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      await page.locator('.graphiql-doc-explorer').getByText('Mutation').first().waitFor();
      await shoot(page, `playground-docs-${size}-${scheme}`);
      const withDocs = await seriousFindings(page);
      await page.getByRole('button', { name: 'Hide Documentation Explorer' }).click();
      await shoot(page, `playground-${size}-${scheme}`);
      expect({ withDocs, findings: await seriousFindings(page), isTooWide: await isTooWide(page) }).toEqual({
        withDocs: [],
        findings: [],
        isTooWide: false,
      });
    });
  }
}
