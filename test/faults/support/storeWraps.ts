import type { Ports } from '../../../src/domain/ports.js';
import { Unavailable } from '../../../src/domain/unavailable.js';
import type { Wrap } from './wraps.js';

/** Wraps around all stores or deep within one, part of `WRAPS`. */
export const STORE_WRAPS: Readonly<Record<string, () => Wrap>> = {
  /** Everyone is another user than in the apps without it. */
  'as-other-user': () => ({
    wrap: (ports) => ({
      ...ports,
      conversations: asOther(ports.conversations),
      decisions: asOther(ports.decisions),
      nodes: asOther(ports.nodes),
      parameters: asOther(ports.parameters),
    }),
  }),

  /** Broken from `readAll` on: an append reads all messages of its conversation first, so that it costs more and more. */
  'append-reads-all': () => {
    let isOn = false;
    return {
      wrap: (ports) => ({ ...ports, conversations: readingAll(ports.conversations, () => isOn) }),
      commands: { readAll: () => void (isOn = true) },
    };
  },

  /** Broken: every fifth feedback is in the sums without a mark, as though not applied, and is applied again. */
  'feedback-twice': () => ({
    wrap: (ports) => ({ ...ports, nodes: applyingTwice(ports.nodes) }),
  }),

  /** Broken: a database that is away, or takes half a second, is told as a bug would be, and by its host. */
  'forgets-unavailable': () => ({
    wrap: (ports) => ({
      ...ports,
      conversations: forgetting(ports.conversations),
      decisions: forgetting(ports.decisions),
      nodes: forgetting(ports.nodes),
      parameters: forgetting(ports.parameters),
    }),
  }),

  /** Broken: a cursor past the end of a conversation is taken for its last message. */
  'claims-any-seq': () => ({
    wrap: (ports) => ({ ...ports, conversations: claimingAny(ports.conversations) }),
  }),
};

const OTHER_USER = '00000000000000000000beef';

/** The store with that user's id in place of the one it is given, alone or within a record. */
const asOther = <T extends object>(store: T): T =>
  Object.fromEntries(
    Object.entries(store).map(([name, method]) => [
      name,
      (first: unknown, ...rest: unknown[]) => method(toOther(first), ...rest),
    ]),
  ) as T;

function toOther(first: unknown): unknown {
  if (typeof first === 'string') return OTHER_USER;
  const isRecord = typeof first === 'object' && first !== null && 'userId' in first;
  return isRecord ? { ...first, userId: OTHER_USER } : first;
}

const readingAll = (store: Ports['conversations'], isOn: () => boolean): Ports['conversations'] => ({
  ...store,
  async append(userId, executionId, message) {
    for (let seq = 0, lastSeq = 1; isOn() && seq < lastSeq; ) {
      const read = await store.messagesAfter(userId, executionId, seq, 200);
      lastSeq = read?.lastSeq ?? 0;
      seq = read?.messages.at(-1)?.seq ?? lastSeq;
    }
    return store.append(userId, executionId, message);
  },
});

function applyingTwice(store: Ports['nodes']): Ports['nodes'] {
  let feedbacks = 0;
  return {
    ...store,
    async applySums(node) {
      feedbacks += 1;
      if (feedbacks % 5 !== 0) return store.applySums(node);
      await store.applySums({ ...node, unsettled: null });
      return false;
    },
  };
}

/** A slow database is only late for the server: without a limit of its own the wrap would have nothing to forget. */
const FORGOTTEN_AFTER_MS = 500;

const forgetting = <T extends object>(store: T): T =>
  Object.fromEntries(
    Object.entries(store).map(([name, method]) => [
      name,
      (...args: unknown[]) => forgotten(() => (method as (...args: unknown[]) => Promise<unknown>)(...args)),
    ]),
  ) as T;

async function forgotten(call: () => Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable()), FORGOTTEN_AFTER_MS);
  });
  try {
    return await Promise.race([call(), late]);
  } catch (error) {
    throw error instanceof Unavailable ? new Error('connect ECONNREFUSED 127.0.0.1:27017') : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Not where a stream asks for no message at all, to learn what the last one is. */
const claimingAny = (store: Ports['conversations']): Ports['conversations'] => ({
  ...store,
  async messagesAfter(userId, executionId, afterSeq, limit) {
    const read = await store.messagesAfter(userId, executionId, afterSeq, limit);
    if (read === null || afterSeq === Number.MAX_SAFE_INTEGER) return read;
    return { ...read, lastSeq: Math.max(read.lastSeq, afterSeq) };
  },
});
