import type { WebSocket } from 'ws';

/** Why nothing is read from a socket: it does not read its answers, or its messages wait for their turn. */
export type Hold = 'unread answers' | 'waiting messages';

/** Reads from a socket only while nothing holds it. */
export interface Intake {
  hold(reason: Hold): void;
  letGo(reason: Hold): void;
  /** Whatever holds it: the end of a socket has to be heard. */
  open(): void;
}

export function createIntake(socket: WebSocket): Intake {
  const holds = new Set<Hold>();
  return {
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
