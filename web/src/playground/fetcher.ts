import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import { GRAPHQL, GRAPHQL_SOCKET } from '../api/place.js';
import { authorization } from '../api/session.js';
import { CLOSE_QUIET, WatchedSocket } from '../api/watchedSocket.js';

interface Question {
  query: string;
  operationName?: string | null;
  variables?: unknown;
}

interface Given {
  headers?: Record<string, unknown> | undefined;
}

type Answer = Record<string, unknown>;

/** The Headers tab's, lower-cased; the token of this browser tab where it names none. */
const headersOf = (given: Given | undefined): Record<string, string> => ({
  ...authorization(),
  ...Object.fromEntries(
    Object.entries(given?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  ),
});

/**
 * What GraphiQL asks with: HTTP, and for subscriptions a socket with the same headers as `connectionParams`. What goes
 * wrong on the way is an answer with an error in words, as the server's own are.
 */
export function ask(question: Question, given?: Given): Promise<Answer> | AsyncIterable<Answer> {
  const headers = headersOf(given);
  const operation = operationOf(question);
  const asked = { ...question, operationName: operation?.name?.value ?? null };
  return operation?.operation === 'subscription' ? follow(asked, headers) : post(asked, headers);
}

/** Right after a change of tabs GraphiQL still names the operation of the tab before. */
function operationOf({ query, operationName }: Question): OperationDefinitionNode | null {
  try {
    const document = parse(query);
    return getOperationAST(document, operationName) ?? getOperationAST(document) ?? null;
  } catch {
    // The server says what is wrong with it.
    return null;
  }
}

const failed = (message: string): Answer => ({ errors: [{ message }] });

async function post(question: Question, headers: Record<string, string>): Promise<Answer> {
  try {
    const response = await fetch(GRAPHQL, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        ...headers,
      },
      body: JSON.stringify(question),
    });
    const answer = (await response.json().catch(() => null)) as Answer | null;
    return answer ?? failed(`Expected JSON, got something else with status ${response.status}.`);
  } catch {
    return failed('The server cannot be reached. Is it running?');
  }
}

/**
 * A socket for each run. A lost one is said and not opened again by itself: it would begin where this one began, and
 * show twice what was seen.
 */
async function* follow(question: Question, headers: Record<string, string>): AsyncGenerator<Answer> {
  const client = createClient({
    url: GRAPHQL_SOCKET,
    webSocketImpl: WatchedSocket,
    connectionParams: headers,
    retryAttempts: 0,
  });
  try {
    const { query, operationName, variables } = question;
    yield* client.iterate({
      query,
      ...(operationName && { operationName }),
      variables: variables as Record<string, unknown> | null,
    }) as AsyncIterable<Answer>;
  } catch (error) {
    yield failed(reasonOf(error));
  } finally {
    void client.dispose();
  }
}

/** What a socket ended with, for a person. */
function reasonOf(error: unknown): string {
  if (Array.isArray(error)) return error.map(({ message }: { message: string }) => message).join('\n');
  if (!(error instanceof CloseEvent)) return error instanceof Error ? error.message : String(error);
  const { code, reason } = error;
  if (reason === '' || code === CLOSE_QUIET)
    return `The connection was lost (${code}). Run it again: afterSeq says from where on.`;
  return `The server ended the connection: ${reason} (${code}).`;
}
