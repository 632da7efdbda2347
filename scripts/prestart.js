import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStep } from './steps.js';

// One process rather than a shell with two, so that a signal to npm ends all that runs.

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const tsc = [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'];

const { code } = await runStep(process.execPath, tsc, { cwd: ROOT, isShown: true });
if (code !== 0) process.exit(1);
process.argv.push('--optional');
await import('./pages.js');
