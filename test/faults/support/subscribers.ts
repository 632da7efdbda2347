import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { withoutIds } from './api.js';
import { onCleanup } from './cleanup.js';

/** Where a client goes on when it was cut off: rightly, or in one of two wrong ways. */
export type Resume = 'after-last' | 'from-now' | 'from-start';

export interface SubscribeOptions {
  /** Where the next connection goes: `http://…`. */
  urls: () => string;
  executionId: string;
  /** Where it begins; 0 unless told otherwise, null for new messages only. */
  afterSeq?: number | null;
  /** `after-last` unless told otherwise. Broken: `from-now` loses, `from-start` repeats. */
  resume?: Resume;
  /** How long the server may be silent to a ping, a handshake or a greeting; 2,000 unless told otherwise. */
  patienceMs?: number;
}

export interface SeenEvent {
  seq: number;
  text: string;
  /** By `performance.now()`. */
  atMs: number;
}

/** A user interface: one socket of its own that reconnects by itself for ever. */
export interface Subscriber {
  readonly executionId: string;
  /** Where it began. */
  readonly afterSeq: number | null;
  /** All that came, as it came, repeats too. */
  readonly events: readonly SeenEvent[];
  /** How often a connection was greeted. */
  readonly connects: number;
  /** How often its operation was refused with what: "UNAVAILABLE", "BAD_USER_INPUT: Expected …". */
  readonly refusals: ReadonlyMap<string, number>;
  /** Whether the server said that there is nothing more to come. */
  readonly hasEnded: boolean;
  stop(): Promise<void>;
}

const MESSAGE_ADDED = /* GraphQL */ `
  subscription Messages($executionId: ID!, $afterSeq: Int) {
    messageAdded(executionId: $executionId, afterSeq: $afterSeq) { seq content { text } }
  }
`;

interface MessageAdded {
  messageAdded: { seq: number; content: { text: string } };
}

export function subscribe(options: SubscribeOptions): Subscriber {
  const { executionId, afterSeq = 0, resume = 'after-last' } = options;
  const events: SeenEvent[] = [];
  const refusals = new Map<string, number>();
  let connects = 0;
  let hasEnded = false;
  let isStopped = false;
  let retry: NodeJS.Timeout | undefined;
  let unsubscribe = () => {};
  const { client, end } = createReconnecting(options, () => (connects += 1));
  // The client sends this object anew with each connection: what is set in it counts from then on.
  const variables = { executionId, afterSeq };

  const follow = (): void => {
    if (isStopped) return;
    unsubscribe = client.subscribe<MessageAdded>(
      { query: MESSAGE_ADDED, variables },
      {
        next({ data, errors }) {
          if (errors) refuse(errors);
          if (data == null) return;
          const { seq, content } = data.messageAdded;
          events.push({ seq, text: content.text, atMs: performance.now() });
          if (resume === 'after-last') variables.afterSeq = seq;
          if (resume === 'from-now') variables.afterSeq = null;
        },
        // Final for the client; a user interface tries again.
        error(error) {
          refuse(error);
          retry = setTimeout(follow, retryMs());
        },
        complete: () => void (hasEnded = !isStopped),
      },
    );
  };
  const refuse = (reason: unknown): void => {
    const told = describe(reason);
    refusals.set(told, (refusals.get(told) ?? 0) + 1);
  };
  const stop = async (): Promise<void> => {
    isStopped = true;
    clearTimeout(retry);
    unsubscribe();
    await end();
  };
  onCleanup(stop);
  follow();
  return {
    executionId,
    afterSeq,
    events,
    refusals,
    get connects() {
      return connects;
    },
    get hasEnded() {
      return hasEnded;
    },
    stop,
  };
}

const retryMs = (): number => 20 + Math.random() * 100;

function createReconnecting({ urls, patienceMs = 2_000 }: SubscribeOptions, onConnected: () => void) {
  // A socket that is given up is destroyed at once: closing it in good order waits for an answer, and what it still
  // says would be taken for the words of the next one.
  let socket: WebSocket | null = null;
  let timer: NodeJS.Timeout | undefined;
  const expectAnswer = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => socket?.terminate(), patienceMs);
  };
  class ImpatientSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { handshakeTimeout: patienceMs, perMessageDeflate: false });
    }
  }
  const client = createClient({
    url: () => `${urls().replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: ImpatientSocket,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, retryMs())),
    keepAlive: patienceMs / 2,
    on: {
      opened(opened) {
        socket = opened as WebSocket;
        expectAnswer();
      },
      connected() {
        clearTimeout(timer);
        onConnected();
      },
      ping: (isReceived) => void (isReceived || expectAnswer()),
      pong: (isReceived) => void (isReceived && clearTimeout(timer)),
      closed: () => clearTimeout(timer),
    },
  });
  const end = async (): Promise<void> => {
    const disposed = client.dispose();
    socket?.terminate();
    // It rejects when it was just connecting in vain.
    await Promise.resolve(disposed).catch(() => {});
  };
  return { client, end };
}

function describe(reason: unknown): string {
  const first: unknown = Array.isArray(reason) ? reason[0] : reason;
  const { message, extensions, code } = (first ?? {}) as {
    message?: string;
    extensions?: { code?: string };
    code?: number | string;
  };
  const told = extensions?.code ?? code ?? 'error';
  return told === 'UNAVAILABLE' ? told : `${told}: ${withoutIds(message ?? String(first))}`;
}
