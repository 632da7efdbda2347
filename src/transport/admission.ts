import type { Viewer } from '../domain/viewer.js';
import type { Gate } from './gate.js';
import type { Identify } from './identity.js';
import { CLOSE_TRY_AGAIN } from './socketFrame.js';
import { KeysUnavailable, Unauthenticated } from './unauthenticated.js';

/** One socket, as far as it is a matter of who is behind it. */
export interface Peer {
  /** Null until it is let in. */
  viewer: Viewer | null;
  /** The header `Authorization` of its upgrade. */
  authorization: string | undefined;
  /** The ids of its running subscriptions. */
  streams: Set<string>;
  /** Through which its queries and mutations go: a burst of them is worked off, not begun all at once. */
  gate: Gate;
  close(code: number, reason: string): void;
}

/** graphql-transport-ws: the client is not let in. Its clients give up at once: the same token would be refused again. */
const CLOSE_UNAUTHORIZED = 4401;
/** The client is no longer let in. Clients come back with the token they have by then. */
const CLOSE_FORBIDDEN = 4403;
/** graphql-transport-ws: one of the codes after which its clients do not try again, which would be of no use. */
const CLOSE_TOO_MANY = 4429;
/** Timers count no further. */
const MAX_TIMER_MS = 2_147_483_647;

interface Admission {
  /** Lets a socket in for as long as its token is valid; else closes it, saying why, and answers false. */
  admit(peer: Peer, params: Readonly<Record<string, unknown>> | undefined): Promise<boolean>;
  /** The socket is gone. */
  leave(peer: Peer): void;
}

/** Why a socket is not let in. */
export type RefusalReason = 'keys_unavailable' | 'unauthenticated' | 'too_many_sockets';

interface AdmissionOptions {
  identify: Identify;
  /** Null: one user may hold any number of sockets. */
  perUser: number | null;
  onRefused: (reason: RefusalReason) => void;
}

/** Who may hold sockets, how many, and for how long. */
export function createAdmission({ identify, perUser, onRefused }: AdmissionOptions): Admission {
  const sockets = new Map<string, number>();
  const timers = new Map<Peer, NodeJS.Timeout>();
  const gone = new WeakSet<Peer>();

  const endAt = (peer: Peer, expiresAt: Date): void => {
    const leftMs = expiresAt.getTime() - Date.now();
    const then = () => (leftMs > MAX_TIMER_MS ? endAt(peer, expiresAt) : endWithToken(peer));
    timers.set(peer, setTimeout(then, Math.min(leftMs, MAX_TIMER_MS)).unref());
  };

  const refuse = (peer: Peer, code: number, message: string, reason: RefusalReason): false => {
    onRefused(reason);
    peer.close(code, message);
    return false;
  };

  return {
    async admit(peer, params) {
      let viewer: Viewer;
      try {
        viewer = await identify({ header: peer.authorization, params: params ?? {} });
      } catch (error) {
        if (error instanceof KeysUnavailable)
          return refuse(peer, CLOSE_TRY_AGAIN, error.message, 'keys_unavailable');
        if (error instanceof Unauthenticated)
          return refuse(peer, CLOSE_UNAUTHORIZED, error.message, 'unauthenticated');
        throw error;
      }
      if (gone.has(peer)) return false;
      // Over HTTP a clock may be half a minute off; a socket ends with its token, so it does not begin after it.
      if (hasExpired(viewer)) return refuse(peer, CLOSE_UNAUTHORIZED, EXPIRED, 'unauthenticated');
      const open = sockets.get(viewer.userId) ?? 0;
      if (perUser !== null && open >= perUser) {
        const text = `Expected at most ${perUser} sockets of one user (SOCKETS_PER_USER), got one more.`;
        return refuse(peer, CLOSE_TOO_MANY, text, 'too_many_sockets');
      }
      sockets.set(viewer.userId, open + 1);
      peer.viewer = viewer;
      if (viewer.expiresAt !== null) endAt(peer, viewer.expiresAt);
      return true;
    },

    leave(peer) {
      gone.add(peer);
      clearTimeout(timers.get(peer));
      timers.delete(peer);
      if (peer.viewer === null) return;
      const { userId } = peer.viewer;
      const left = (sockets.get(userId) ?? 1) - 1;
      if (left === 0) sockets.delete(userId);
      else sockets.set(userId, left);
      peer.viewer = null;
    },
  };
}

const EXPIRED = 'The token has expired; connect again with a new one.';

/** Closes a socket whose token's time is over. */
export const endWithToken = (peer: Peer): void => peer.close(CLOSE_FORBIDDEN, EXPIRED);

/** Whether the token's time is over, by the clock of the machine: it is what the token's issuer goes by. */
export const hasExpired = ({ expiresAt }: Viewer): boolean =>
  expiresAt !== null && expiresAt.getTime() <= Date.now();
