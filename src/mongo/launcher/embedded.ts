import { type Engine, startUntilReady } from './engine.js';
import type { Installation } from './install.js';

interface EmbeddedOptions {
  /** Folder of its files. */
  folder: string;
  installation: Installation;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
}

/**
 * SecantusDB's `secantusd-rs`: MongoDB's wire protocol on its storage engine, one node, durable against
 * kill -9.
 */
export function createEmbedded({ folder, installation, env, say }: EmbeddedOptions): Engine {
  return {
    kind: 'embedded',
    async launch(port, signal) {
      const { child, line } = await startUntilReady(
        {
          name: 'the embedded database',
          file: installation.program,
          args: listFlags(installation.config, folder, port ?? 0),
          env: withoutItsSettings(env),
          // It takes commands as soon as it prints this: recovery comes before the port.
          ready: /listening on 127\.0\.0\.1:(\d+)/,
          folder,
          say,
        },
        signal,
      );
      return { child, port: Number(line[1]) };
    },
  };
}

function listFlags(config: string, folder: string, port: number): string[] {
  return [
    ['--config', config, '--host', '127.0.0.1', '--port', String(port), '--storage-path', folder],
    ['--cache-size', '256M', '--log-level', 'WARNING'],
    // Without it, writes acknowledged with w: majority are lost on kill -9.
    ['--sync-on-commit'],
    // Without these its log grows as long as it runs, and the next start takes seconds.
    ['--data-nonlogged', '--checkpoint-seconds', '10', '--log-file-max', '64MB'],
  ].flat();
}

/** Variables meant for another instance on this machine would change how ours stores. */
function withoutItsSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('SECANTUS_')));
}
