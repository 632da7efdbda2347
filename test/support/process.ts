import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface ServerProcess {
  child: ChildProcess;
  /** All that it wrote so far. */
  readonly stderr: string;
  readonly stdout: string;
  /** Resolves with its address once it has told all there is to tell at its start. */
  url(): Promise<string>;
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
}

/** The real server as a process of its own, with these settings and no others. */
export function spawnServer(settings: Record<string, string>): ServerProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'info', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (written.stdout += chunk));
  child.stderr.on('data', (chunk) => (written.stderr += chunk));
  return {
    child,
    get stdout() {
      return written.stdout;
    },
    get stderr() {
      return written.stderr;
    },
    ended: new Promise((resolve) => child.once('close', resolve)),
    async url() {
      const find = () => /GraphQL +(http:\S+)\/graphql\n[^]*Ctrl-C/.exec(written.stderr)?.[1];
      await until(
        'the server tells its address',
        () => find() !== undefined || child.exitCode !== null,
        25_000,
      );
      const url = find();
      if (url === undefined) throw new Error(`The server ended: ${written.stderr}`);
      return url;
    },
  };
}

/** A port on this machine, taken until it is let go. */
export async function takePort(): Promise<{ port: number; letGo: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected an address with a port.');
  return {
    port: address.port,
    letGo: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
