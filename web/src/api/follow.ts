import { CloseCode, type Client, createClient } from 'graphql-ws';
import type { TypedDocumentString } from '../generated/graphql.js';
import { connection, pauseBeforeRetry } from './connection.js';
import { Failure, failureOf, toFailure, type ToldError } from './failure.js';
import { authorization } from './session.js';

/** A server that does not answer a ping for so long is taken for gone. */
const SILENCE_MS = 5_000;
const PING_MS = 10_000;

let shared: Client | undefined;
let isOpen = false;

/** One socket for all streams of the page, for as long as there is one. */
const socket = (): Client => (shared ??= openSocket());

function openSocket(): Client {
  let open: WebSocket | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  return createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: authorization,
    keepAlive: PING_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: pauseBeforeRetry,
    shouldRetry: (closed) => !isRefusal(closed),
    on: {
      connected(opened) {
        open = opened as WebSocket;
        isOpen = true;
        connection.value = { state: 'live' };
      },
      ping(isReceived) {
        if (!isReceived) silence = setTimeout(() => open?.close(4_408, 'No answer to a ping'), SILENCE_MS);
      },
      pong(isReceived) {
        if (isReceived) clearTimeout(silence);
      },
      closed() {
        isOpen = false;
        clearTimeout(silence);
      },
    },
  });
}

const codeOf = (closed: unknown): unknown =>
  typeof closed === 'object' && closed !== null && 'code' in closed ? closed.code : undefined;

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
    void pauseBeforeRetry(refusals++).then(() => {
      // One stream was refused, not the socket: no event tells of its being there.
      if (isOpen) connection.value = { state: 'live' };
      if (!isStopped) start();
    });
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
          else fail(isRefusal(error) ? new Failure('UNAUTHENTICATED', reasonOf(error)) : toFailure(error));
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
  closed instanceof CloseEvent && closed.reason !== '' ? closed.reason : 'The server refused the connection.';
