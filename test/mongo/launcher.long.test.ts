import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { describe, expect, jest, test } from '@jest/globals';
import { freeze, isRunning } from '../support/launcher-processes.js';
import { throughout, until } from '../support/until.js';
import { connected, createLauncher, insert, numbers, ping } from '../support/launcher-setup.js';

jest.setTimeout(60_000);

const launcher = createLauncher();

describe('a database of one server', () => {
  test('takes commands at once, as a replica set that knows transactions', async () => {
    const database = await launcher.start();

    expect(database.kind).toBe('embedded');
    expect(database.uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/\?directConnection=true$/);
    const hello = await connected(database.uri, (client) => client.db('admin').command({ hello: 1 }));
    expect(hello).toMatchObject({ isWritablePrimary: true, setName: expect.any(String) });
    await connected(database.uri, (client) =>
      client.withSession((session) =>
        session.withTransaction(() => client.db('test').collection('a').insertOne({ n: 1 }, { session })),
      ),
    );
  });

  test('starts on an installed database without a word of installing it', async () => {
    await (await launcher.start()).stop();

    await launcher.start();
    expect(launcher.said).toEqual([]);
  });

  test('keeps its data over stop and start', async () => {
    const first = await launcher.start();
    await insert(first.uri, 1);
    await first.stop();

    const second = await launcher.start();
    expect(await numbers(second.uri)).toEqual([1]);
  });

  test('is gone when stop resolves, and stop may be called twice', async () => {
    const database = await launcher.start();
    const pid = database.pid as number;

    await Promise.all([database.stop(), database.stop()]);
    await database.stop();
    expect(await isRunning(pid)).toBe(false);
    expect(database.pid).toBeNull();
    expect(await readdir(launcher.dataDir)).toEqual(['db']);
    await expect(database.restart()).rejects.toThrow('The database was stopped.');
  });

  test('does not take a stop for a crash', async () => {
    const database = await launcher.start();
    const ends: string[] = [];
    database.onExit((description) => ends.push(description));
    await database.restart();
    await database.stop();
    expect(ends).toEqual([]);
  });

  test('is killed where it does not answer SIGTERM', async () => {
    const database = await launcher.start();
    const pid = database.pid as number;
    await freeze(pid);
    await database.stop();
    expect(await isRunning(pid)).toBe(false);
  });

  test('an external database is neither started nor stopped', async () => {
    const own = await launcher.start();
    const external = await launcher.start({ uri: own.uri });
    expect(external).toMatchObject({ uri: own.uri, kind: 'external', pid: null });
    await external.announce('http://127.0.0.1:4000');
    await external.stop();
    expect(await ping(own.uri)).toBe(1);
  });
});

describe('a database that is killed', () => {
  test('has every acknowledged write after its restart on the same port', async () => {
    const database = await launcher.start();
    const ended = new Promise<string>((resolve) => void database.onExit(resolve));
    const pid = database.pid as number;
    const acknowledged: number[] = [];
    await connected(database.uri, async (client) => {
      const collection = client.db('test').collection('numbers');
      const write = async (n: number): Promise<void> => {
        await collection.insertOne({ n }, { writeConcern: { w: 'majority' } });
        acknowledged.push(n);
        if (acknowledged.length === 100) process.kill(pid, 'SIGKILL');
        return write(n + 2);
      };
      await expect(Promise.all([write(0), write(1)])).rejects.toThrow();
    });

    expect(await ended).toContain(`The database (embedded, process ${pid}) ended by SIGKILL.`);
    expect(database.pid).toBeNull();
    await database.restart();
    expect(await numbers(database.uri)).toEqual(expect.arrayContaining(acknowledged));
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);
    expect(database.pid).not.toBe(pid);
  });

  test('may be stopped while it is restarted', async () => {
    const database = await launcher.start();
    const ended = new Promise<string>((resolve) => void database.onExit(resolve));
    process.kill(database.pid as number, 'SIGKILL');
    await ended;
    const restarted = database.restart().catch((error: unknown) => String(error));
    await database.stop();
    expect(await restarted).toContain('was stopped while it was restarted');
    expect(database.pid).toBeNull();
    await ping((await launcher.start()).uri);
  });

  test('waits for its port where another process has it for a moment', async () => {
    const database = await launcher.start();
    const ended = new Promise<string>((resolve) => void database.onExit(resolve));
    process.kill(database.pid as number, 'SIGKILL');
    await ended;
    const port = Number(new URL(database.uri).port);
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(port, '127.0.0.1', resolve));

    const restarted = database.restart();
    await until('it says that it waits', () =>
      launcher.said.some((line) => line.startsWith('waiting for another process')),
    );
    await new Promise((resolve) => other.close(resolve));
    await restarted;
    expect(await ping(database.uri)).toBe(1);
  });
});

describe('a server that ends', () => {
  test('takes its database along when it is killed, and the next one starts on the data', async () => {
    const { parent, started } = launcher.startParent();
    const { uri, pid } = await started();
    await insert(uri, 7);

    parent.process.kill('SIGKILL');
    await parent.ended;
    // At once: the orphan may still have the files.
    const database = await launcher.start();
    expect(await numbers(database.uri)).toEqual([7]);
    expect(await isRunning(pid)).toBe(false);
  });

  test('takes its database along though that is frozen', async () => {
    const { parent, started } = launcher.startParent();
    const { pid } = await started();
    await freeze(pid);
    parent.process.kill('SIGKILL');
    await until('the database is gone', async () => !(await isRunning(pid)));
  });

  test('has its database until it stops it, though Ctrl-C goes to the whole process group', async () => {
    const { parent, started } = launcher.startParent();
    const { uri, pid } = await started();

    process.kill(-parent.pid, 'SIGINT');
    await parent.said('interrupted');
    // Where SIGINT reaches it, the database is gone after a third of a second.
    await throughout(1000, 'the database runs', () => isRunning(pid));
    await insert(uri, 1);
    expect(await numbers(uri)).toEqual([1]);

    parent.order('stop');
    await parent.said('stopped');
    expect(await isRunning(pid)).toBe(false);
    // It ends by itself: nothing of the launcher keeps its event loop alive.
    expect(await parent.ended).toBe(0);
  });
});
