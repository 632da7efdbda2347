import type { IncomingMessage } from 'node:http';
import type { Limits } from '../limits.js';
import { readBody } from './http.js';
import type { Request } from './preparation.js';
import { JsonRefused, parseStrictJson } from './strictJson.js';

/** What a request says, as far as it can be read; `request` is null where its parts are not of their types. */
export interface Read {
  /** Of a POST, as JSON. */
  body: unknown;
  request: Request | null;
}

export type Unreadable = { status: number; message: string };

/**
 * Reads one GraphQL request over HTTP: JSON that means one thing, in UTF-8, of limited size. Before the work on what has
 * come in it waits for its `turn`.
 */
export function readRequest(
  request: IncomingMessage,
  limits: Limits,
  turn: () => Promise<void>,
): Promise<Read | Unreadable> {
  return request.method === 'POST' ? readPost(request, limits, turn) : turn().then(() => readSearch(request));
}

async function readPost(
  request: IncomingMessage,
  limits: Limits,
  turn: () => Promise<void>,
): Promise<Read | Unreadable> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!isJson(type)) {
    return { status: 415, message: 'Expected a body of type application/json in UTF-8.' };
  }
  if (encoding !== 'identity') return { status: 415, message: 'Expected a body that is not compressed.' };
  const bytes = await readBody(request, limits.bodyBytes);
  if (bytes === null) {
    return { status: 413, message: `Expected a body of at most ${limits.bodyBytes} bytes (MAX_BODY_BYTES).` };
  }
  await turn();
  return parsed(() => {
    const body = parseStrictJson(decode(bytes));
    return { body, request: isRecord(body) ? toRequest(body) : null };
  });
}

function readSearch({ url = '/' }: IncomingMessage): Read | Unreadable {
  const { search, searchParams } = new URL(url, 'http://localhost');
  return parsed(() => {
    checkEncoding(search);
    const variables = searchParams.get('variables');
    const given = {
      query: searchParams.get('query'),
      operationName: searchParams.get('operationName'),
      variables: variables === null ? null : parseStrictJson(variables),
    };
    return { body: undefined, request: toRequest(given) };
  });
}

/** Bytes that are no UTF-8 would be replaced by others. */
function checkEncoding(search: string): void {
  try {
    decodeURIComponent(search);
  } catch {
    throw new JsonRefused('Expected a URL in UTF-8, percent-encoded.');
  }
}

const isJson = (type: string): boolean =>
  /^application\/json *(;|$)/i.test(type) && !/charset\s*=\s*(?!"?utf-?8"?\s*(;|$))/i.test(type);

function parsed(read: () => Read): Read | Unreadable {
  try {
    return read();
  } catch (error) {
    if (error instanceof JsonRefused) return { status: 400, message: error.message };
    throw error;
  }
}

/** Bytes that are no UTF-8 would be replaced by others. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonRefused('Expected a body in UTF-8.');
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function toRequest(given: Record<string, unknown>): Request | null {
  const { query, operationName = null, variables = null, extensions = null } = given;
  if (typeof query !== 'string' || query === '') return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (variables !== null && !isRecord(variables)) return null;
  if (extensions !== null && !isRecord(extensions)) return null;
  return { query, operationName, variables };
}
