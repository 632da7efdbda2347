import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DatabaseStartError } from './startError.js';

const run = promisify(execFile);

/** `python3` first, since it is what the person chose; then what may lie beside an old one. */
const CANDIDATES = [
  'python3',
  'python3.14',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python',
];

const PROBE = `
import sys
print(sys.version_info >= (3, 10), "%d.%d" % sys.version_info[:2])
try:
  import venv, ensurepip
  print(True)
except ImportError:
  print(False)`;

/** What a person may do where the embedded database cannot be had. */
export const OTHER_WAYS =
  'Or set MONGODB_URI to a MongoDB of your own, or put `mongod` on the PATH; then nothing is installed.';

/** The first Python 3.10 or newer on the PATH that can make virtual environments. */
export async function findPython(env: NodeJS.ProcessEnv): Promise<string> {
  const faults: string[] = [];
  for (const command of CANDIDATES) {
    const found = await probe(command, env);
    if (found === null) continue;
    if (found.isNewEnough && found.hasVenv) return command;
    faults.push(
      found.isNewEnough
        ? `\`${command}\` (${found.version}) lacks the module venv or ensurepip: on Debian and Ubuntu \`apt install python3-venv\`.`
        : `\`${command}\` is ${found.version}.`,
    );
  }
  throw new DatabaseStartError(
    [
      'The embedded database needs Python 3.10 or newer to be installed, and there is none on the PATH.',
      ...faults.map((fault) => `Found, but not usable: ${fault}`),
      'Install Python (Debian and Ubuntu: `apt install python3 python3-venv`, macOS: `brew install python`) and start again.',
      OTHER_WAYS,
    ].join('\n'),
  );
}

async function probe(command: string, env: NodeJS.ProcessEnv) {
  try {
    const { stdout } = await run(command, ['-c', PROBE], { env, timeout: 10_000 });
    const [isNewEnough, version = 'of unknown version', hasVenv] = stdout.trim().split(/\s+/);
    return { isNewEnough: isNewEnough === 'True', version, hasVenv: hasVenv === 'True' };
  } catch {
    return null;
  }
}
