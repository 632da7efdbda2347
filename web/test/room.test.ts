import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { id, type RunningApp, testDatabase } from '../../test/support/app.js';
import { flow } from '../../test/support/scenario.js';
import { startWithPages } from './support/app.js';
import { visit } from './support/browser.js';
import { sayMany, seqsOn, startTalk, until, upTo, voteOn } from './support/scene.js';

const { name } = testDatabase();
let app: RunningApp;

beforeAll(async () => {
  app = await startWithPages(name);
});
afterAll(() => app.stop());

const open = (executionId: string) => visit(`${app.url}/room/${executionId}`);
const message = (page: Page, seq: number) => page.locator(`[data-seq="${seq}"]`);

test('shows what was said, by whom, how sure, and folds thoughts', async () => {
  const { executionId } = await startTalk(app);
  const { page, faults } = await open(executionId);
  await message(page, 4).waitFor();
  expect(await seqsOn(page)).toEqual([1, 2, 3, 4]);
  const first = message(page, 1);
  for (const said of ['analyst', 'trend', 'model-a', 'Bullish', '60 % sure', 'volume follows']) {
    expect(await first.textContent()).toContain(said);
  }
  expect(await first.evaluate((row) => getComputedStyle(row).borderInlineStartColor)).toBe(
    'rgb(26, 127, 55)',
  );
  expect(await first.locator('svg').getAttribute('data-icon')).toBe('chart');
  expect(await message(page, 4).locator('svg').getAttribute('data-icon')).toBe('speech');
  const thought = message(page, 4).getByText('Everybody is long already');
  expect(await thought.isVisible()).toBe(false);
  await message(page, 4).getByText('Thought', { exact: true }).click();
  expect(await thought.isVisible()).toBe(true);
  expect(
    await page.getByRole('listitem').filter({ hasText: 'Market analysis' }).getAttribute('aria-current'),
  ).toBe('step');
  expect(faults).toEqual([]);
});

test('shows messages and ballots as they come, and what was settled on', async () => {
  const { executionId } = await startTalk(app);
  const { page, faults } = await open(executionId);
  await message(page, 4).waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await flow(app).say(executionId, { content: { text: 'One more thing.' } });
  await message(page, 5).getByText('One more thing.').waitFor();
  const vote = page.getByRole('region', { name: 'Vote' });
  await vote.getByText('0 of 4 counted, quorum 2 (50 %): not reached.').waitFor();
  await voteOn(app, executionId);
  await vote.getByText('3 of 4 counted, quorum 2 (50 %): reached.').waitFor();
  await vote.getByText('Decided by evidence.').waitFor();
  const text = (await vote.textContent()) ?? '';
  for (const said of ['BUY', 'Against it: contrarian.', 'Failed 1', 'Model error', '67 %', '33 %']) {
    expect(text).toContain(said);
  }
  await message(page, 10).waitFor();
  expect(await seqsOn(page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(await page.getByText('Completed', { exact: true }).isVisible()).toBe(true);
  expect(faults).toEqual([]);
});

test('shows what comes after the vote, marked, and its ballot apart from those counted', async () => {
  const { executionId } = await flow(app).start({ totalAgents: 1, keepLate: true });
  const { page, faults } = await open(executionId);
  await page.getByText('Live', { exact: true }).waitFor();
  await flow(app).vote(executionId, 'first', { action: 'BUY', confidence: 80 });
  await message(page, 2).waitFor();
  await flow(app).vote(executionId, 'second', { action: 'SELL', confidence: 90 });
  await message(page, 3).getByText('Late', { exact: true }).waitFor();
  await flow(app).say(executionId, { content: { text: 'As I thought.' } });
  await message(page, 4).getByText('As I thought.').waitFor();
  expect(await seqsOn(page)).toEqual([1, 2, 3, 4]);
  const vote = page.getByRole('region', { name: 'Vote' });
  await vote.getByText('1 of 1 counted').waitFor();
  expect(await vote.textContent()).toContain('Late, not counted 1second');
  expect(faults).toEqual([]);
});

test('script and markup in what agents say stay text', async () => {
  const { start, say } = flow(app);
  const { executionId } = await start({ symbol: '<b>SPX</b>' });
  const evil = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script> https://example.com/a`;
  await say(executionId, {
    agentRole: '<i>role</i>',
    aiModel: '<u>m</u>',
    content: { text: evil, data: { a: evil } },
  });
  const { page, violations, elsewhere } = await open(executionId);
  await message(page, 1).waitFor();
  expect(await message(page, 1).locator('.said').textContent()).toBe(evil);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('<b>SPX</b>');
  const made = await page
    .locator('.message img, .message script, .message a, .message i, .message u, h1 b')
    .count();
  expect(made).toBe(0);
  expect(await page.title()).not.toBe('owned');
  expect({ violations, elsewhere }).toEqual({ violations: [], elsewhere: [] });
});

test('stays at the end, unless scrolled up: then says how many are new, and goes there', async () => {
  const { start, say } = flow(app);
  const { executionId } = await start();
  await sayMany(app, executionId, 1, 30);
  const { page } = await open(executionId);
  await message(page, 30).waitFor();
  const log = page.getByRole('log');
  const isAtEnd = () => log.evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight < 5);
  expect(await isAtEnd()).toBe(true);
  await page.getByText('Live', { exact: true }).waitFor();
  await say(executionId, { content: { text: 'Number 31' } });
  await message(page, 31).waitFor();
  await until(isAtEnd);
  await log.focus();
  await page.keyboard.press('Home');
  await page.getByRole('button', { name: 'To the newest' }).waitFor();
  await until(() => log.evaluate((it) => it.scrollTop === 0));
  for (let i = 0; i < 3; i++) await say(executionId, { content: { text: 'Later.' } });
  await page.getByRole('button', { name: '3 new' }).waitFor();
  expect(await log.evaluate((it) => it.scrollTop)).toBe(0);
  await page.getByRole('button', { name: '3 new' }).click();
  await until(isAtEnd);
  expect(await message(page, 34).isVisible()).toBe(true);
});

test('filters by agent, type and text', async () => {
  const { executionId } = await startTalk(app);
  const { page } = await open(executionId);
  await message(page, 4).waitFor();
  await page.getByLabel('Agent').selectOption('momentum');
  await page.getByText('1 of all 4 messages.').waitFor();
  expect(await seqsOn(page)).toEqual([2]);
  await page.getByLabel('Agent').selectOption('');
  await page.getByLabel('Type').selectOption('THOUGHT');
  await page.getByText('1 of all 4').waitFor();
  expect(await seqsOn(page)).toEqual([4]);
  await page.getByLabel('Type').selectOption('');
  await page.getByLabel('Text').fill('POSITION OF');
  await page.getByText('1 of all 4').waitFor();
  expect(await seqsOn(page)).toEqual([3]);
});

test('looks for a text in older messages, too, and is at the end again afterwards', async () => {
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, 1, 230);
  const { page } = await open(executionId);
  await message(page, 230).waitFor();
  await page.getByLabel('Text').fill('number 7.');
  await page.getByText('1 of all 230 messages.').waitFor();
  expect(await seqsOn(page)).toEqual([7]);
  await page.getByLabel('Text').fill('');
  await message(page, 1).waitFor({ state: 'attached' });
  expect(await seqsOn(page)).toEqual(upTo(230));
  await until(() =>
    page.getByRole('log').evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight < 2),
  );
});

test('replays: shows the conversation and its vote as of any message, and plays on', async () => {
  const { executionId } = await startTalk(app);
  await voteOn(app, executionId);
  const { page } = await open(executionId);
  await message(page, 9).waitFor();
  const slider = page.getByRole('slider');
  await slider.fill('5');
  await page.getByText('1 of 4 counted').waitFor();
  expect(await seqsOn(page)).toEqual([1, 2, 3, 4, 5]);
  expect(await page.getByText('Voting', { exact: true }).isVisible()).toBe(true);
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByText('2 of 4 counted').waitFor();
  await page.getByLabel('Speed').selectOption('20');
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByText('9 of 9').waitFor();
  await message(page, 9).waitFor();
  await page.getByRole('button', { name: 'Back to now' }).click();
  expect(await seqsOn(page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('records feedback and shows the outcome; what is refused is told', async () => {
  const { executionId } = await startTalk(app);
  await voteOn(app, executionId);
  const { page } = await open(executionId);
  const outcome = page.getByRole('region', { name: 'Outcome' });
  await outcome.getByLabel('right').check();
  await outcome.getByLabel('P&L, net of fees').fill('-12.5');
  await outcome.getByLabel('Held, in seconds').fill('999999999999');
  await outcome.getByRole('button', { name: 'Record feedback' }).click();
  await outcome.getByRole('alert').waitFor();
  expect(await outcome.getByRole('alert').textContent()).toContain('999999999999');
  await outcome.getByLabel('Held, in seconds').fill('3600');
  await outcome.getByRole('button', { name: 'Record feedback' }).click();
  await outcome.getByText('-12.50').waitFor();
  expect(await outcome.textContent()).toContain('1 h 0 min');
  const asked =
    '{ conversation(executionId: "ID") { decision { revision outcome { success pnl timeHeld } feedback { source } } } }';
  const { conversation } = await app.data(asked.replace('ID', executionId));
  expect(conversation.decision).toEqual({
    revision: 1,
    outcome: { success: true, pnl: -12.5, timeHeld: 3_600 },
    feedback: [{ source: 'HUMAN' }],
  });
});

test('downloads all of the conversation as JSON', async () => {
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, 1, 230);
  const { page } = await open(executionId);
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download JSON' }).click();
  const saved = await waiting;
  expect(saved.suggestedFilename()).toBe(`conversation-${executionId}.json`);
  const chunks: Buffer[] = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
  const { messages, status } = JSON.parse(Buffer.concat(chunks).toString());
  expect(status).toBe('IN_PROGRESS');
  expect(messages.map(({ seq }: { seq: number }) => seq)).toEqual(upTo(230));
});

test('says in words what cannot be shown', async () => {
  const missing = await open(id());
  await missing.page.getByText('There is no conversation of this execution').waitFor();
  const wrong = await visit(`${app.url}/room/nonsense`);
  await wrong.page.getByText('24 hex digits').waitFor();
});
