import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, spawnChild } from './child.js';
import { DatabaseStartError, EXIT_CONFIGURATION, EXIT_IN_USE, quote } from './startError.js';

/** A kind of database that runs as our child. */
export interface Engine {
  kind: 'mongod' | 'embedded';
  /**
   * Starts it on its files; resolves when it takes commands, rejects with DatabaseStartError.
   * @param port null for any free one
   * @param signal ends the attempt
   */
  launch(port: number | null, signal: AbortSignal): Promise<Launched>;
}

export interface Launched {
  child: Child;
  port: number;
}

interface Command {
  /** "the embedded database" */
  name: string;
  file: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** The line it prints when it takes commands. */
  ready: RegExp;
  /** Folder of its files, for messages. */
  folder: string;
  say: (line: string) => void;
}

/** What both databases print when the process before has not let go of its files or its port yet. */
const IN_USE =
  /already being managed by another process|Resource busy|DBPathInUse|Another mongod instance|Address already in use/i;

const IN_USE_POLL_MS = 100;
const IN_USE_PATIENCE_MS = 10_000;
const READY_NOTICE_MS = 5000;
/** Recovery after a crash may read a long log. */
const READY_PATIENCE_MS = 120_000;

/**
 * Starts the command and waits for its ready line. Where the files are in use it waits some seconds: the
 * database of a server that was killed is just ending.
 */
export async function startUntilReady(
  command: Command,
  signal: AbortSignal,
): Promise<{ child: Child; line: RegExpExecArray }> {
  const startedMs = performance.now();
  for (let hasSaid = false; ; ) {
    signal.throwIfAborted();
    const child = spawnChild(command.file, command.args, command.env);
    const line = await waitUntilReady(child, command, signal);
    if (line !== null) return { child, line };

    signal.throwIfAborted();
    const mayPass = IN_USE.test(child.tail()) && performance.now() - startedMs < IN_USE_PATIENCE_MS;
    if (!mayPass) throw await startFailure(command, child);
    if (!hasSaid) command.say(`waiting for another process to let go of ${command.folder}…`);
    hasSaid = true;
    await sleep(IN_USE_POLL_MS);
  }
}

/** Null when the child is gone. */
async function waitUntilReady(child: Child, command: Command, signal: AbortSignal) {
  const end = () => void child.end();
  const notice = setTimeout(
    () => command.say(`waiting for ${command.name} to open its files…`),
    READY_NOTICE_MS,
  );
  const limit = setTimeout(end, READY_PATIENCE_MS);
  signal.addEventListener('abort', end);
  try {
    return await child.waitForLine(command.ready);
  } finally {
    clearTimeout(notice);
    clearTimeout(limit);
    signal.removeEventListener('abort', end);
  }
}

async function startFailure(command: Command, child: Child): Promise<DatabaseStartError> {
  const { description } = await child.ended;
  const isInUse = IN_USE.test(child.tail());
  return new DatabaseStartError(
    [
      isInUse
        ? `Could not start ${command.name}: its files in ${command.folder} or its port are in use by another process.`
        : `Could not start ${command.name} on its files in ${command.folder}. It ended ${description} and printed:`,
      quote(child.tail()),
      isInUse
        ? 'End that process, or set DATA_DIR to another folder.'
        : 'Restore the folder from a copy, or set DATA_DIR to another folder.',
    ].join('\n'),
    isInUse ? EXIT_IN_USE : EXIT_CONFIGURATION,
  );
}
