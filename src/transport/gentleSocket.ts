import { WebSocket } from 'ws';
import { LIMIT_SETTINGS, type Limits } from '../limits.js';
import { CLOSE_TRY_AGAIN } from './socketFrame.js';
import { tooLarge } from './tooLarge.js';

const CLOSE_TOO_MANY_PARTS = 1008;
const CLOSE_TOO_LARGE = 1009;

/**
 * A WebSocket that is not ended for good by what `ws` itself closes for its size: its codes say nothing of why, and
 * graphql-ws clients do not come back after them, nor do the streams they have on the same socket.
 */
export function gentleSocket(limits: Limits): typeof WebSocket {
  const reasons = new Map([
    [CLOSE_TOO_LARGE, tooLarge('frameBytes', limits, null)],
    [
      CLOSE_TOO_MANY_PARTS,
      `Expected a message in at most ${limits.fragments} parts (${LIMIT_SETTINGS.fragments.variable}), got more.`,
    ],
  ]);
  return class extends WebSocket {
    override close(code?: number, data?: string | Buffer): void {
      const reason = data === undefined && code !== undefined ? reasons.get(code) : undefined;
      if (reason === undefined) super.close(code, data);
      else super.close(CLOSE_TRY_AGAIN, reason);
    }
  };
}
