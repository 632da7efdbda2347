import { CloseCode, type Client, createClient } from 'graphql-ws';
import type { TypedDocumentString } from '../generated/graphql.js';
import { connection, pauseBeforeRetry, pauseUntilAsked, retryNow } from './connection.js';
import { Failure, failureOf, toFailure, type ToldError } from './failure.js';
import { GRAPHQL_SOCKET } from './place.js';
import { authorization } from './session.js';
import { WatchedSocket } from './watchedSocket.js';

/** A server that does not let a socket in or out for so long is taken for gone; it may have to fetch keys first. */
const ACK_MS = 10_000;
/** The server cannot take a socket just now, and says why. */
const TRY_AGAIN = 1_013;
const LOOKED_AT = [
  [document, 'visibilitychange'],
  [window, 'online'],
  [window, 'pageshow'],
] as const;

let shared: Client | undefined;
let open: WatchedSocket | undefined;
/** What the last socket was closed with, when its server wants to be asked again. */
let told: string | null = null;

/** One socket for all streams of the page, for as long as there is one. */
const socket = (): Client => (shared ??= openSocket());

function openSocket(): Client {
  for (const [target, event] of LOOKED_AT) target.addEventListener(event, lookAgain);
  return createClient({
    url: GRAPHQL_SOCKET,
    webSocketImpl: WatchedSocket,
    connectionParams: authorization,
    connectionAckWaitTimeout: ACK_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (failed) => pauseBeforeRetry(failed, told),
    shouldRetry: (closed) => !isRefusal(closed),
    on: {
      connected(opened) {
        open = opened as WatchedSocket;
        connection.value = { state: 'live' };
      },
      closed(event) {
        open = undefined;
        told = codeOf(event) === TRY_AGAIN ? reasonOf(event) : null;
      },
    },
  });
}

/** The reader is back, or the network is: whatever was waited for may be there, and what was there may be gone. */
function lookAgain(): void {
  if (document.hidden) return;
  open?.check();
  if (connection.value.state === 'waiting') retryNow();
}

const codeOf = (closed: unknown): unknown =>
  typeof closed === 'object' && closed !== null && 'code' in closed ? closed.code : undefined;

/** Whether the token is what is wrong: none is taken, or its time is over. */
const isRefusal = (closed: unknown): boolean =>
  [CloseCode.Forbidden, CloseCode.Unauthorized].includes(codeOf(closed) as CloseCode);

export interface Followed<T> {
  next(data: T): void;
  /** The server ended the stream. */
  ended?(): void;
  failed(failure: Failure): void;
}

/**
 * Follows a subscription until it is stopped, by what is returned. After a break it is asked for again with the
 * variables as they are then: keep the place in them up to date, and drop what was seen.
 */
export function follow<T, V extends Record<string, unknown>>(
  document: TypedDocumentString<T, V>,
  variables: V,
  { next, ended, failed }: Followed<T>,
): () => void {
  let isStopped = false;
  let stop = (): void => {};
  let refusals = 0;
  const fail = (failure: Failure): void => {
    if (isStopped) return;
    if (!failure.isPassing) return failed(failure);
    void pauseBeforeRetry(refusals++, failure.told).then(() => {
      // One stream was refused, not the socket: no event tells of its being there.
      if (open !== undefined) connection.value = { state: 'live' };
      if (!isStopped) start();
    });
  };
  /** The server takes no socket: the page goes on without, and the stream once the reader asks for it. */
  const refuse = (reason: string): void => {
    if (!isStopped) void pauseUntilAsked(reason).then(() => isStopped || start());
  };
  const start = (): void => {
    stop = socket().subscribe<T>(
      { query: document.toString(), variables },
      {
        next({ data, errors }) {
          refusals = 0;
          if (errors) fail(failureOf(errors as readonly ToldError[]));
          else if (data != null) next(data);
        },
        error(error) {
          if (Array.isArray(error)) fail(failureOf(error as ToldError[]));
          else if (isRefusal(error)) fail(new Failure('UNAUTHENTICATED', reasonOf(error)));
          else if (error instanceof CloseEvent) refuse(reasonOf(error));
          else fail(toFailure(error));
        },
        complete: () => isStopped || ended?.(),
      },
    );
  };
  start();
  return () => {
    isStopped = true;
    stop();
  };
}

const reasonOf = (closed: unknown): string =>
  closed instanceof CloseEvent && closed.reason !== ''
    ? closed.reason
    : `The server refused the connection (${codeOf(closed)}).`;
