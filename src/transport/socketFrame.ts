import { isUtf8 } from 'node:buffer';
import { isJsonObject } from '../domain/jsonObject.js';
import type { Limits } from '../limits.js';
import { JsonRefused } from './jsonCheck.js';
import { outlineOf } from './jsonOutline.js';
import { parseStrictJson } from './strictJson.js';
import { tooLarge } from './tooLarge.js';

/** What is done with a frame: it is handed to the protocol, or the socket is closed. */
type ReadFrame = { message: string } | { code: number; reason: string };

/** The WebSocket protocol's "try again later": graphql-ws clients reconnect after it, and after few others. */
export const CLOSE_TRY_AGAIN = 1013;
/** The WebSocket protocol's own for text that is no UTF-8. */
const CLOSE_NO_UTF8 = 1007;

/** What a client may send; the rest is the server's to say. */
const OF_CLIENTS: ReadonlySet<unknown> = new Set([
  'connection_init',
  'ping',
  'pong',
  'subscribe',
  'complete',
]);

/** Those after which there is something to lose: a client that is not let in yet is told for good. */
const OF_RUNNING: ReadonlySet<unknown> = new Set(['ping', 'pong', 'subscribe', 'complete']);

/** What the protocol takes for no message at all: it closes the socket with 4400. */
const NO_MESSAGE: ReadFrame = { message: '' };

/** Under this name among the `extensions` of a request stands why its frame is refused. */
export const REFUSED = 'swarm.refused';

/**
 * A frame as it is handed to the protocol. An operation that cannot be taken as it was given is handed on without what it
 * asks for, to end by itself and nothing else. Binary frames and those of a server are no messages.
 */
export function readFrame(data: Buffer, isBinary: boolean, limits: Limits): ReadFrame {
  const text = data.toString();
  if (data.length > limits.frameBytes) {
    const outline = outlineOf(text, PAYLOAD);
    const reason = tooLarge('frameBytes', limits, data.length, outline.largest);
    return operationRefused(outline.texts, reason) ?? { code: CLOSE_TRY_AGAIN, reason };
  }
  if (isBinary) return operationRefused(outlineOf(text).texts, NO_BINARY) ?? NO_MESSAGE;
  if (!isUtf8(data))
    return operationRefused(outlineOf(text).texts, NO_UTF8) ?? { code: CLOSE_NO_UTF8, reason: NO_UTF8 };
  try {
    return taken(parseStrictJson(text, { inside: PAYLOAD }), text);
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    const { texts } = outlineOf(text);
    const isMeant = OF_RUNNING.has(texts.get('type')) && texts.get('id') !== '';
    const otherwise = isMeant ? { code: CLOSE_TRY_AGAIN, reason: error.message } : NO_MESSAGE;
    return operationRefused(texts, error.message) ?? otherwise;
  }
}

/** Where a message says what it asks for: what is wrong with it has the same name over HTTP. */
const PAYLOAD = 'payload';
const NO_BINARY = 'Expected a text frame, got a binary one.';
const NO_UTF8 = 'Expected text in UTF-8, got other bytes.';

function taken(message: unknown, text: string): ReadFrame {
  if (!isJsonObject(message) || !OF_CLIENTS.has(message['type'])) return NO_MESSAGE;
  const { type, id, payload } = message;
  if (type !== 'subscribe' || typeof id !== 'string') return { message: text };
  const fault = payloadFault(payload);
  if (fault === null) return { message: text };
  return operationRefused(new Map(Object.entries({ type, id })), fault) ?? NO_MESSAGE;
}

/** What graphql-ws takes for no message, which would end the socket. */
function payloadFault(payload: unknown): string | null {
  if (!isJsonObject(payload)) return 'Expected `payload` to be an object with a `query`.';
  const { query, operationName = null, variables = null, extensions = null } = payload;
  if (typeof query !== 'string') return 'Expected `query` to be text.';
  if (operationName !== null && typeof operationName !== 'string')
    return 'Expected `operationName` to be text or null.';
  if (variables !== null && !isJsonObject(variables)) return 'Expected `variables` to be an object or null.';
  if (extensions !== null && !isJsonObject(extensions))
    return 'Expected `extensions` to be an object or null.';
  return null;
}

/** Null where it is no operation, or none whose id can be read. */
function operationRefused(texts: ReadonlyMap<string, string>, reason: string): ReadFrame | null {
  const [type, id] = [texts.get('type'), texts.get('id')];
  if (type !== 'subscribe' || id === undefined || id === '') return null;
  return { message: JSON.stringify({ type, id, payload: { query: '', extensions: { [REFUSED]: reason } } }) };
}
