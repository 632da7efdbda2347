import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { createMongod } from '../../src/mongo/launcher/mongod.js';
import { writeProgram } from '../support/launcher-setup.js';

const YOUNG = fileURLToPath(new URL('../support/young-mongod.js', import.meta.url));

test('a mongod that listens before it has read its configuration is waited for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mongod-'));
  try {
    const program = join(folder, 'mongod');
    await writeProgram(program, `exec "${process.execPath}" "${YOUNG}" "$@"`);
    const mongod = createMongod({ program, folder, env: process.env, say: () => {} });
    const { child, port } = await mongod.launch(null, new AbortController().signal);
    await child.end();
    expect(port).toBeGreaterThan(0);
    expect(child.tail().match(/asked replSet\w+/g)).toEqual([
      'asked replSetGetConfig',
      'asked replSetInitiate',
      'asked replSetGetConfig',
      'asked replSetInitiate',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
