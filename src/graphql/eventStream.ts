import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import { Unavailable } from '../domain/unavailable.js';
import { abortable, pause } from '../events/signal.js';

const RETRY_MS = 250;

/**
 * A subscription whose events are told when they can be told whole: a stream is past an event before the event's fields
 * are read, so that one whose fields could not be read would be lost to the client, who cannot even tell which it was.
 * While the database cannot be reached the event waits; what cannot be read at all ends the stream with its error. One
 * that cannot be opened is a stream that fails at once: an end without an error would say that there is nothing to come.
 */
export async function subscribeWhole(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult>> {
  const source = await open(args);
  if (source instanceof Error) return failing(source);
  const leave = (): void => void source.return?.();
  return abortable(async function* (abort) {
    try {
      for (let next = await source.next(); next.done !== true; next = await source.next()) {
        const result = await tell({ ...args, rootValue: next.value }, abort);
        if (abort.aborted) return;
        yield result;
      }
    } finally {
      leave();
    }
  }, leave);
}

async function open(args: ExecutionArgs): Promise<AsyncIterator<unknown> | Error> {
  try {
    const source = await createSourceEventStream(args);
    if (Symbol.asyncIterator in source) return source[Symbol.asyncIterator]();
    return source.errors?.[0] ?? new Error('A stream without events and without an error.');
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const failing = (error: Error): AsyncIterableIterator<never> => ({
  next: () => Promise.reject(error),
  return: () => Promise.resolve({ done: true, value: undefined }),
  [Symbol.asyncIterator]() {
    return this;
  },
});

async function tell(args: ExecutionArgs, abort: AbortSignal): Promise<ExecutionResult> {
  for (;;) {
    const result = await execute(args);
    const errors = result.errors ?? [];
    const [first] = errors;
    if (first === undefined || abort.aborted) return result;
    const isAway = errors.some(({ originalError }) => originalError instanceof Unavailable);
    if (isAway) await pause(RETRY_MS, abort);
    else if (result.data == null) throw first;
    else return result;
  }
}
