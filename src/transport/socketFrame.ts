import { JsonRefused, parseStrictJson } from './strictJson.js';

/** What a client may send; the rest is the server's to say. */
const OF_CLIENTS: ReadonlySet<unknown> = new Set([
  'connection_init',
  'ping',
  'pong',
  'subscribe',
  'complete',
]);

/** What the protocol takes for no message at all: it closes the socket with 4400. */
const NO_MESSAGE = '';

/** Under this name among the `extensions` of a request stands why its frame is refused. */
export const REFUSED = 'swarm.refused';

/**
 * A frame as it is handed to the protocol. Binary frames and those of a server are none. A request whose JSON would not
 * come back as it was given is handed on without what it asks for, to end its own operation and nothing else.
 */
export function readFrame(data: Buffer, isBinary: boolean): string {
  if (isBinary) return NO_MESSAGE;
  const text = data.toString();
  try {
    return isOfClient(parseStrictJson(text)) ? text : NO_MESSAGE;
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    return withoutRequest(text, error.message);
  }
}

const isOfClient = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'type' in message && OF_CLIENTS.has(message.type);

/** By a parser that is less strict; what it cannot read either is no message. */
function withoutRequest(text: string, reason: string): string {
  try {
    const { type, id } = JSON.parse(text);
    if (type !== 'subscribe') return NO_MESSAGE;
    return JSON.stringify({ type, id, payload: { query: '', extensions: { [REFUSED]: reason } } });
  } catch {
    return NO_MESSAGE;
  }
}
