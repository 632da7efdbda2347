import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStep } from './steps.js';

// Both versions are promised to work; whoever has one installed tests on the other as well. npm carries Node itself.

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RECOMMENDED = '24.22.3';
const OLDEST = '20.20.2';

const wanted = process.versions.node.startsWith('24.') ? OLDEST : RECOMMENDED;
const name = `node-${process.platform}-${process.arch}`;
const folder = join(ROOT, 'node_modules/.cache', `node-${wanted}`);
const node = join(folder, 'node_modules', name, 'bin/node');

if (!existsSync(node)) {
  const install = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-audit',
    '--no-fund',
    `${name}@${wanted}`,
  ];
  const { code, printed } = await runStep('npm', install, { cwd: ROOT });
  if (code !== 0) {
    process.stderr.write(`Node ${wanted} could not be had from npm:\n${printed}`);
    process.exit(1);
  }
}

process.stdout.write(`Node ${wanted}\n`);
const { code } = await runStep(
  node,
  [join(ROOT, 'node_modules/jest/bin/jest.js'), ...process.argv.slice(2)],
  {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_OPTIONS: '--experimental-vm-modules',
      PATH: [dirname(node), process.env.PATH].join(delimiter),
    },
    isShown: true,
  },
);
process.exit(typeof code === 'number' ? code : 1);
