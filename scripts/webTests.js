import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStep } from './steps.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const say = (line) => process.stdout.write(`${line}\n`);

const which = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);

const findBrowser = () =>
  process.env.CHROMIUM || which('chromium') || which('chromium-browser') || which('google-chrome');

/** Debian's own; only root can. */
async function installBrowser() {
  if (which('apt-get') === undefined || process.getuid?.() !== 0) return;
  say('No Chromium is installed: installing it with apt-get.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runStep('apt-get', ['update'], { cwd: ROOT, env });
  const install = ['install', '-y', '--no-install-recommends', 'chromium'];
  const { code, printed } = await runStep('apt-get', install, { cwd: ROOT, env });
  if (code !== 0) say(printed);
}

/** Runs a step; a failed one ends it all with the same code. */
async function step(command, args, env = process.env) {
  const { code } = await runStep(command, args, { cwd: ROOT, env, isShown: true });
  if (code !== 0) process.exit(typeof code === 'number' ? code : 1);
}

if (findBrowser() === undefined) await installBrowser();
const browser = findBrowser();
if (browser === undefined) {
  say('SKIPPED: the web tests need Chromium, and none could be had. Install it, or name it in CHROMIUM.');
  process.exit(0);
}
await step('node', ['scripts/pages.js']);
// In full, goals in time fail: for a machine that has nothing else to do.
const args = process.argv.slice(2);
const isFull = args.includes('--full');
const jestArgs = args.filter((arg) => arg !== '--full');
const jest = ['--no-install', 'jest', '--config', 'web/test/jest.config.js', ...jestArgs];
await step('npx', jest, {
  ...process.env,
  NODE_OPTIONS: '--experimental-vm-modules',
  ...(isFull && { WEB_FULL: '1' }),
  CHROMIUM: browser,
});
