import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Viewer } from '../domain/viewer.js';
import type { Context, Refused } from '../graphql/context.js';
import { toPublicError } from '../graphql/errors.js';
import { failureLog } from './failures.js';
import {
  answer,
  codesOf,
  JSON_RESPONSE,
  laterOf,
  mediaTypeOf,
  type PublicError,
  statusOf,
} from './graphqlAnswer.js';
import { readRequest } from './graphqlRequest.js';
import type { Handler } from './reply.js';
import { allowOrigin, checkGet, checkOrigin, checkUrl } from './origins.js';
import type { Prepared } from './preparation.js';
import { checkKind } from './requestForm.js';
import type { Service } from './service.js';
import { KeysUnavailable, Unauthenticated } from './unauthenticated.js';

interface GraphqlHttp {
  handler: Handler;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
}

/** Carries our own request id through Apollo, which copies the context. */
const REQUEST_ID = 'x-request-id';

/** GraphQL over HTTP: queries by GET and POST, mutations by POST. Apollo Server executes what passed the checks. */
export function createGraphqlHttp(service: Service): GraphqlHttp {
  const { schema, prepare, identify, rateLimit, rules, limits, turns, holdings, contextOf, log } = service;
  const { logOperation } = service;
  const logFailure = failureLog(log);
  /** The errors each running operation was told, by its request. */
  const running = new Map<string, GraphQLFormattedError[]>();
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // `checkGet` and the type of a POST do that here, for what is refused before an operation, too.
    csrfPrevention: false,
    // A document that is asked for by its hash has not passed the checks.
    persistedQueries: false,
    logger: log,
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
              const masking = { requestId, log: logFailure };
              const told = errors.map((error) => toPublicError(error as GraphQLError, masking));
              response.body.singleResult.errors = told;
              running.get(requestId)?.push(...told);
            },
          };
        },
      },
    ],
  });

  const refuse = (
    { response, requestId }: Asked,
    status: number,
    error: PublicError,
    mediaType = JSON_RESPONSE,
  ): null => {
    answer(response, status, mediaType, [error]);
    const nothingDone = { prepared: null, durationMs: null, refusals: [] };
    logOperation({ transport: 'http', requestId, errors: [error], ...nothingDone });
    return null;
  };

  /** What comes before the operation: answers where it is refused, else says who asks. */
  const admit = async (asked: Asked): Promise<Viewer | null> => {
    const { request, response } = asked;
    const refusal = checkUrl(request) ?? checkOrigin(request, rules);
    if (refusal !== null) return refuse(asked, refusal.status, errorOf(refusal.message, refusal.code));
    if (allowOrigin(request, response, rules)) return null;
    const unasked = checkGet(request);
    if (unasked !== null) return refuse(asked, unasked.status, errorOf(unasked.message, unasked.code));
    try {
      const viewer = await identify({ header: request.headers.authorization });
      const limited = await rateLimit(viewer.userId);
      if (limited === null) return viewer;
      response.setHeader('retry-after', String(limited.retryAfterSeconds));
      return refuse(asked, 429, errorOf(limited.message, 'RATE_LIMITED'));
    } catch (error) {
      if (error instanceof KeysUnavailable) {
        response.setHeader('retry-after', '1');
        return refuse(asked, 503, errorOf(error.message, 'UNAVAILABLE'));
      }
      if (!(error instanceof Unauthenticated)) throw error;
      response.setHeader('www-authenticate', 'Bearer');
      return refuse(asked, 401, errorOf(error.message, 'UNAUTHENTICATED'));
    }
  };

  const execute = (
    request: IncomingMessage,
    requestId: string,
    { context, body, prepared }: { context: Context; body: unknown; prepared: Prepared },
  ) =>
    apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method?.toUpperCase() ?? 'GET',
        headers: headersOf(request, requestId),
        search: new URL(request.url ?? '/', 'http://localhost').search,
        body: withSifted(body, prepared),
      },
      context: async () => context,
    });

  const handler: Handler = async (request, response, requestId) => {
    const startedMs = performance.now();
    const asked = { request, response, requestId };
    const viewer = await admit(asked);
    // Read to its end all the same: a client that still sends would get a broken connection, not the answer.
    if (viewer === null) return void request.resume();
    const mediaType = mediaTypeOf(request);
    if (mediaType === null) {
      request.resume();
      return void refuse(asked, 406, errorOf(NOT_ACCEPTED, 'BAD_USER_INPUT'));
    }
    const { userId } = viewer;
    const turn = () => turns.wait(`http ${userId}`);
    const read = await readRequest(request, { limits, holdings, userId, turn });
    if ('status' in read) {
      const { status, code, message, allow } = read;
      if (status === 429) response.setHeader('retry-after', '1');
      if (allow !== undefined) response.setHeader('allow', allow);
      return void refuse(asked, status ?? statusOf([code], mediaType), errorOf(message, code), mediaType);
    }
    const prepared = prepare(read.request, viewer);
    const told: GraphQLFormattedError[] = [];
    const finish = (refusals: readonly Refused[] = []): void => {
      const known = Array.isArray(prepared) ? null : prepared;
      const durationMs = performance.now() - startedMs;
      logOperation({ transport: 'http', requestId, prepared: known, durationMs, errors: told, refusals });
    };
    if (Array.isArray(prepared)) {
      const masking = { requestId, log: logFailure };
      told.push(...prepared.map((error) => toPublicError(error, masking)));
      answer(response, statusOf(codesOf(told), mediaType), mediaType, told as PublicError[]);
      return finish();
    }
    const misplaced = checkKind(prepared.operation.operation, request.method);
    if (misplaced !== null) {
      const error = errorOf(misplaced.message, 'BAD_USER_INPUT');
      told.push(error);
      response.setHeader('allow', misplaced.allow);
      answer(response, 405, mediaType, [error]);
      return finish();
    }
    running.set(requestId, told);
    const context = contextOf('question', viewer, prepared.inputRefusals);
    const executed = execute(request, requestId, { context, body: read.body, prepared });
    const result = await executed.finally(() => running.delete(requestId));
    const codes = codesOf(told);
    const later = laterOf(codes);
    if (later !== null) response.setHeader('retry-after', '1');
    // Apollo's 400 is a variable of the wrong type.
    const status = later ?? (result.status === 400 ? statusOf(codes, mediaType) : (result.status ?? 200));
    for (const [name, value] of result.headers) response.setHeader(name, value);
    response.statusCode = status;
    response.end(await textOf(result));
    finish(context.refusals);
  };

  return { handler, start: () => apollo.start(), stop: () => apollo.stop() };
}

const NOT_ACCEPTED =
  'Expected `accept` to allow application/graphql-response+json or application/json, got neither.';

const errorOf = (message: string, code: string): PublicError => ({ message, extensions: { code } });

/** The request with values that its types take, where it was a POST and some were replaced. */
function withSifted(body: unknown, { query, variables }: Prepared): unknown {
  if (typeof body !== 'object') return body;
  return { ...body, ...(query !== null && { query }), variables };
}

function headersOf(request: IncomingMessage, requestId: string): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set(REQUEST_ID, requestId);
  return headers;
}

async function textOf({ body }: HTTPGraphQLResponse): Promise<string> {
  if (body.kind === 'complete') return body.string;
  let text = '';
  for await (const chunk of body.asyncIterator) text += chunk;
  return text;
}
