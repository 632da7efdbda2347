import type { WebSocket } from 'ws';
import type { Intake } from './intake.js';

/** Pings, and cuts off a client that has not answered by the next ping. */
export function keepAsking(
  socket: WebSocket,
  everyMs: number,
  intake: Intake,
  isFull: () => boolean,
): NodeJS.Timeout {
  let isAlive = true;
  const hear = () => (isAlive = true);
  socket.on('pong', hear);
  socket.on('message', hear);
  return setInterval(() => {
    // Its answer waits behind all that is unsent; it has a deadline of its own.
    if (isFull()) return hear();
    if (!isAlive) return socket.terminate();
    // A client that is not read cannot be heard to answer either.
    isAlive = intake.isHeld;
    socket.ping();
  }, everyMs);
}
