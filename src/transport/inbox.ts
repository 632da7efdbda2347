import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Limits } from '../limits.js';
import type { Peer } from './admission.js';
import type { Holding, Holdings } from './holdings.js';
import type { Intake } from './intake.js';
import { createMessageRate } from './messageRate.js';
import { CLOSE_TRY_AGAIN } from './socketFrame.js';
import { tooMuchUnfinished } from './tooLarge.js';
import type { Turns } from './turns.js';

interface InboxOptions {
  socket: WebSocket;
  /** What the socket is on. */
  stream: Socket;
  limits: Limits;
  turns: Turns;
  holdings: Holdings;
}

/** All who are not let in yet are one user. */
const NOBODY = 'nobody';
/** How long who is given up has to close its side: until then what it sends would be kept. */
const GIVEN_UP_MS = 1_000;
/** What a part of a message costs beside its bytes, as TCP brings it. */
const PART_BYTES = 256;
/** What a control frame of a client has beside its payload. */
const CONTROL_HEADER_BYTES = 6;

/**
 * Works on the messages of one socket in their order, each when it is its user's turn, and reads no faster than it may
 * send. What it makes the server keep is counted on its user.
 */
export function createInbox(
  { socket, stream, limits, turns, holdings }: InboxOptions,
  peer: Peer,
  intake: Intake,
) {
  let holding: Holding | null = null;
  let heldBy: string | null = null;
  let hasLeft = false;
  let slowed: NodeJS.Timeout | undefined;
  /** How much had come in when the last message was whole. */
  let wholeAt = stream.bytesRead;
  let parts = 0;
  const rate = createMessageRate(limits.messagesPerSecond, limits.messageBurst);

  const giveUp = (): void => {
    // It was told to go, and sends on.
    if (socket.readyState !== socket.OPEN) return socket.terminate();
    peer.close(CLOSE_TRY_AGAIN, tooMuchUnfinished(limits));
    setTimeout(() => socket.terminate(), GIVEN_UP_MS).unref();
  };
  /** On whom it counts: it is somebody's from when it is let in. */
  const current = (): Holding | null => {
    const who = peer.viewer?.userId ?? NOBODY;
    if (hasLeft || who === heldBy) return holding;
    holding?.leave();
    heldBy = who;
    holding = holdings.join(who, {
      // The end of one that is being closed has to be heard.
      hold: () => void (socket.readyState === socket.OPEN && intake.hold('waiting messages')),
      letGo: () => intake.letGo('waiting messages'),
      giveUp,
    });
    return holding;
  };
  const count = (): void => {
    const waitMs = rate();
    if (waitMs === 0 || socket.readyState !== socket.OPEN) return;
    intake.hold('too fast');
    clearTimeout(slowed);
    slowed = setTimeout(() => intake.letGo('too fast'), waitMs);
  };
  const countControl = ({ length }: Buffer): void => {
    wholeAt += length + CONTROL_HEADER_BYTES;
    count();
  };
  // After `ws` has read the same bytes, and told of the messages that they end.
  const onBytes = (): void => {
    parts += 1;
    const bytes = stream.bytesRead - wholeAt;
    if (bytes <= 0) parts = 0;
    current()?.unfinished(bytes <= 0 ? 0 : bytes + parts * PART_BYTES);
  };
  stream.on('data', onBytes);
  socket.on('ping', countControl);
  socket.on('pong', countControl);

  return {
    /** `work` must not throw. */
    push(bytes: number, work: () => void): void {
      wholeAt = stream.bytesRead;
      parts = 0;
      count();
      const kept = current();
      kept?.waiting(bytes);
      turns.take(peer.viewer === null ? peer : `socket ${peer.viewer.userId}`, () => {
        kept?.waiting(-bytes);
        work();
      });
    },
    /** Nothing more of it is kept. */
    leave(): void {
      hasLeft = true;
      clearTimeout(slowed);
      stream.off('data', onBytes);
      holding?.leave();
      holding = null;
    },
  };
}
