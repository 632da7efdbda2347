import type { WebSocket } from 'ws';

/** Why nothing is read from a socket: it does not read its answers, its user’s messages wait, or it sends too fast. */
type Hold = 'unread answers' | 'waiting messages' | 'too fast';

/** Reads from a socket only while nothing holds it. */
export interface Intake {
  hold(reason: Hold): void;
  letGo(reason: Hold): void;
  /** Whether nothing is read just now. */
  readonly isHeld: boolean;
  /** Whatever holds it: the end of a socket has to be heard. */
  open(): void;
}

export function createIntake(socket: WebSocket): Intake {
  const holds = new Set<Hold>();
  return {
    get isHeld() {
      return holds.size > 0;
    },
    hold(reason) {
      holds.add(reason);
      socket.pause();
    },
    letGo(reason) {
      if (holds.delete(reason) && holds.size === 0) socket.resume();
    },
    open() {
      holds.clear();
      socket.resume();
    },
  };
}
