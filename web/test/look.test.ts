import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RunningApp, testDatabase } from '../../test/support/app.js';
import { flow } from '../../test/support/scenario.js';
import { startWithPages } from './support/app.js';
import { isTooWide, SCHEMES, SIZES, seriousFindings, shoot, visit } from './support/browser.js';
import { decisionOf, startTalk, until, voteOn } from './support/scene.js';

const { name } = testDatabase();
let app: RunningApp;
let paths: Record<string, string>;

const LONG_NAME = 'an_agent_whose_name_is_as_long_as_the_rules_allow_it_to_be_64_ch';

beforeAll(async () => {
  app = await startWithPages(name);
  const open = await startTalk(app, { symbol: 'OPEN' });
  await flow(app).vote(open.executionId, 'analyst', { action: 'BUY', confidence: 72 });
  const done = await startTalk(app, { symbol: 'DONE' });
  await voteOn(app, done.executionId);
  const known = await startTalk(app, { symbol: 'KNOWN' });
  await voteOn(app, known.executionId);
  const decisionId = await decisionOf(app, known.executionId);
  await flow(app).feedback(decisionId, {
    success: false,
    pnl: -312.4,
    timeHeld: 7_200,
    exitReason: 'stop_loss',
  });
  const long = await flow(app).start({ symbol: 'A'.repeat(64) });
  await flow(app).say(long.executionId, {
    agentName: LONG_NAME,
    agentRole: 'r'.repeat(64),
    aiModel: 'm'.repeat(64),
    content: { text: `${'word '.repeat(400)}${'x'.repeat(300)}` },
    ui: { tone: 'URGENT' },
  });
  paths = {
    list: '/',
    'list-none': '/?symbol=NOTHING',
    'room-open': `/room/${open.executionId}`,
    'room-done': `/room/${done.executionId}`,
    'room-known': `/room/${known.executionId}`,
    'room-long': `/room/${long.executionId}`,
    'room-missing': '/room/0123456789abcdef01234567',
  };
});
afterAll(() => app.stop());

/** Until what the page reads is there. */
const settled = (page: Page) =>
  until(
    async () => !/Reading the|Connecting/.test((await page.locator('body').textContent()) ?? 'Reading the'),
  );

for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
  for (const scheme of SCHEMES) {
    test(`list and room are whole and usable for everyone, ${size}, ${scheme}`, async () => {
      for (const [page, path] of Object.entries(paths)) {
        const seen = await visit(`${app.url}${path}`, { size, scheme });
        await seen.page.waitForLoadState('networkidle');
        await settled(seen.page);
        await shoot(seen.page, `${page}-${size}-${scheme}`);
        expect({
          page,
          findings: await seriousFindings(seen.page),
          isTooWide: await isTooWide(seen.page),
          violations: seen.violations,
          elsewhere: seen.elsewhere,
          faults: seen.faults,
        }).toEqual({ page, findings: [], isTooWide: false, violations: [], elsewhere: [], faults: [] });
        await seen.page.close();
      }
    });
  }
}

test('all of a room is reached by keyboard, and what is reached is seen', async () => {
  const { page } = await visit(`${app.url}${paths['room-done']}`);
  await page.waitForLoadState('networkidle');
  await settled(page);
  const wanted = [
    'Skip to the content',
    'Playground',
    'Copy link',
    'Replay',
    'Message',
    'Agent',
    'log',
    'Record feedback',
  ];
  const reached = new Set<string>();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const it = document.activeElement as HTMLElement;
      const name = it.getAttribute('role') ?? it.getAttribute('aria-label') ?? it.textContent?.trim() ?? '';
      return { name, isOutlined: getComputedStyle(it).outlineStyle !== 'none' || it === document.body };
    });
    reached.add(at.name);
    expect(at).toMatchObject({ isOutlined: true });
  }
  expect(wanted.filter((one) => !reached.has(one))).toEqual([]);
});
