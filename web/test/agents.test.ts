import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { id, type RunningApp, testDatabase } from '../../test/support/app.js';
import { flow } from '../../test/support/scenario.js';
import { money } from '../src/parts/format.js';
import { startWithPages } from './support/app.js';
import { isTooWide, SCHEMES, seriousFindings, SIZES, shoot, visit } from './support/browser.js';
import { changeParameter, decideChange, decisionOf, until } from './support/scene.js';

const { name } = testDatabase();
/** In so many of ten rounds each is right. */
const SKILLS = { analyst: 8, momentum: 7, risk_manager: 6, contrarian: 3, newcomer: 5 };
const userNodeId = id();
let app: RunningApp;

beforeAll(async () => {
  app = await startWithPages(name);
  const { start, vote, feedback } = flow(app);
  const agents = Object.keys(SKILLS).map((agentName) => ({ agentName }));
  let changeId = '';
  for (let round = 0; round < 30; round += 1) {
    if (round === 20) changeId = await changeParameter(app, userNodeId, 'quorum', 60);
    if (round === 25) await decideChange(app, changeId, 'ROLL_BACK');
    const { executionId } = await start({ userNodeId, agents });
    for (const [i, [agentName, skill]] of Object.entries(SKILLS).entries()) {
      const isRight = (round * 7 + i * 3) % 10 < skill;
      await vote(executionId, agentName, {
        action: isRight ? 'BUY' : 'SELL',
        confidence: 50 + ((round * 13 + i * 17) % 45),
      });
    }
    const decisionId = await decisionOf(app, executionId);
    const { decision } = await app.data('query ($id: ID!) { decision(id: $id) { decision { action } } }', {
      id: decisionId,
    });
    const success = decision.decision.action === 'BUY';
    await feedback(decisionId, { success, pnl: success ? 120.5 : -80.25, timeHeld: 3_600 });
  }
}, 60_000);
afterAll(() => app.stop());

const open = async (options = {}) => {
  const seen = await visit(`${app.url}/agents/${userNodeId}`, options);
  await seen.page.getByRole('heading', { name: 'P&L, added up' }).waitFor();
  await seen.page.locator('.spark').first().waitFor();
  return seen;
};
const names = ({ page }: Awaited<ReturnType<typeof open>>) => page.locator('tbody .choose').allTextContents();

test('shows each agent, the swarm and the majority as the API has them, and breaks no policy', async () => {
  const seen = await open();
  const { page, elsewhere, violations, faults } = seen;
  const { agentPerformance, whatIf, decisions } = await app.data(
    /* GraphQL */ `
      query ($id: ID!) {
        agentPerformance(userNodeId: $id) { agentName evaluatedVotes learnedWeight brier hitRate { value } calibration { bins { n } } }
        whatIf(input: { userNodeId: $id, rule: MAJORITY }) {
          changed counterfactualSuccess { value } pnlHistory { seq actual counterfactual }
        }
        decisions(userNodeId: $id, first: 100) { edges { node { outcome { pnl } } } }
      }
    `,
    { id: userNodeId },
  );
  expect(await names(seen)).toEqual([
    'The swarm',
    ...agentPerformance.map(({ agentName }: { agentName: string }) => agentName),
  ]);
  for (const { agentName, evaluatedVotes, learnedWeight, brier, hitRate } of agentPerformance) {
    const row = page.getByRole('row').filter({ hasText: agentName });
    const text = await row.textContent();
    expect(text).toContain(`${(100 * hitRate.value).toFixed(1)} %`);
    expect(text).toContain(brier.toFixed(3));
    expect(text).toContain(learnedWeight.toFixed(2));
    expect(text).toContain(String(evaluatedVotes));
    expect(await row.locator('.interval').getAttribute('aria-label')).toMatch(/ to .* %, n 30/);
    expect(await row.locator('.interval .range').count()).toBe(1);
    expect(await row.locator('.spark polyline').count()).toBe(1);
  }
  const majority = await page.getByRole('region', { name: 'Against a plain majority' }).textContent();
  expect(majority).toContain(`${(100 * whatIf.counterfactualSuccess.value).toFixed(1)} %`);
  expect(majority).toContain(`${whatIf.changed} would have come out otherwise`);
  const total = decisions.edges.reduce(
    (sum: number, { node }: { node: { outcome: { pnl: number } } }) => sum + node.outcome.pnl,
    0,
  );
  const { actual, counterfactual } = whatIf.pnlHistory.at(-1);
  expect(actual).toBeCloseTo(total, 9);
  const profit = page.getByRole('region', { name: 'P&L, added up' });
  expect(await profit.locator('.legend li').allTextContents()).toEqual([
    `As decided: ${money(total)}`,
    `By a plain majority, counterfactual: ${money(counterfactual)}`,
  ]);
  expect(
    await page.getByRole('img', { name: /^P&L over decisions .* 2 parameter changes\. By a plain/ }).count(),
  ).toBe(1);
  expect(await page.locator('.markers li').allTextContents()).toEqual([
    expect.stringMatching(/^quorum: 50 to 60, version 2 .*, before decision 21$/),
    expect.stringMatching(/^quorum: rolled back to 50, version 3 .*, before decision 26$/),
  ]);
  expect(await page.locator('.chart canvas').count()).toBeGreaterThan(0);
  expect({ elsewhere, violations, faults }).toEqual({ elsewhere: [], violations: [], faults: [] });
});

test('an agent chosen by keyboard has its diagram, few cases in grey, and its weights as a line', async () => {
  const { page, violations } = await open();
  const button = page.getByRole('button', { name: 'contrarian' });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Reliability of contrarian' }).waitFor();
  expect(await button.getAttribute('aria-pressed')).toBe('true');
  expect(await page.getByRole('img', { name: /^Learned weight of contrarian: / }).count()).toBe(1);
  const bins = await page
    .locator('.reliability .bin')
    .evaluateAll((all) =>
      all.map((bin) => [Number(bin.getAttribute('data-n')), bin.classList.contains('few')]),
    );
  expect(bins.length).toBeGreaterThan(1);
  for (const [n, isGrey] of bins) expect(isGrey).toBe((n as number) < 5);
  expect(violations).toEqual([]);
});

test('a column orders the agents, a second time the other way round', async () => {
  const seen = await open();
  const heading = seen.page.getByRole('button', { name: 'Agent' });
  const rising = Object.keys(SKILLS).toSorted();
  await heading.click();
  expect(await names(seen)).toEqual(['The swarm', ...rising]);
  await heading.press('Enter');
  expect(await names(seen)).toEqual(['The swarm', ...rising.toReversed()]);
});

test('a column of numbers orders the agents by it, the largest first', async () => {
  const seen = await open();
  const heading = seen.page.getByRole('button', { name: 'Hit rate, 95 % interval' });
  await heading.focus();
  await seen.page.keyboard.press('Enter');
  const bySkill = Object.entries(SKILLS).toSorted(([, a], [, b]) => b - a);
  expect(await names(seen)).toEqual(['The swarm', ...bySkill.map(([agentName]) => agentName)]);
  expect(await seen.page.locator('th[aria-sort="descending"]').textContent()).toContain('Hit rate');
});

test('an agent of nearly the name of another is shown with that name', async () => {
  const [node, { start, vote, feedback }] = [id(), flow(app)];
  for (const name of ['Momentum', 'momentum']) {
    const agents = [{ agentName: name }, { agentName: 'analyst' }];
    const { executionId } = await start({ userNodeId: node, agents });
    for (const { agentName } of agents) await vote(executionId, agentName, { action: 'BUY', confidence: 70 });
    await feedback(await decisionOf(app, executionId), { success: true, pnl: 5 });
  }
  const { page, violations } = await visit(`${app.url}/agents/${node}`, { size: 'phone' });
  const near = async (agentName: string) => {
    const button = page.getByRole('button', { name: agentName, exact: true });
    return page.getByRole('rowheader').filter({ has: button }).locator('.near').allTextContents();
  };
  await page.getByRole('button', { name: 'analyst' }).waitFor();
  expect(await near('Momentum')).toEqual(['Nearly the same name: momentum']);
  expect(await near('momentum')).toEqual(['Nearly the same name: Momentum']);
  expect(await near('analyst')).toEqual([]);
  expect([violations, await seriousFindings(page), await isTooWide(page)]).toEqual([[], [], false]);
});

/** The colours a chart is drawn in. */
const colours = (page: Page) =>
  page
    .locator('.chart canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
        0,
        0,
        canvas.width,
        canvas.height,
      );
      const found = new Set<string>();
      for (let i = 0; i < data.length; i += 4)
        if (data[i + 3] === 255) found.add(data.slice(i, i + 3).join());
      return [...found];
    });

test('charts take the colours of the scheme when it changes', async () => {
  const { page } = await open();
  await until(async () => (await colours(page)).includes('11,87,184'));
  await page.emulateMedia({ colorScheme: 'dark' });
  await until(async () => (await colours(page)).includes('125,180,255'));
  expect(await colours(page)).not.toContain('11,87,184');
});

test('on a phone the table alone scrolls sideways, by keyboard, too', async () => {
  const { page } = await open({ size: 'phone' });
  const table = page.getByRole('region', { name: 'Table of agents' });
  await table.focus();
  await page.keyboard.press('ArrowRight');
  await until(() => table.evaluate((one) => one.scrollLeft > 0));
  expect(await isTooWide(page)).toBe(false);
});

for (const scheme of SCHEMES) {
  for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
    test(`can be read by everybody, ${size} ${scheme}`, async () => {
      const { page } = await open({ scheme, size });
      await page.getByRole('button', { name: 'analyst' }).click();
      await page.getByRole('img', { name: /^Learned weight of analyst/ }).waitFor();
      await page.setViewportSize({ width: SIZES[size].width, height: size === 'phone' ? 3_400 : 1_900 });
      await shoot(page, `agents-${size}-${scheme}`);
      expect(await seriousFindings(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
    });
  }
}
