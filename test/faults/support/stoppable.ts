import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { onCleanup } from './cleanup.js';
import { createRecord, type SeenRecord } from './record.js';

/** A client that may stop reading, as one whose process stands still: its system takes what it has room for. */
export interface StoppableReader {
  /** One for each subscription. */
  readonly records: readonly SeenRecord[];
  /** With what its sockets were closed until now. */
  readonly closeCodes: readonly number[];
  /** How its subscriptions ended that should not end. */
  readonly failures: readonly string[];
  stopReading(): void;
  readOn(): void;
}

const STREAM = /* GraphQL */ `
  subscription Said($executionId: ID!, $afterSeq: Int) {
    messageAdded(executionId: $executionId, afterSeq: $afterSeq) { seq content { text data } }
  }
`;

/** All subscriptions on one socket, which its library opens again by itself, waiting as it does by default. */
export function startStoppableReader(url: string, executionIds: readonly string[]): StoppableReader {
  const closeCodes: number[] = [];
  const failures: string[] = [];
  let socket: WebSocket | null = null;
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    on: {
      opened: (opened) => void (socket = opened as WebSocket),
      closed: (event) => void closeCodes.push((event as { code: number }).code),
    },
  });
  const records = executionIds.map((executionId) => {
    const record = createRecord(executionId);
    const variables = { executionId, afterSeq: 0 };
    client.subscribe<{ messageAdded: { seq: number; content: { text: string } } }>(
      { query: STREAM, variables },
      {
        next({ data, errors }) {
          if (data == null) return void failures.push(`An event had errors: ${JSON.stringify(errors)}`);
          record.saw(data.messageAdded);
          // Sent with the next connection.
          variables.afterSeq = record.lastSeq;
        },
        error: (error) => void failures.push(`A subscription ended: ${JSON.stringify(error)}`),
        complete() {},
      },
    );
    return record;
  });
  onCleanup(() => {
    // It rejects with how the socket is closed here.
    Promise.resolve(client.dispose()).catch(() => {});
    socket?.terminate();
  });
  return {
    records,
    closeCodes,
    failures,
    stopReading: () => socket?.pause(),
    readOn: () => socket?.resume(),
  };
}
