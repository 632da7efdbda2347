import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Limits } from '../limits.js';
import type { Peer } from './admission.js';
import type { Connection, Holding, Holdings } from './holdings.js';
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
export function createInbox(options: InboxOptions, peer: Peer, intake: Intake) {
  const { socket, stream, turns } = options;
  const account = createAccount(options, peer, intake);
  const pace = createPace(options, intake);
  const unfinished = createUnfinished(stream);
  const onControl = ({ length }: Buffer): void => {
    unfinished.passOver(length + CONTROL_HEADER_BYTES);
    pace.count();
  };
  // After `ws` has read the same bytes, and told of the messages that they end.
  const onBytes = (): void => {
    const bytes = unfinished.add();
    account.current()?.unfinished(bytes);
  };
  stream.on('data', onBytes);
  socket.on('ping', onControl);
  socket.on('pong', onControl);

  return {
    /** `work` must not throw. */
    push(bytes: number, work: () => void): void {
      unfinished.finish();
      pace.count();
      const kept = account.current();
      kept?.waiting(bytes);
      turns.take(peer.viewer === null ? peer : `socket ${peer.viewer.userId}`, () => {
        kept?.waiting(-bytes);
        work();
      });
    },
    /** Nothing more of it is kept. */
    leave(): void {
      pace.stop();
      stream.off('data', onBytes);
      account.leave();
    },
  };
}

/** On whom it counts what the socket makes the server keep. */
function createAccount({ socket, limits, holdings }: InboxOptions, peer: Peer, intake: Intake) {
  let holding: Holding | null = null;
  let heldBy: string | null = null;
  let hasLeft = false;
  const connection: Connection = {
    // The end of one that is being closed has to be heard.
    hold: () => void (socket.readyState === socket.OPEN && intake.hold('waiting messages')),
    letGo: () => intake.letGo('waiting messages'),
    giveUp() {
      // It was told to go, and sends on.
      if (socket.readyState !== socket.OPEN) return socket.terminate();
      peer.close(CLOSE_TRY_AGAIN, tooMuchUnfinished(limits));
      setTimeout(() => socket.terminate(), GIVEN_UP_MS).unref();
    },
  };
  return {
    /** It is somebody's from when it is let in; null once it has left. */
    current(): Holding | null {
      const who = peer.viewer?.userId ?? NOBODY;
      if (hasLeft || who === heldBy) return holding;
      holding?.leave();
      heldBy = who;
      holding = holdings.join(who, connection);
      return holding;
    },
    leave(): void {
      hasLeft = true;
      holding?.leave();
      holding = null;
    },
  };
}

/** Reads nothing for a while where messages come faster than they may. */
function createPace({ socket, limits }: InboxOptions, intake: Intake) {
  const rate = createMessageRate(limits.messagesPerSecond, limits.messageBurst);
  let slowed: NodeJS.Timeout | undefined;
  return {
    /** One more has come in. */
    count(): void {
      const waitMs = rate();
      if (waitMs === 0 || socket.readyState !== socket.OPEN) return;
      intake.hold('too fast');
      clearTimeout(slowed);
      slowed = setTimeout(() => intake.letGo('too fast'), waitMs);
    },
    stop: (): void => clearTimeout(slowed),
  };
}

/** How much memory a message takes that is not whole yet. */
function createUnfinished(stream: Socket) {
  /** How much had come in when the last message was whole. */
  let wholeAt = stream.bytesRead;
  let parts = 0;
  return {
    /** One more part has come in; answers how many bytes are kept by now. */
    add(): number {
      parts += 1;
      const bytes = stream.bytesRead - wholeAt;
      if (bytes <= 0) parts = 0;
      return bytes <= 0 ? 0 : bytes + parts * PART_BYTES;
    },
    /** What has come in is whole. */
    finish(): void {
      wholeAt = stream.bytesRead;
      parts = 0;
    },
    /** These were no part of a message. */
    passOver(bytes: number): void {
      wholeAt += bytes;
    },
  };
}
