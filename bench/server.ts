import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Db, MongoClient } from 'mongodb';
import WebSocket from 'ws';
import { startDatabase } from '../src/mongo/launcher/ladder.js';
import type { RunningDatabase } from '../src/mongo/launcher/running.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DATABASE = 'bench';
/** What suits the embedded database; the bare driver gets no more than the writers need. */
const DRIVER_POOL = 4;

export interface Server {
  url: string;
  pid: number;
  /** One command of the DevTools protocol; the inspector is opened by the first one, not before. */
  inspect(method: string, params?: object): Promise<unknown>;
  stop(): Promise<void>;
}

export interface Bench extends Server {
  /** The bare driver on the database the server uses. */
  db: Db;
  /** Another server on the same database, with these settings. */
  another(settings: Record<string, string>): Promise<Server>;
}

/** One database, the compiled server in a process of its own and the bare driver in this one. */
export async function startBench(): Promise<Bench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'swarm-bench-'));
  const database = await startBenchDatabase(dataDir);
  const client = new MongoClient(database.uri, { maxPoolSize: DRIVER_POOL, writeConcern: { w: 'majority' } });
  const stopDatabase = async () => {
    await client.db(DATABASE).dropDatabase();
    await client.close();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const server = await startServer(database.uri, dataDir);
    return {
      ...server,
      db: client.db(DATABASE),
      another: (settings) => startServer(database.uri, dataDir, ROOT, settings),
      async stop() {
        await server.stop();
        await stopDatabase();
      },
    };
  } catch (error) {
    await stopDatabase();
    throw error;
  }
}

const startBenchDatabase = (dataDir: string): Promise<RunningDatabase> =>
  startDatabase({
    uri: process.env['MONGODB_URI'] ?? null,
    dataDir,
    installDir: join(ROOT, 'node_modules/.cache/embedded-db'),
    env: process.env,
    say: (line) => void process.stderr.write(`${line}\n`),
  });

/** What `npm run build` made, as production runs it; the inspector stays shut until it is asked for. */
export async function startServer(
  uri: string,
  dataDir: string,
  folder = ROOT,
  settings: Record<string, string> = {},
): Promise<Server> {
  const child = spawn(process.execPath, ['--inspect-port=127.0.0.1:0', join(folder, 'dist/main.js')], {
    cwd: dataDir,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      MONGODB_URI: uri,
      MONGODB_DATABASE: DATABASE,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  // A bench that is broken off leaves no server behind; the database sees to that itself.
  process.once('exit', () => child.kill('SIGKILL'));
  const lines = errorLines(child);
  const [, url] = await lines.match(/^GraphQL\s+(\S+)\/graphql$/m);
  let inspector: Promise<Inspector> | undefined;
  return {
    url: url as string,
    pid: child.pid as number,
    async inspect(method, params = {}) {
      inspector ??= openInspector(child, lines);
      return (await inspector).send(method, params);
    },
    async stop() {
      (await inspector)?.close();
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

type Lines = ReturnType<typeof errorLines>;

function errorLines(child: ChildProcess) {
  let text = '';
  const waiting = new Set<() => void>();
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (const look of waiting) look();
  });
  return {
    match: (pattern: RegExp): Promise<RegExpMatchArray> =>
      new Promise((resolve, reject) => {
        const fail = () => reject(new Error(`The server ended: ${text}`));
        const look = () => {
          const found = text.match(pattern);
          if (found === null) return;
          waiting.delete(look);
          child.off('exit', fail);
          resolve(found);
        };
        waiting.add(look);
        child.once('exit', fail);
        look();
      }),
  };
}

interface Inspector {
  send(method: string, params: object): Promise<unknown>;
  close(): void;
}

async function openInspector(child: ChildProcess, lines: Lines): Promise<Inspector> {
  child.kill('SIGUSR1');
  const [, address] = await lines.match(/^Debugger listening on (ws:\S+)$/m);
  const socket = new WebSocket(address as string, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const asked = new Map<number, (result: unknown) => void>();
  socket.on('message', (frame) => {
    const { id, result } = JSON.parse(String(frame));
    asked.get(id)?.(result);
    asked.delete(id);
  });
  let id = 0;
  return {
    send: (method, params) =>
      new Promise((resolve) => {
        asked.set(++id, resolve);
        socket.send(JSON.stringify({ id, method, params }));
      }),
    close: () => socket.close(),
  };
}

/** What the process holds in memory, in kB, after everything that can be let go was. */
export async function residentKb(server: Server): Promise<number> {
  for (let i = 0; i < 3; i++) await server.inspect('HeapProfiler.collectGarbage');
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(status.match(/^VmRSS:\s+(\d+) kB$/m)?.[1]);
}
