import type { Ports } from '../domain/ports.js';
import { Unavailable } from '../domain/unavailable.js';

/**
 * The ports as one operation sees them: all its calls together have so many milliseconds, however many it makes of a
 * database that is slow. What is under way then goes on by itself; what was left undone is done by the sweep.
 */
export function withinTime(ports: Ports, ms: number): Ports {
  const endsAt = performance.now() + ms;
  return {
    ...ports,
    conversations: bounded(ports.conversations, endsAt),
    decisions: bounded(ports.decisions, endsAt),
    nodes: bounded(ports.nodes, endsAt),
  };
}

const bounded = <T extends object>(store: T, endsAt: number): T =>
  new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => before(endsAt, () => method.apply(target, args) as Promise<unknown>);
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
