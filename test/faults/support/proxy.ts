import { connect, createServer, type Server, type Socket } from 'node:net';
import { onCleanup } from './cleanup.js';
import { createLane, type Lane } from './lane.js';

/** A TCP proxy that can be told to be a bad network. Each verb replaces what was told before. */
export interface Proxy {
  readonly port: number;
  /** Connections it holds now. */
  readonly connections: number;
  /** Forwards; what was held comes first. */
  pass(): void;
  /** Resets all connections, and each new one at once. */
  cut(): void;
  /** Keeps connections, takes new ones, forwards nothing; what comes is held until `pass` or `delay`. */
  blackHole(): void;
  /** Forwards each chunk later by so many milliseconds, in both directions. */
  delay(ms: number): void;
  /** Resets each connection made from now on after so many bytes to its client. */
  resetAfter(bytes: number): void;
  /** Resets all connections now, and goes on as before. */
  resetAll(): void;
  /** Called with each chunk on its way from a client to the target, before it is sent. Returns what ends that. */
  onUpstream(listener: (chunk: Buffer) => void): () => void;
  close(): Promise<void>;
}

/** How connections are treated just now. */
export interface Conditions {
  isRefusing: boolean;
  isHolding: boolean;
  delayMs: number;
  /** Null for no limit; new connections go by it. */
  resetAfterBytes: number | null;
}

const PASSING: Conditions = { isRefusing: false, isHolding: false, delayMs: 0, resetAfterBytes: null };

/** On 127.0.0.1, before a port of the same. The target need not be there; a client of it is reset then. */
export async function startProxy(targetPort: number): Promise<Proxy> {
  let conditions = PASSING;
  const links = new Set<Link>();
  const listeners = new Set<(chunk: Buffer) => void>();
  const link = (client: Socket): void => {
    // A reset before this is of no interest.
    client.on('error', () => {});
    if (conditions.isRefusing) return void client.resetAndDestroy();
    const made = createLink({
      client,
      targetPort,
      conditions: () => conditions,
      onUpstream: (chunk) => {
        for (const listener of listeners) listener(chunk);
      },
      onEnd: () => links.delete(made),
    });
    links.add(made);
    made.go();
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, link);
  const port = await listen(server);

  const set = (change: Partial<Conditions>): void => {
    conditions = { ...PASSING, ...change };
    for (const { go } of links) go();
  };
  const resetAll = (): void => {
    for (const { reset } of links) reset();
  };
  let closed: Promise<void> | undefined;
  const proxy: Proxy = {
    port,
    get connections() {
      return links.size;
    },
    pass: () => set({}),
    cut() {
      set({ isRefusing: true });
      resetAll();
    },
    blackHole: () => set({ isHolding: true }),
    delay: (delayMs) => set({ delayMs }),
    resetAfter: (resetAfterBytes) => set({ resetAfterBytes }),
    resetAll,
    onUpstream(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () =>
      (closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        proxy.cut();
      })),
  };
  onCleanup(proxy.close);
  return proxy;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected an address with a port.');
  return address.port;
}

/** A client's connection, and ours to the target for it. */
interface Link {
  /** Goes by the conditions as they are now. */
  go(): void;
  reset(): void;
}

interface LinkOptions {
  client: Socket;
  targetPort: number;
  conditions: () => Conditions;
  onUpstream: (chunk: Buffer) => void;
  onEnd: () => void;
}

function createLink({ client, targetPort, conditions, onUpstream, onEnd }: LinkOptions): Link {
  const { resetAfterBytes } = conditions();
  let target: Socket | null = null;
  let lanes: Lane[] = [];
  let isBroken = false;

  const reset = (): void => {
    for (const socket of [client, target]) if (socket !== null && !socket.destroyed) socket.resetAndDestroy();
    onEnd();
  };
  // In a black hole the other end does not hear of it either, until it is one no more.
  const onBroken = (): void => {
    isBroken = true;
    if (!conditions().isHolding) reset();
  };
  const onClosed = (): void => {
    if (client.destroyed && (target === null || target.destroyed)) onEnd();
  };
  const open = (): void => {
    target = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    target.on('error', onBroken).on('close', onClosed);
    lanes = [
      createLane({ from: client, to: target, conditions, onChunk: onUpstream }),
      createLane({ from: target, to: client, conditions, limitBytes: resetAfterBytes, onLimit: reset }),
    ];
  };
  client.on('error', onBroken).on('close', onClosed);
  return {
    reset,
    go() {
      if (conditions().isHolding) return;
      if (isBroken) return reset();
      if (target === null) open();
      for (const lane of lanes) lane.go();
    },
  };
}
