import type { WebSocket } from 'ws';
import type { Limits } from '../limits.js';
import type { Intake } from './intake.js';

/** How many times the limit a client may leave unread; above that it is not listened to until it reads. */
const DEAF_FACTOR = 4;

/** Sends at once, and lets the sender wait while the socket holds too much unsent. */
export function createOutlet(socket: WebSocket, intake: Intake, limits: Limits, onTooSlow: () => void) {
  let waiting: (() => void)[] = [];
  /** Runs while the socket is above the limit. */
  let timer: NodeJS.Timeout | undefined;
  const release = (): void => {
    clearTimeout(timer);
    timer = undefined;
    intake.letGo('unread answers');
    const released = waiting;
    waiting = [];
    for (const goOn of released) goOn();
  };
  // A failed write needs nothing here: the connection is gone then, and `close` follows.
  const onWritten = (): void => {
    if (timer !== undefined && socket.bufferedAmount <= limits.unsentBytes) release();
  };
  return {
    get isFull() {
      return timer !== undefined;
    },
    release,
    send(text: string): Promise<void> {
      socket.send(text, onWritten);
      const unsent = socket.bufferedAmount;
      if (unsent <= limits.unsentBytes) return Promise.resolve();
      timer ??= setTimeout(onTooSlow, limits.unsentSeconds * 1_000);
      if (unsent > limits.unsentBytes * DEAF_FACTOR) intake.hold('unread answers');
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
