import { spawn } from 'node:child_process';

/** How long a program may take to end when it is asked to. */
const GRACE_MS = 2_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const running = new Set();
const cleanups = new Set();
let isEnding = false;

/** Runs as this process ends, by itself or by a signal; answers what does it now instead. */
export function atEnd(clean) {
  const once = () => cleanups.delete(once) && clean();
  cleanups.add(once);
  listen();
  return once;
}

/**
 * Runs a program, in a process group of its own: a signal to us ends it with all that it started, and then us.
 * Resolves to `{ code, printed }`; what it printed is null where it printed to our own output.
 */
export function runStep(command, args, { cwd, env = process.env, isShown = false }) {
  listen();
  const stdio = isShown ? 'inherit' : ['ignore', 'pipe', 'pipe'];
  const child = spawn(command, args, { cwd, env, stdio, detached: true });
  let printed = isShown ? null : '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += chunk));
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? signal, printed }));
  });
  const entry = { pid: child.pid, ended };
  running.add(entry);
  const forget = () => running.delete(entry);
  ended.then(forget, forget);
  // Nothing goes on from a step that was ended by a signal to us.
  return ended.then((ending) => (isEnding ? new Promise(() => {}) : ending));
}

let isListening = false;

function listen() {
  if (isListening) return;
  isListening = true;
  process.once('exit', () => cleanups.forEach((clean) => clean()));
  for (const signal of SIGNALS) process.on(signal, () => void end(signal));
}

async function end(signal) {
  if (isEnding) return;
  isEnding = true;
  signalAll('SIGTERM');
  const killing = setTimeout(signalAll, GRACE_MS, 'SIGKILL');
  await Promise.allSettled([...running].map(({ ended }) => ended));
  clearTimeout(killing);
  for (const clean of cleanups) clean();
  // As the signal would have ended us: npm then does not go on with the next script.
  for (const name of SIGNALS) process.removeAllListeners(name);
  process.kill(process.pid, signal);
}

function signalAll(signal) {
  for (const { pid } of running) {
    try {
      process.kill(-pid, signal);
    } catch {
      // It has just ended.
    }
  }
}
