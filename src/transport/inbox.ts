import type { Peer } from './admission.js';
import type { Intake } from './intake.js';
import type { Turns } from './turns.js';

/** So many bytes may wait; then no more is read until they are worked on. */
const MAX_WAITING_BYTES = 64 * 1024;

/** Works on the messages of one socket in their order, each when it is its user's turn. */
export function createInbox(peer: Peer, turns: Turns, intake: Intake) {
  let waitingBytes = 0;
  return {
    /** `work` must not throw. */
    push(bytes: number, work: () => void): void {
      waitingBytes += bytes;
      if (waitingBytes > MAX_WAITING_BYTES) intake.hold('waiting messages');
      turns.take(peer.viewer === null ? peer : `socket ${peer.viewer.userId}`, () => {
        waitingBytes -= bytes;
        if (waitingBytes <= MAX_WAITING_BYTES) intake.letGo('waiting messages');
        work();
      });
    },
  };
}
