/** Does work under one key one after the other, in the order it came; how one piece ends is no matter to the next. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Too much waits under a key: no more is taken. */
export class QueueFull extends Error {
  constructor(readonly most: number) {
    super(`More than ${most} wait already.`);
    this.name = 'QueueFull';
  }
}

/**
 * Within this process: what several do at once in vain, each on what another has just changed, is done once each.
 * @throws {QueueFull} where `most` pieces of work wait or go on under the key.
 */
export function createInTurn(most = Number.POSITIVE_INFINITY): InTurn {
  const queues = new Map<string, { last: Promise<unknown>; length: number }>();
  return async (key, work) => {
    const queue = queues.get(key) ?? { last: Promise.resolve(), length: 0 };
    if (queue.length >= most) throw new QueueFull(most);
    queues.set(key, queue);
    queue.length += 1;
    const own = queue.last.then(work, work);
    queue.last = own;
    try {
      return await own;
    } finally {
      queue.length -= 1;
      if (queue.length === 0) queues.delete(key);
    }
  };
}
