import type { IncomingMessage } from 'node:http';
import { echo } from '../domain/echo.js';
import type { Limits } from '../limits.js';
import type { Holdings } from './holdings.js';
import { readBody } from './reply.js';
import { JsonRefused } from './jsonCheck.js';
import { outlineOf } from './jsonOutline.js';
import type { Request } from './preparation.js';
import { checkMethod, FormRefused, fromBody, fromSearch } from './requestForm.js';
import { parseStrictJson } from './strictJson.js';
import { readBytes, tooLarge, tooMuchUnfinished } from './tooLarge.js';

/** What a request says. */
interface Read {
  /** Of a POST, as JSON. */
  body: unknown;
  request: Request;
}

interface Unreadable {
  /** Null is that of any operation that is refused before it is executed. */
  status: number | null;
  code: string;
  message: string;
  /** Where another method would do: the header `allow`. */
  allow?: string;
}

interface Reading {
  limits: Limits;
  holdings: Holdings;
  userId: string;
  /** Waited for before the work on what has come in. */
  turn: () => Promise<void>;
}

/** Reads one GraphQL request over HTTP: JSON that means one thing, in UTF-8, of limited size. */
export async function readRequest(request: IncomingMessage, reading: Reading): Promise<Read | Unreadable> {
  const misplaced = checkMethod(request.method);
  if (misplaced !== null) return { ...refused(misplaced.message, 405), allow: misplaced.allow };
  if (request.method === 'POST') return readPost(request, reading);
  const { 'content-type': type } = request.headers;
  if (type !== undefined && !JSON_TYPE.test(type)) {
    return refused(
      `Expected a GET without \`content-type\`, or of application/json, got ${echo(type)}.`,
      415,
    );
  }
  await reading.turn();
  return readSearch(request);
}

async function readPost(request: IncomingMessage, reading: Reading): Promise<Read | Unreadable> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!isJson(type)) return refused('Expected a body of type application/json in UTF-8.', 415);
  if (encoding !== 'identity') return refused('Expected a body that is not compressed.', 415);
  const body = await keptBody(request, reading);
  if ('status' in body) return body;
  const { bytes, size } = body;
  const { limits } = reading;
  if (bytes === null) return refused(tooLarge('bodyBytes', limits, size), 413);
  if (size > limits.bodyBytes) {
    return refused(tooLarge('bodyBytes', limits, size, outlineOf(bytes.toString()).largest), 413);
  }
  return parsed(() => {
    const given = parseStrictJson(decode(bytes));
    return { body: given, request: fromBody(given) };
  });
}

interface Body {
  /** All of it; null where it was too large to be kept. */
  bytes: Buffer | null;
  size: number;
}

/** The body, in its turn. What its user sends at the same time counts until then. */
async function keptBody(
  request: IncomingMessage,
  { limits, holdings, userId, turn }: Reading,
): Promise<Body | Unreadable> {
  let parts: Buffer[] = [];
  let isGivenUp = false;
  const giveUp = (): void => {
    isGivenUp = true;
    // At once: what is sent no further may be there for a while.
    parts = [];
  };
  const holding = holdings.join(userId, { hold() {}, letGo() {}, giveUp });
  try {
    const size = await readBody(request, (part, size) => {
      const isKept = !isGivenUp && size <= readBytes(limits);
      if (isKept) parts.push(part);
      else parts = [];
      holding.unfinished(isKept ? size : 0);
    });
    await turn();
    if (isGivenUp) return { status: 429, code: 'RATE_LIMITED', message: tooMuchUnfinished(limits) };
    return { bytes: size > readBytes(limits) ? null : Buffer.concat(parts), size };
  } finally {
    holding.leave();
  }
}

const refused = (message: string, status: number | null): Unreadable => ({
  status,
  code: 'BAD_USER_INPUT',
  message,
});

function readSearch({ url = '/' }: IncomingMessage): Read | Unreadable {
  const { search, searchParams } = new URL(url, 'http://localhost');
  return parsed(() => {
    checkEncoding(search);
    return { body: undefined, request: fromSearch(searchParams) };
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

const JSON_TYPE = /^application\/json *(;|$)/i;

const isJson = (type: string): boolean =>
  JSON_TYPE.test(type) && !/charset\s*=\s*(?!"?utf-?8"?\s*(;|$))/i.test(type);

function parsed(read: () => Read): Read | Unreadable {
  try {
    return read();
  } catch (error) {
    if (error instanceof JsonRefused) return refused(error.message, 400);
    if (error instanceof FormRefused) return refused(error.message, error.status);
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
