import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { onCleanup } from './cleanup.js';

/** One socket that does not connect again: what becomes of it is told. */
export interface PlainSocket {
  /** The code it was closed with, and when; stays open for ever otherwise. */
  readonly closed: Promise<{ code: number; atMs: number }>;
  /** One operation with one result; rejects when the socket ends before. */
  ask<T = any>(query: string, variables?: Record<string, unknown>): Promise<T>;
  /** Each result of a subscription. */
  follow(query: string, variables: Record<string, unknown>, onData: (data: any) => void): void;
}

/** Resolves when it is greeted. */
export async function openSocket(url: string): Promise<PlainSocket> {
  let tellClosed: (closed: { code: number; atMs: number }) => void;
  const closed = new Promise<{ code: number; atMs: number }>((resolve) => (tellClosed = resolve));
  let greeted = () => {};
  const greeting = new Promise<void>((resolve) => (greeted = resolve));
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    lazy: false,
    retryAttempts: 0,
    onNonLazyError: () => {},
    on: {
      connected: greeted,
      closed(event) {
        tellClosed({ code: (event as { code: number }).code, atMs: performance.now() });
      },
    },
  });
  onCleanup(() => client.terminate());
  await greeting;
  return {
    closed,
    ask: (query, variables = {}) =>
      new Promise((resolve, reject) => {
        client.subscribe(
          { query, variables },
          {
            next: ({ data, errors }) =>
              errors ? reject(new Error(JSON.stringify(errors))) : resolve(data as any),
            error: (error) => reject(error instanceof Error ? error : new Error(JSON.stringify(error))),
            complete: () => reject(new Error('It ended without a result.')),
          },
        );
      }),
    follow(query, variables, onData) {
      client.subscribe({ query, variables }, { next: ({ data }) => onData(data), error() {}, complete() {} });
    },
  };
}
