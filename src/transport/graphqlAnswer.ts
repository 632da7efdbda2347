import type { IncomingMessage, ServerResponse } from 'node:http';
import Negotiator from 'negotiator';

export const JSON_RESPONSE = 'application/json';
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

/** An error as a caller is told of it. */
export interface PublicError {
  message: string;
  extensions: { code: string };
}

/** How an answer is to be written, null where the caller takes none of what there is. */
export function mediaTypeOf(request: IncomingMessage): string | null {
  if (request.headers.accept === undefined) return JSON_RESPONSE;
  return new Negotiator(request).mediaType([JSON_RESPONSE, GRAPHQL_RESPONSE]) ?? null;
}

/** An answer without data: why there is none. */
export function answer(
  response: ServerResponse,
  status: number,
  mediaType: string,
  errors: readonly PublicError[],
): void {
  response.writeHead(status, { 'content-type': `${mediaType}; charset=utf-8` });
  response.end(JSON.stringify({ errors }));
}
