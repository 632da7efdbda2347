import type { IncomingMessage } from 'node:http';
import { ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Context, OperationKind } from '../graphql/context.js';
import { toPublicError } from '../graphql/errors.js';
import type { Logger } from '../log.js';
import { failureLog } from './failures.js';
import { type Handler, MAX_BODY_BYTES, readBody, sendJson } from './http.js';
import type { Metrics } from './metrics.js';

export interface GraphqlHttpOptions {
  schema: GraphQLSchema;
  contextOf: (kind: OperationKind) => Context;
  log: Logger;
  metrics: Metrics;
}

export interface GraphqlHttp {
  handler: Handler;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Carries our own request id through Apollo, so that a masked error can name its request. */
const REQUEST_ID = 'x-request-id';

/** GraphQL over HTTP: queries by GET and POST, mutations by POST. Apollo Server does the protocol. */
export function createGraphqlHttp({ schema, contextOf, log, metrics }: GraphqlHttpOptions): GraphqlHttp {
  const logFailure = failureLog(log);
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: log,
    // For what is refused before it is an operation, which no plugin sees.
    formatError: (error) =>
      error.extensions?.['code'] === 'BAD_REQUEST'
        ? { ...error, extensions: { code: 'BAD_USER_INPUT' } }
        : error,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      {
        // Not `formatError`, which does not know the request.
        async requestDidStart({ request }) {
          const requestId = request.http?.headers.get(REQUEST_ID) ?? 'unknown';
          return {
            async willSendResponse({ response, errors }) {
              if (response.body.kind !== 'single' || !errors) return;
              response.body.singleResult.errors = errors.map((error) =>
                toPublicError(error as GraphQLError, { requestId, log: logFailure }),
              );
              const isAway = response.body.singleResult.errors.some(
                ({ extensions }) => extensions?.['code'] === 'UNAVAILABLE',
              );
              if (!isAway) return;
              response.http.status = 503;
              response.http.headers.set('retry-after', '1');
            },
          };
        },
      },
    ],
  });

  const handler: Handler = async (request, response, requestId) => {
    const endTimer = metrics.operations.startTimer({ transport: 'http' });
    const body = await parsedBody(request);
    if ('refusal' in body) return sendJson(response, body.status, refusalBody(body.refusal));
    const headers = headersOf(request);
    headers.set(REQUEST_ID, requestId);
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method?.toUpperCase() ?? 'GET',
        headers,
        search: new URL(request.url ?? '/', 'http://localhost').search,
        body: body.value,
      },
      context: async () => contextOf('question'),
    });
    endTimer({ outcome: (answer.status ?? 200) < 400 ? 'ok' : 'error' });
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.statusCode = answer.status ?? 200;
    response.end(await textOf(answer));
  };

  return { handler, start: () => apollo.start(), stop: () => apollo.stop() };
}

type Body = { value: unknown } | { status: number; refusal: string };

async function parsedBody(request: IncomingMessage): Promise<Body> {
  if (request.method !== 'POST') return { value: undefined };
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return { status: 415, refusal: 'Expected a body of type application/json.' };
  }
  const text = await readBody(request);
  if (text === null) return { status: 413, refusal: `Expected a body of at most ${MAX_BODY_BYTES} bytes.` };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { status: 400, refusal: 'Expected a body of well-formed JSON.' };
  }
}

const refusalBody = (message: string) => ({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

async function textOf({ body }: HTTPGraphQLResponse): Promise<string> {
  if (body.kind === 'complete') return body.string;
  let text = '';
  for await (const chunk of body.asyncIterator) text += chunk;
  return text;
}
