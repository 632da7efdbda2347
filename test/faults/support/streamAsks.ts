import { type Frame, openRawSocket } from './rawSocket.js';

/** What came of one subscription. */
export interface Streamed {
  /** The numbers of its messages, as they came. */
  seqs: number[];
  /** The code of its error, null without one. */
  code: string | null;
  /** Whether the server said that there is nothing more to come. */
  isEnded: boolean;
}

export interface StreamAsk {
  executionId: string;
  afterSeq: number | null;
  /** Given up after so many ms. */
  limitMs: number;
  /** Left after so many messages; unless told otherwise only its end ends it. */
  enough?: number;
}

/** One socket with many subscriptions, each of which ends, is enough, or is given up. */
export interface StreamAsks {
  ask(what: StreamAsk): Promise<Streamed>;
  close(): void;
}

const STREAM = /* GraphQL */ `
  subscription Messages($executionId: ID!, $afterSeq: Int) {
    messageAdded(executionId: $executionId, afterSeq: $afterSeq) { seq }
  }
`;

export async function openStreamAsks(url: string): Promise<StreamAsks> {
  const open = new Map<string, (frame: Frame) => void>();
  const socket = await openRawSocket(url, (frame) => open.get(frame.id ?? '')?.(frame));
  let lastId = 0;
  return {
    ask: ({ executionId, afterSeq, limitMs, enough = Infinity }) =>
      new Promise((resolve) => {
        const id = String(++lastId);
        const streamed: Streamed = { seqs: [], code: null, isEnded: false };
        const leave = (): void => {
          clearTimeout(timer);
          open.delete(id);
          if (!streamed.isEnded) socket.send({ type: 'complete', id });
          resolve(streamed);
        };
        const timer = setTimeout(leave, limitMs);
        open.set(id, (frame) => {
          take(frame, streamed);
          if (streamed.isEnded || streamed.seqs.length >= enough) leave();
        });
        socket.subscribe(id, STREAM, { variables: { executionId, afterSeq } });
      }),
    close: () => socket.close(),
  };
}

/** The protocol has two kinds of error: instead of a result, after which nothing comes, and in one. */
function take({ type, payload }: Frame, streamed: Streamed): void {
  const errors = type === 'error' ? payload : payload?.errors;
  if (errors?.length > 0) streamed.code = errors[0].extensions?.code ?? 'none';
  else if (type === 'next') streamed.seqs.push(payload.data.messageAdded.seq);
  streamed.isEnded ||= type === 'error' || type === 'complete';
}
