import type { Socket } from 'node:net';
import type { Conditions } from './proxy.js';

/** One direction of a connection. */
export interface Lane {
  /** Forwards what may be forwarded now. */
  go(): void;
}

export interface LaneOptions {
  from: Socket;
  to: Socket;
  conditions: () => Conditions;
  onChunk?: (chunk: Buffer) => void;
  /** Calls `onLimit` when it has forwarded so many bytes, and forwards no more; null is never. */
  limitBytes?: number | null;
  onLimit?: () => void;
}

/** More than this is not taken from the sender while it cannot be handed on: it has to wait, as on a real network. */
const MAX_HELD_BYTES = 64 * 1024;

/** In order, each chunk when it is due and the receiver takes it. */
export function createLane({ from, to, conditions, onChunk, limitBytes = null, onLimit }: LaneOptions): Lane {
  /** Null is the sender's end. */
  const held: { chunk: Buffer | null; dueMs: number }[] = [];
  let heldBytes = 0;
  let forwardedBytes = 0;
  let isFull = false;
  let timer: NodeJS.Timeout | undefined;

  const hold = (chunk: Buffer | null): void => {
    held.push({ chunk, dueMs: performance.now() + conditions().delayMs });
    heldBytes += chunk?.length ?? 0;
    if (heldBytes > MAX_HELD_BYTES) from.pause();
    go();
  };

  const forward = (chunk: Buffer): void => {
    heldBytes -= chunk.length;
    onChunk?.(chunk);
    // The listener may have cut the connection.
    if (to.destroyed) return;
    const isLimit = limitBytes !== null && forwardedBytes + chunk.length >= limitBytes;
    const part = isLimit ? chunk.subarray(0, limitBytes - forwardedBytes) : chunk;
    forwardedBytes += part.length;
    // Once the kernel has it: a reset would throw away what still waits here.
    isFull = !to.write(part, isLimit ? () => onLimit?.() : undefined) || isLimit;
  };

  const go = (): void => {
    clearTimeout(timer);
    while (!isFull && !conditions().isHolding && !to.destroyed) {
      const next = held[0];
      if (next === undefined) break;
      const waitMs = next.dueMs - performance.now();
      if (waitMs > 0) {
        timer = setTimeout(go, waitMs);
        break;
      }
      held.shift();
      if (next.chunk === null) to.end();
      else forward(next.chunk);
    }
    if (heldBytes <= MAX_HELD_BYTES && from.isPaused()) from.resume();
  };

  from.on('data', hold);
  from.on('end', () => hold(null));
  from.on('close', () => to.destroyed && clearTimeout(timer));
  to.on('drain', () => {
    isFull = limitBytes !== null && forwardedBytes >= limitBytes;
    go();
  });
  return { go };
}
