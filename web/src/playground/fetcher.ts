import { type DocumentNode, getOperationAST } from 'graphql';
import { createClient } from 'graphql-ws';
import { authorization } from '../api/session.js';

interface Question {
  query: string;
  operationName?: string | null;
  variables?: unknown;
}

interface Given {
  headers?: Record<string, unknown> | undefined;
  documentAST?: DocumentNode | undefined;
}

type Answer = Record<string, unknown>;

/** The Headers tab's, lower-cased; the token of this browser tab where it names none. */
const headersOf = (given: Given | undefined): Record<string, string> => ({
  ...authorization(),
  ...Object.fromEntries(
    Object.entries(given?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  ),
});

/** What GraphiQL asks with: HTTP, and for subscriptions a socket with the same headers as `connectionParams`. */
export function ask(question: Question, given?: Given): Promise<Answer> | AsyncIterable<Answer> {
  const headers = headersOf(given);
  const operation =
    given?.documentAST && getOperationAST(given.documentAST, question.operationName)?.operation;
  return operation === 'subscription' ? follow(question, headers) : post(question, headers);
}

async function post(question: Question, headers: Record<string, string>): Promise<Answer> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...headers,
    },
    body: JSON.stringify(question),
  }).catch(() => {
    throw new Error('The server cannot be reached. Is it running?');
  });
  return (await response.json()) as Answer;
}

/**
 * A socket for each run. A lost one is said and not opened again by itself: it would begin where this one began, and
 * show twice what was seen.
 */
async function* follow(question: Question, headers: Record<string, string>): AsyncGenerator<Answer> {
  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
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
    throw readable(error);
  } finally {
    void client.dispose();
  }
}

/** What a socket ended with, for a person. */
function readable(error: unknown): Error {
  if (Array.isArray(error))
    return new Error(error.map(({ message }: { message: string }) => message).join('\n'));
  if (!(error instanceof CloseEvent)) return error instanceof Error ? error : new Error(String(error));
  const { code, reason } = error;
  if (code === 4403 || code === 4401)
    return new Error(`The server refused the connection: ${reason || code}.`);
  return new Error(
    `The connection was lost${reason ? ` (${reason})` : ''}. Run it again; \`afterSeq\` says from where on.`,
  );
}
