import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningApp, testDatabase } from '../../test/support/app.js';
import { startWithPages } from './support/app.js';
import { visit } from './support/browser.js';
import { seqsOn, until, upTo } from './support/scene.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DAYS = 6;

const { name } = testDatabase();
let app: RunningApp;

beforeAll(async () => {
  app = await startWithPages(name);
});
afterAll(() => app.stop());

/** `npm run demo` against the running app; resolves with its exit code. */
const runDemo = (): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const args = [
      '--import',
      'tsx',
      'demo/main.ts',
      '--days',
      String(DAYS),
      '--exit',
      '--json',
      '--url',
      app.url,
    ];
    spawn(process.execPath, args, { cwd: ROOT, stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: '' } })
      .once('error', reject)
      .once('exit', resolve);
  });

test('shows the demo as it happens: the list, one room to its end, and what became of the node', async () => {
  const list = await visit(app.url);
  await list.page.getByText('Live', { exact: true }).waitFor();
  const demo = runDemo();
  const links = list.page.locator('tbody a');
  await links.first().waitFor();
  const href = (await links.first().getAttribute('href')) as string;
  const room = await visit(`${app.url}${href}`);
  await room.page.getByText('Completed', { exact: true }).waitFor();
  await room.page.locator('[data-seq="21"]').waitFor();
  expect(await seqsOn(room.page)).toEqual(upTo(21));
  expect(await demo).toBe(0);
  const evaluated = list.page.locator('tbody tr').filter({ hasText: /Right|Wrong/ });
  await until(async () => (await evaluated.count()) === DAYS);
  expect(await links.count()).toBe(DAYS);
  await room.page.getByRole('link', { name: 'This node’s agents' }).click();
  await room.page.getByRole('button', { name: 'momentum_20' }).waitFor();
  for (const { faults, violations, elsewhere } of [list, room]) {
    expect({ faults, violations, elsewhere }).toEqual({ faults: [], violations: [], elsewhere: [] });
  }
});
