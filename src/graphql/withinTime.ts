import type { DecisionStore, Ports } from '../domain/ports.js';
import { Unavailable } from '../domain/unavailable.js';

/**
 * The ports as one operation sees them: all its calls together have this many milliseconds, however many it makes of a
 * database that is slow. A long reading that goes on is not late: each part of it that comes gives all of them anew.
 * What is under way then goes on by itself; what was left undone is done by the sweep.
 */
export function withinTime(ports: Ports, ms: number): Ports {
  const time: Time = { endsAt: performance.now() + ms, ms };
  return {
    ...ports,
    conversations: bounded(ports.conversations, time),
    decisions: bounded(ports.decisions, time),
    nodes: bounded(ports.nodes, time),
    parameters: bounded(ports.parameters, time),
    symbols: bounded(ports.symbols, time),
    // Waiting for the user's own other histories is no fault of the database.
    longInTurn: (key, work) =>
      ports.longInTurn(key, () => {
        time.endsAt = performance.now() + time.ms;
        return work();
      }),
  };
}

interface Time {
  endsAt: number;
  ms: number;
}

/** Readings that are parts of a long one. */
const PARTS = new Set<string | symbol>(['history', 'recorded'] satisfies (keyof DecisionStore)[]);

const bounded = <T extends object>(store: T, time: Time): T =>
  new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        const found = await before(time.endsAt, () => method.apply(target, args) as Promise<unknown>);
        if (PARTS.has(name)) time.endsAt = performance.now() + time.ms;
        return found;
      };
    },
  });

/** @throws {Unavailable} when the time is over. */
async function before<T>(endsAt: number, call: () => Promise<T>): Promise<T> {
  const leftMs = endsAt - performance.now();
  if (leftMs <= 0) throw new Unavailable();
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable()), leftMs);
  });
  try {
    return await Promise.race([call(), over]);
  } finally {
    clearTimeout(timer);
  }
}
