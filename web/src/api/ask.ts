import type { TypedDocumentString } from '../generated/graphql.js';
import { Failure, failureOf, type ToldError } from './failure.js';
import { GRAPHQL } from './place.js';
import { hearTime } from './serverClock.js';
import { authorization } from './session.js';

/** A connection may go deaf: without an answer for so long the server is taken for gone. */
const PATIENCE_MS = 60_000;

/**
 * Asks over HTTP, a query or a mutation.
 * @throws {Failure} also when the answer holds data beside errors
 */
export async function ask<T, V>(document: TypedDocumentString<T, V>, variables: V): Promise<T> {
  const response = await fetch(GRAPHQL, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...authorization(),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => {
    throw new Failure('GONE', 'The server cannot be reached.');
  });
  hearTime(response.headers.get('date'));
  const body = (await response.json().catch(() => null)) as { data?: T; errors?: ToldError[] } | null;
  if (body?.errors !== undefined) throw failureOf(body.errors);
  if (body?.data == null) throw new Failure('GONE', `The server answered ${response.status}.`);
  return body.data;
}
