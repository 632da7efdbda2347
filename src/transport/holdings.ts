/** What a connection does when its user makes the server keep too much. */
export interface Connection {
  /** Nothing more is read of it until it is let go: too much waits to be worked on. */
  hold(): void;
  letGo(): void;
  /** It holds most of what is not whole, and is told to come again later. */
  giveUp(): void;
}

/** What one connection makes the server keep. */
export interface Holding {
  /** Says how many bytes have come in of a message that is not whole. */
  unfinished(bytes: number): void;
  /** Says how many more bytes of whole messages wait to be worked on; below 0 how many fewer. */
  waiting(change: number): void;
  leave(): void;
}

export interface Holdings {
  join(who: string, connection: Connection): Holding;
}

interface Member extends Connection {
  unfinishedBytes: number;
  waitingBytes: number;
}

interface User {
  members: Set<Member>;
  unfinishedBytes: number;
  waitingBytes: number;
  isHeld: boolean;
}

/** The most of one user that may wait. Beyond it nothing more is read of its connections until half is worked on. */
const MAX_WAITING_BYTES = 256 * 1024;

/** Bounds what one user makes the server keep in memory of what it sends, over all its connections to this process. */
export function createHoldings(mostUnfinished: number): Holdings {
  const users = new Map<string, User>();

  return {
    join(who, { hold, letGo, giveUp }) {
      const user = users.get(who) ?? newUser();
      users.set(who, user);
      const member: Member = { hold, letGo, giveUp, unfinishedBytes: 0, waitingBytes: 0 };
      user.members.add(member);
      if (user.isHeld) hold();
      const isThere = (): boolean => user.members.has(member);
      return {
        unfinished(bytes) {
          if (!isThere()) return;
          user.unfinishedBytes += bytes - member.unfinishedBytes;
          member.unfinishedBytes = bytes;
          while (user.unfinishedBytes > mostUnfinished) giveUpLargest(user);
        },
        waiting(change) {
          if (!isThere()) return;
          user.waitingBytes += change;
          member.waitingBytes += change;
          adjust(user);
        },
        leave() {
          if (!isThere()) return;
          remove(user, member);
          if (user.isHeld) member.letGo();
          adjust(user);
          if (user.members.size === 0) users.delete(who);
        },
      };
    },
  };
}

const newUser = (): User => ({ members: new Set(), unfinishedBytes: 0, waitingBytes: 0, isHeld: false });

function remove(user: User, member: Member): void {
  user.members.delete(member);
  user.unfinishedBytes -= member.unfinishedBytes;
  user.waitingBytes -= member.waitingBytes;
}

function giveUpLargest(user: User): void {
  const [first, ...others] = user.members;
  if (first === undefined) return;
  const largest = others.reduce(
    (most, one) => (one.unfinishedBytes > most.unfinishedBytes ? one : most),
    first,
  );
  // What it holds is let go of at once; its end may take a while.
  user.unfinishedBytes -= largest.unfinishedBytes;
  largest.unfinishedBytes = 0;
  largest.giveUp();
}

function adjust(user: User): void {
  const isHeld = user.waitingBytes > (user.isHeld ? MAX_WAITING_BYTES / 2 : MAX_WAITING_BYTES);
  if (isHeld === user.isHeld) return;
  user.isHeld = isHeld;
  for (const member of user.members) {
    if (isHeld) member.hold();
    else member.letGo();
  }
}
