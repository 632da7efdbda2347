import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { MongoClient, ObjectId } from 'mongodb';
import { id, type RunningApp, useApp } from '../support/app.js';
import { createClient } from '../support/client.js';
import { runProgram } from '../support/command.js';
import { sharedInstallDir } from '../support/launcher-install.js';
import { isRunning } from '../support/launcher-processes.js';
import { until } from '../support/until.js';
import { type ServerProcess, spawnServer } from '../support/process.js';
import { flow } from '../support/scenario.js';
import { decide } from '../voting/decide.js';

jest.setTimeout(60_000);

const USER = '00000000000000000000face';
const running = useApp();
const ends: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A node that has learned from one decision of two ballots. */
async function learnedNode(app: RunningApp): Promise<string> {
  const { decision, userNodeId } = await decide(app, [
    ['a', 'BUY', 80],
    ['b', 'SELL', 60],
  ]);
  await flow(app).feedback(decision.id, { success: true, pnl: 4 });
  return userNodeId;
}

const rebuildNode = (...args: string[]) =>
  runProgram('scripts/rebuild', args, {
    MONGODB_URI: process.env['TEST_MONGODB_URI'] as string,
    MONGODB_DATABASE: running.database,
  });

describe('beside a server on the same MONGODB_URI', () => {
  test('ends with 0 where there is no difference, and tells how far it is and what it found', async () => {
    const node = await learnedNode(running.app);
    const { code, stdout, stderr } = await rebuildNode('--node', node.toUpperCase());
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe(
      '1 of 1 decision numbers read (100 %)\n' +
        `Node ${node} of user ${USER}: 1 decisions, 1 with an outcome, 2 agents.\n` +
        'Largest difference to what was stored: 0.0e+0 (nowhere).\n',
    );
  });

  test('ends with 1 where what was stored is off, says where, and has repaired it', async () => {
    const node = await learnedNode(running.app);
    const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 1 });
    ends.push(() => client.close());
    const nodes = client.db(running.database).collection('ai_node_learning');
    await nodes.updateOne({ user_node_id: new ObjectId(node) }, { $inc: { 'agents.1.votes': 2 } });
    const { code, stderr } = await rebuildNode('--node', node);
    expect({ code, told: stderr.split('\n').at(-2) }).toEqual({
      code: 1,
      told: 'Largest difference to what was stored: 2.0e+0 (b.votes).',
    });
    expect((await rebuildNode('--node', node)).code).toBe(0);
  });

  test('prints what it found as JSON for a program', async () => {
    const node = await learnedNode(running.app);
    const { code, stdout } = await rebuildNode('--node', node, '--user', USER, '--json');
    expect({ code, found: JSON.parse(stdout) }).toEqual({
      code: 0,
      found: [
        {
          userId: USER,
          userNodeId: node,
          decisions: 1,
          evaluated: 1,
          agents: 2,
          largestDifference: 0,
          largestAt: 'nowhere',
        },
      ],
    });
  });

  test.each([
    ['no node', [], 'Expected --node to be 24 hex digits, got "".'],
    ['an id that is none', ['--node', 'abc'], 'Expected --node to be 24 hex digits, got "abc".'],
    [
      'a user that is none',
      ['--node', id(), '--user', 'me'],
      'Expected --user to be 24 hex digits, got "me".',
    ],
    ['an option there is not', ['--nodes', id()], "Unknown option '--nodes'"],
  ])('ends with 2 and its usage on %s', async (_, args, told) => {
    const { code, stdout, stderr } = await rebuildNode(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(told);
    expect(stderr).toContain('\nUsage: npm run rebuild -- --node ID [--user ID] [--json]\n');
  });

  test('ends with 2 on a node that has not decided, or not for that user', async () => {
    const [unknown, known] = [id(), await learnedNode(running.app)];
    for (const args of [
      ['--node', unknown],
      ['--node', known, '--user', id()],
    ]) {
      const { code, stderr } = await rebuildNode(...args);
      expect(code).toBe(2);
      expect(stderr).toContain(`Expected a node that has decided, got "${args[1]}".\nUsage: `);
    }
  });
});

describe('on the same DATA_DIR', () => {
  async function dataFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'rebuild-'));
    await symlink(sharedInstallDir, join(folder, 'embedded'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }

  async function serving(DATA_DIR: string) {
    const server: ServerProcess = spawnServer({ DATA_DIR });
    ends.push(async () => {
      server.child.kill('SIGKILL');
      await server.ended;
    });
    const url = await server.url();
    await until('it is ready', async () => (await fetch(`${url}/health/ready`)).status === 200);
    const app = { ...createClient(url), url, stop: async () => {} };
    return { server, url, node: await learnedNode(app) };
  }

  test('works in the database of a server that runs there, and leaves it running', async () => {
    const DATA_DIR = await dataFolder();
    const { server, url, node } = await serving(DATA_DIR);
    const { code, stderr } = await runProgram('scripts/rebuild', ['--node', node], { DATA_DIR });
    expect([code, stderr]).toEqual([0, expect.stringContaining(`Node ${node} of user ${USER}: 1 decisions`)]);
    expect(await isRunning(server.child.pid as number)).toBe(true);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  test('starts the database for itself where no server runs, and ends it', async () => {
    const DATA_DIR = await dataFolder();
    const { server, node } = await serving(DATA_DIR);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    for (const time of ['once', 'again']) {
      const { code, stderr } = await runProgram('scripts/rebuild', ['--node', node], { DATA_DIR });
      expect([time, code, stderr]).toEqual([time, 0, expect.stringContaining('(nowhere).\n')]);
    }
  });
});
