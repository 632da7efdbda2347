import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers one request; rejects only by a fault of its own. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
) => Promise<void>;

/** Answers with a JSON body and ends the response. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

/**
 * Reads a body to its end, whatever is kept of it, and answers its size: a client that still sends would get a
 * broken connection, not the answer. `take` is told of each part, and of the size up to it.
 */
export async function readBody(
  request: IncomingMessage,
  take: (part: Buffer, size: number) => void,
): Promise<number> {
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    take(part, size);
  }
  return size;
}
