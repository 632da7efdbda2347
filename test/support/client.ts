import { setTimeout as sleep } from 'node:timers/promises';
import { createClient as createWsClient, type Client as WsClient } from 'graphql-ws';
import WebSocket from 'ws';

export interface Answer<T = any> {
  status: number;
  headers: Headers;
  data: T;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
}

export interface SocketAnswer {
  data?: any;
  errors?: readonly { message: string; extensions?: any }[] | undefined;
}

export interface Subscription<T = any> {
  /** The next event's data; fails after `timeoutMs`, on an error and at the end. */
  next(timeoutMs?: number): Promise<T>;
  /** The next `n` events. */
  take(n: number, timeoutMs?: number): Promise<T[]>;
  /** Resolves when the server ends the stream; fails on an error. */
  ended(timeoutMs?: number): Promise<void>;
  /** Resolves with the errors the stream was refused with. */
  refused(timeoutMs?: number): Promise<{ message: string; extensions?: { code?: string } }[]>;
  /** Waits `ms` and fails when an event arrives: the one place where tests wait for nothing. */
  silence(ms: number): Promise<void>;
  /** All events so far that were not taken. */
  readonly pending: T[];
  stop(): void;
}

export interface Client {
  /** The whole answer over HTTP. */
  send(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The data over HTTP; fails, printing query, variables and body, when there are errors. `UNAVAILABLE` is asked again. */
  data<T = any>(query: string, variables?: Record<string, unknown>): Promise<T>;
  /** A query or mutation over the WebSocket. */
  sendOverSocket(query: string, variables?: Record<string, unknown>): Promise<SocketAnswer>;
  subscribe<T = any>(query: string, variables?: Record<string, unknown>): Subscription<T>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const RETRIES = 5;

const isUnavailable = ({ extensions }: { extensions: { code: string } }): boolean =>
  extensions.code === 'UNAVAILABLE';

/** What a user's program is: HTTP for queries and mutations, graphql-ws for streams; with a token where one is needed. */
export function createClient(url: string, token?: string): Client {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  let socket: WsClient | undefined;
  const ws = () =>
    (socket ??= createWsClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: true,
      connectionParams: authorization,
    }));

  const send: Client['send'] = async (query, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Answer;
    return { ...body, status: response.status, headers: response.headers };
  };

  return {
    send,
    async data(query, variables) {
      let answer = await send(query, variables);
      // Told that the database cannot be reached just now, a user's program asks again: the machine may be busy.
      for (let i = 0; i < RETRIES && answer.errors?.every(isUnavailable); i++) {
        await sleep(Number(answer.headers.get('retry-after')) * 1_000);
        answer = await send(query, variables);
      }
      const { data, errors, status } = answer;
      if (errors === undefined) return data;
      const told = JSON.stringify({ query, variables, status, errors, data }, null, 2);
      throw new Error(`Expected data, got errors: ${told}`);
    },
    sendOverSocket: (query, variables) =>
      new Promise((resolve, reject) => {
        let result: SocketAnswer = {};
        ws().subscribe(
          { query, ...(variables && { variables }) },
          {
            next: (value) => (result = value),
            error: (errors) => (Array.isArray(errors) ? resolve({ errors }) : reject(errors)),
            complete: () => resolve(result),
          },
        );
      }),
    subscribe: (query, variables) => follow(ws(), query, variables),
    async close() {
      await socket?.dispose();
    },
  };
}

function follow<T>(client: WsClient, query: string, variables?: Record<string, unknown>): Subscription<T> {
  const pending: T[] = [];
  let failure: unknown = null;
  let isEnded = false;
  let wake = () => {};
  const stop = client.subscribe<T>(
    { query, ...(variables && { variables }) },
    {
      next(result) {
        if (result.errors) failure = result.errors;
        else pending.push(result.data as T);
        wake();
      },
      error(error) {
        failure = error;
        wake();
      },
      complete() {
        isEnded = true;
        wake();
      },
    },
  );
  const about = () => JSON.stringify({ query, variables, pending: pending.length, failure });
  const until = async (isDone: () => boolean, timeoutMs: number, what: string): Promise<void> => {
    const deadline = Date.now() + timeoutMs;
    while (!isDone()) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`Waited ${timeoutMs} ms for ${what}: ${about()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const next = async (timeoutMs = TIMEOUT_MS): Promise<T> => {
    await until(() => pending.length > 0 || failure !== null || isEnded, timeoutMs, 'an event');
    const event = pending.shift();
    if (event === undefined) throw new Error(`Expected an event, the stream ended: ${about()}`);
    return event;
  };
  return {
    pending,
    next,
    async take(n, timeoutMs) {
      const events: T[] = [];
      while (events.length < n) events.push(await next(timeoutMs));
      return events;
    },
    async ended(timeoutMs = TIMEOUT_MS) {
      await until(() => isEnded || failure !== null, timeoutMs, 'the end');
      if (failure !== null) throw new Error(`Expected the end: ${about()}`);
    },
    async refused(timeoutMs = TIMEOUT_MS) {
      await until(() => failure !== null || isEnded, timeoutMs, 'a refusal');
      if (!Array.isArray(failure)) throw new Error(`Expected a refusal: ${about()}`);
      return failure;
    },
    async silence(ms) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      if (pending.length > 0) throw new Error(`Expected silence: ${about()}`);
    },
    stop,
  };
}
