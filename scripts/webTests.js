import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
function installBrowser() {
  if (which('apt-get') === undefined || process.getuid?.() !== 0) return;
  say('No Chromium is installed: installing it with apt-get.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  run('update');
  run('install', '-y', '--no-install-recommends', 'chromium');
}

/** Runs a step; a failed one ends it all with the same code. */
function step(command, args, env = process.env) {
  const { status } = spawnSync(command, args, { cwd: ROOT, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (findBrowser() === undefined) installBrowser();
const browser = findBrowser();
if (browser === undefined) {
  say('SKIPPED: the web tests need Chromium, and none could be had. Install it, or name it in CHROMIUM.');
  process.exit(0);
}
step('node', ['scripts/pages.js']);
const jest = ['--no-install', 'jest', '--config', 'web/test/jest.config.js', ...process.argv.slice(2)];
step('npx', jest, {
  ...process.env,
  NODE_OPTIONS: '--experimental-vm-modules',
  CHROMIUM: browser,
});
