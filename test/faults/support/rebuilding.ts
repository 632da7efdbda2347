import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endWithUs } from './processes.js';

/** What `npm run rebuild` found of one node. */
export interface RebuiltNode {
  decisions: number;
  evaluated: number;
  agents: number;
  largestDifference: number;
  largestAt: string;
}

const SCRIPT = fileURLToPath(new URL('../../../scripts/rebuild.ts', import.meta.url));

/** The command as a person runs it beside the servers; throws where it does not do its work. */
export async function runRebuild(uri: string, databaseName: string, node: string): Promise<RebuiltNode> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, '--node', node, '--json'], {
    env: { PATH, HOME, MONGODB_URI: uri, MONGODB_DATABASE: databaseName },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (written.stdout += chunk));
  child.stderr.on('data', (chunk) => (written.stderr += chunk));
  const closed = new Promise((resolve) => child.once('close', resolve));
  const { code } = await endWithUs(child);
  await closed;
  const [rebuilt] = code === 0 || code === 1 ? (JSON.parse(written.stdout) as RebuiltNode[]) : [];
  if (rebuilt === undefined) throw new Error(`The rebuild ended with ${code}: ${written.stderr}`);
  return rebuilt;
}
