import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RunningApp, testDatabase } from '../../test/support/app.js';
import { flow } from '../../test/support/scenario.js';
import { startWithPages } from './support/app.js';
import { visit } from './support/browser.js';
import { addDeafSockets, deafen, type Seen, seenOn } from './support/deafSockets.js';
import { sayMany, seqsOn, until, upTo } from './support/scene.js';

const { name } = testDatabase();
let app: RunningApp;

beforeAll(async () => {
  app = await startWithPages(name);
});
afterAll(() => app.stop());

/** A live room of ten messages whose socket is deaf from now on, though nothing tells the page so. */
async function openDeaf() {
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, 1, 10);
  const { page, faults } = await visit('about:blank');
  await page.addInitScript(addDeafSockets);
  await page.clock.install();
  await page.goto(`${app.url}/room/${executionId}`);
  await page.getByText('Live', { exact: true }).waitFor();
  await sayMany(app, executionId, 11, 12);
  await page.locator('[data-seq="12"]').waitFor();
  await deafen(page);
  return { page, faults, executionId };
}

/** Lets the page's time run until it has opened another socket; how many ms it took, by the page's clock. */
async function runUntilOpened(page: Page): Promise<number> {
  const STEP_MS = 500;
  for (let ms = 0; ; ms += STEP_MS) {
    if ((await seenOn(page)).opened > 1) return ms;
    await page.clock.runFor(STEP_MS);
  }
}

test('within 20 s of a socket going deaf another brings every message, once and in order', async () => {
  const { page, faults, executionId } = await openDeaf();
  await sayMany(app, executionId, 13, 62);
  expect(await runUntilOpened(page)).toBeLessThan(18_000);
  await page.locator('[data-seq="62"]').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await seqsOn(page)).toEqual(upTo(62));
  expect(await seenOn(page)).toEqual({ opened: 2, closed: 1, isDeaf: false });
  await sayMany(app, executionId, 63, 65);
  await page.locator('[data-seq="65"]').waitFor();
  expect({ seqs: await seqsOn(page), faults }).toEqual({ seqs: upTo(65), faults: [] });
});

test('does not say that it is live while it opens another', async () => {
  const { page } = await openDeaf();
  // One that never opens.
  await page.evaluate(() => {
    const Deaf = window.WebSocket;
    window.WebSocket = class extends Deaf {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        (window as unknown as { seen: Seen }).seen.isDeaf = true;
      }
    };
  });
  await page.clock.runFor(18_000);
  await page.getByText('Connecting', { exact: true }).waitFor();
  await page.clock.runFor(10_000);
  await until(async () => (await seenOn(page)).opened > 2);
});

test.each(['visibilitychange', 'online'])(
  'looks at once whether its socket still hears upon %s',
  async (event) => {
    const { page, executionId } = await openDeaf();
    await sayMany(app, executionId, 13, 20);
    // Too soon to be noticed by itself.
    await page.clock.runFor(1_000);
    await page.evaluate((name) => {
      (name === 'online' ? window : document).dispatchEvent(new Event(name));
    }, event);
    await page.clock.runFor(7_000);
    await page.locator('[data-seq="20"]').waitFor();
    expect(await seqsOn(page)).toEqual(upTo(20));
    expect((await seenOn(page)).opened).toBe(2);
  },
);

test('a socket that is quiet and hears is kept', async () => {
  const { executionId } = await flow(app).start();
  const { page } = await visit('about:blank');
  await page.addInitScript(addDeafSockets);
  await page.clock.install();
  await page.goto(`${app.url}/room/${executionId}`);
  await page.getByText('Live', { exact: true }).waitFor();
  for (let i = 0; i < 5; i++) {
    await page.clock.runFor(8_500);
    // The answer to a ping takes its way over the network, whose time is not the page's.
    await sayMany(app, executionId, i + 1, i + 1);
    await page.locator(`[data-seq="${i + 1}"]`).waitFor();
  }
  expect(await seenOn(page)).toEqual({ opened: 1, closed: 0, isDeaf: false });
});

test('the list does not trust a deaf socket either, and shows what began meanwhile', async () => {
  const { page } = await visit('about:blank');
  await page.addInitScript(addDeafSockets);
  await page.clock.install();
  await page.goto(app.url);
  await page.getByText('Live', { exact: true }).waitFor();
  await deafen(page);
  const { executionId } = await flow(app).start();
  expect(await runUntilOpened(page)).toBeLessThan(18_000);
  const row = page.locator(`a[href*="${executionId}"]`).first();
  await until(async () => {
    await page.clock.runFor(100);
    return row.isVisible();
  });
});

test('the playground says that a deaf socket is lost', async () => {
  const { executionId } = await flow(app).start();
  await sayMany(app, executionId, 1, 1);
  const { page } = await visit('about:blank');
  await page.addInitScript(addDeafSockets);
  const query = `subscription Live { messageAdded(executionId: "${executionId}", afterSeq: 0) { seq } }`;
  await page.goto(`${app.url}/playground?${new URLSearchParams({ query })}`);
  await page.getByRole('button', { name: /Execute query/ }).click();
  const answer = page.locator('.graphiql-response .view-lines');
  await answer.getByText('seq').waitFor();
  await page.clock.install();
  const shows = (text: string) =>
    until(async () => {
      await page.clock.runFor(500);
      return (await answer.innerText()).replace(/\s/g, ' ').includes(text);
    });
  await sayMany(app, executionId, 2, 2);
  await shows('"seq": 2');
  await deafen(page);
  await shows('The connection was lost (4408)');
});
