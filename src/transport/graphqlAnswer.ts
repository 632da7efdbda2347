import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
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

export const codesOf = (errors: readonly GraphQLFormattedError[]): string[] =>
  errors.map(({ extensions }) => String(extensions?.['code']));

/** What may be asked again later without a change, in whatever media type; null where that would be no use. */
export function laterOf(codes: readonly string[]): number | null {
  if (codes.includes('UNAVAILABLE')) return 503;
  return codes.includes('RATE_LIMITED') ? 429 : null;
}

/**
 * GraphQL over HTTP: what is wrong with a request that could be read is 400 in the protocol's own media type; in plain
 * JSON, where clients took a status for the server's, 200.
 */
export function statusOf(codes: readonly string[], mediaType: string): number {
  if (codes.includes('FORBIDDEN')) return 403;
  if (codes.includes('INTERNAL_SERVER_ERROR')) return 500;
  return mediaType === JSON_RESPONSE ? 200 : 400;
}
