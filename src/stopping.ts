import { pause } from './events/signal.js';

/** What an app is made of, as far as it has to be stopped. */
export interface Parts {
  door: {
    closeHttp(deadlineMs: number): Promise<void>;
    closeSockets(deadlineMs: number): Promise<void>;
    stop(): Promise<void>;
  };
  streams: { stop(): void };
  /** What is done now and then, on its own account. */
  background: { stop(): Promise<void> }[];
  database: { close(): Promise<void> };
}

/** What is in flight over HTTP and sockets, at the same time. A call to the database has 2.5 s. */
const IN_FLIGHT_MS = 2_800;
/** A database that is frozen or away answers no good-bye. */
const LAST_WORK_MS = 300;
const LET_GO_MS = 300;

/**
 * Nothing new, answers for what is in flight, sockets closed, and last the connection everything wrote to. Never
 * more than 4 s: the 2.8 s, 0.5 s that the sockets have to close, and twice 0.3 s; the process has 5.
 */
export async function stopParts({ door, streams, background, database }: Parts): Promise<void> {
  const closed = door.closeHttp(IN_FLIGHT_MS);
  const atWork = Promise.all(background.map((work) => work.stop()));
  await door.closeSockets(IN_FLIGHT_MS);
  streams.stop();
  await closed;
  await atMost(LAST_WORK_MS, atWork);
  const lettingGo = async () => {
    await door.stop();
    await database.close();
  };
  await atMost(LET_GO_MS, lettingGo());
}

/** Resolves when the work is done or the time is over; the work may go on. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  await Promise.race([work, pause(ms, done.signal)]);
  done.abort();
}
