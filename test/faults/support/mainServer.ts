import { mkdtemp, readdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { sharedInstallDir } from '../../support/launcher-install.js';
import { spawnServer } from '../../support/process.js';
import { onCleanup } from './cleanup.js';
import { endWithUs } from './processes.js';

/** `src/main.ts` as people start it: with a database of its own, which it starts again when that ends. */
export interface MainServer {
  readonly url: string;
  readonly pid: number;
  /** What it logged beside that the database is away: each different failure once. */
  failures(): string[];
  /** The embedded database's; null while it is down. */
  databasePid(): Promise<number | null>;
}

/** On a fresh folder, with the database that all tests have installed. */
export async function startMainServer(port: number): Promise<MainServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'swarm-faults-'));
  // Before the process is: cleaned up after it.
  onCleanup(() => rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));
  await symlink(sharedInstallDir, join(dataDir, 'embedded'));
  const server = spawnServer({ DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'error' });
  void endWithUs(server.child);
  const pid = server.child.pid as number;
  const url = await server.url();
  return {
    url,
    pid,
    failures: () => [...new Set(server.stdout.split('\n').flatMap(failureOf))],
    databasePid: () => findDatabase(pid),
  };
}

/** Of a line of its log; none where it tells no error, or that the database is away. */
function failureOf(line: string): string[] {
  if (!line.startsWith('{') || !line.endsWith('}')) return [];
  const { err, doing, msg } = JSON.parse(line) as {
    err?: { type: string; message: string; stack: string };
    doing?: string;
    msg: string;
  };
  if (err === undefined || err.type === 'Unavailable') return [];
  const message = err.message.replace(/connection \d+ to \S+/, 'a connection');
  return [`logged: ${doing ?? msg}: ${err.type}: ${message}${err.stack.split('\n')[1] ?? ''}`];
}

/** Among its children, by the program that runs: the shell that starts it becomes it. */
async function findDatabase(parentPid: number): Promise<number | null> {
  for (const task of await readdir(`/proc/${parentPid}/task`)) {
    const children = await readFile(`/proc/${parentPid}/task/${task}/children`, 'utf8').catch(() => '');
    for (const pid of children.split(' ').filter(Boolean)) {
      const program = await readlink(`/proc/${pid}/exe`).catch(() => '');
      if (basename(program) === 'secantusd-rs') return Number(pid);
    }
  }
  return null;
}
