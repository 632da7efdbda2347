import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase } from '../../src/mongo/launcher/ladder.js';
import { sharedInstallDir } from './launcher-install.js';

/**
 * One database server for all test files, `MONGODB_URI` or the ladder on a fresh folder; each file takes a database
 * of its own on it. Answers what stops it.
 */
export async function startTestDatabase(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'swarm-test-'));
  const database = await startDatabase({
    uri: process.env['MONGODB_URI'] ?? null,
    dataDir,
    installDir: sharedInstallDir,
    env: process.env,
    say: (line) => void process.stderr.write(`${line}\n`),
  });
  process.env['TEST_MONGODB_URI'] = database.uri;
  process.env['TEST_MONGODB_KIND'] = database.kind;
  process.env['TEST_MONGODB_POOL'] = database.kind === 'embedded' ? '4' : '20';
  return async () => {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
