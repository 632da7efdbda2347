import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RunningApp, testDatabase } from '../../test/support/app.js';
import { flow } from '../../test/support/scenario.js';
import { startWithPages } from './support/app.js';
import { visit } from './support/browser.js';
import { sayMany, seqsOn, until, upTo } from './support/scene.js';

const { name } = testDatabase();
let app: RunningApp;

beforeAll(async () => {
  app = await startWithPages(name);
});
afterAll(() => app.stop());

/** What the page did with its sockets. */
interface Seen {
  opened: number;
  closed: number;
  isDeaf: boolean;
}

/** Replaces the page's `WebSocket` by one that can go deaf: then it hears and says nothing, and tells of no end. */
function addDeafSockets(): void {
  const Native = window.WebSocket;
  const seen: Seen = { opened: 0, closed: 0, isDeaf: false };
  class DeafSocket extends Native {
    #wasDeaf = false;
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      seen.opened += 1;
      seen.isDeaf = false;
      for (const event of ['open', 'message', 'error', 'close'] as const) {
        super.addEventListener(event, (told) => {
          if (this.#isDeaf()) told.stopImmediatePropagation();
        });
      }
    }
    #isDeaf(): boolean {
      this.#wasDeaf ||= seen.isDeaf;
      return this.#wasDeaf;
    }
    override send(data: string): void {
      if (!this.#isDeaf()) super.send(data);
    }
    override close(code?: number, reason?: string): void {
      seen.closed += 1;
      if (!this.#isDeaf()) super.close(code, reason);
    }
  }
  window.WebSocket = DeafSocket;
  (window as unknown as { seen: Seen }).seen = seen;
}

const seenOn = (page: Page): Promise<Seen> => page.evaluate(() => (window as unknown as { seen: Seen }).seen);

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
  await page.evaluate(() => {
    (window as unknown as { seen: Seen }).seen.isDeaf = true;
  });
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
