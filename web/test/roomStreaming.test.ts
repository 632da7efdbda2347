import { afterEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RunningApp, testDatabase } from '../../test/support/app.js';
import { flow } from '../../test/support/scenario.js';
import { startWithPages } from './support/app.js';
import { visit } from './support/browser.js';
import { until } from './support/scene.js';

const { name } = testDatabase();
let app: RunningApp;

afterEach(() => app.stop());

const seqsOn = (page: Page): Promise<number[]> =>
  page
    .locator('[data-seq]')
    .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['seq'])));
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Says so many things, a few at once, and goes on where the server was away. */
async function sayMany(executionId: string, from: number, to: number): Promise<void> {
  const { say } = flow(app);
  for (let i = from; i <= to; i++)
    await say(executionId, { idempotencyKey: `n${i}`, content: { text: `Number ${i}` } });
}

test('survives a restart of the server in mid-stream: every message once, in order', async () => {
  app = await startWithPages(name);
  const { executionId } = await flow(app).start();
  const { page } = await visit(`${app.url}/room/${executionId}`);
  await page.getByText('Live', { exact: true }).waitFor();
  const { port } = new URL(app.url);
  await sayMany(executionId, 1, 40);
  // What the page shows twice or leaves out is told by the rows themselves, as they come and go.
  await app.stop();
  await page.getByText(/^Retrying in \d+ s$/).waitFor();
  expect(await page.getByRole('status').first().textContent()).toContain('The server is gone.');
  app = await startWithPages(name, { port: Number(port) });
  await sayMany(executionId, 41, 60);
  await page
    .getByRole('button', { name: 'Try now' })
    .click({ timeout: 1_000 })
    .catch(() => {});
  await page.getByText('Live', { exact: true }).waitFor();
  await sayMany(executionId, 61, 80);
  await page.locator('[data-seq="80"]').waitFor();
  expect(await seqsOn(page)).toEqual(upTo(80));
});

test('a page opened while the server is away shows the conversation once it is back', async () => {
  app = await startWithPages(name);
  const { executionId } = await flow(app).start();
  await sayMany(executionId, 1, 3);
  const { page } = await visit('about:blank');
  // The page itself came; then the server went.
  await page.route('**/graphql', (route) => route.abort());
  await page.goto(`${app.url}/room/${executionId}`);
  await page.getByText(/^Retrying in \d+ s$/).waitFor();
  await page.unroute('**/graphql');
  await page.locator('[data-seq="3"]').waitFor();
  expect(await seqsOn(page)).toEqual([1, 2, 3]);
});

test('5,000 messages: 500 rows, older ones on demand, no frame over 100 ms while 50 a second arrive', async () => {
  app = await startWithPages(name);
  const { start, say } = flow(app);
  const { executionId } = await start();
  for (let i = 0; i < 4_500; i += 20) await Promise.all(upTo(20).map(() => say(executionId)));
  const { page } = await visit(`${app.url}/room/${executionId}`);
  await page.locator('[data-seq="4500"]').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.evaluate(() => {
    const frames: number[] = [];
    (window as unknown as { frames: number[] }).frames = frames;
    let last = performance.now();
    const look = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const startedMs = performance.now();
  let sent = 0;
  while (sent < 500) {
    const due = Math.min(500, Math.floor((performance.now() - startedMs) / 20) + 1);
    await Promise.all(Array.from({ length: due - sent }, () => say(executionId)));
    sent = due;
  }
  const perSecond = 500_000 / (performance.now() - startedMs);
  await page.locator('[data-seq="5000"]').waitFor();
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames);
  const slowest = Math.max(...frames.slice(1));
  process.stdout.write(
    `5,000 messages: ${perSecond.toFixed(0)} a second arrived, ${frames.length} frames, slowest ${slowest.toFixed(0)} ms\n`,
  );
  expect(await seqsOn(page)).toEqual(upTo(5_000).slice(-500));
  expect(slowest).toBeLessThan(100);
  const log = page.getByRole('log');
  await log.evaluate((it) => it.scrollTo(0, 0));
  await page.getByRole('button', { name: 'Show older' }).click();
  await page.locator('[data-seq="4401"]').waitFor();
  expect(await seqsOn(page)).toEqual(upTo(4_900).slice(-500));
  await page.getByRole('button', { name: 'To the newest' }).click();
  await page.locator('[data-seq="5000"]').waitFor();
  await until(async () => (await seqsOn(page)).at(-1) === 5_000);
});

test('paints what is useful within a second, with nothing cached', async () => {
  app = await startWithPages(name);
  const { executionId } = await flow(app).start();
  await sayMany(executionId, 1, 30);
  await visit(app.url);
  const { page } = await visit(`${app.url}/room/${executionId}`);
  await page.locator('[data-seq="30"]').waitFor();
  const paintedMs = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const entry = list.getEntries().at(-1);
          if (entry !== undefined) resolve(entry.startTime);
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  process.stdout.write(`the room's first useful paint: ${paintedMs.toFixed(0)} ms\n`);
  expect(paintedMs).toBeLessThan(1_000);
});
