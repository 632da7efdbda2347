import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { QueueFull } from '../domain/inTurn.js';
import { QuestionRefused } from '../domain/questions/arguments.js';
import { Unavailable } from '../domain/unavailable.js';
import { StreamRefused } from '../events/streams.js';

/** The error that ends a field for what the caller gave: `BAD_USER_INPUT`. */
export const badUserInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** The codes a caller may see as they are; whatever has none of them is masked. */
const PUBLIC_CODES = new Set([
  'UNAUTHENTICATED',
  'NOT_FOUND',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'QUERY_TOO_COMPLEX',
  'RATE_LIMITED',
  'UNAVAILABLE',
]);

/** Apollo's own words for what has a name here. */
const ALIASES = new Map([['OPERATION_RESOLUTION_FAILURE', 'GRAPHQL_VALIDATION_FAILED']]);

const VALUES: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
]);

interface Masking {
  requestId: string;
  /** Told of every failure that is not the caller's. */
  log: (error: unknown, requestId: string) => void;
}

/** What a caller is told of a failure, the same over HTTP and WebSocket: no hosts, paths, drivers or stack frames. */
export function toPublicError(error: GraphQLError, masking: Masking): GraphQLFormattedError {
  const { originalError } = error;
  if (originalError instanceof Unavailable) {
    masking.log(originalError, masking.requestId);
    return say(error, 'The database cannot be reached just now; try again in a moment.', 'UNAVAILABLE');
  }
  if (originalError instanceof QueueFull) {
    const text = `Expected at most ${originalError.most} questions over long histories of one user at once, got one more.`;
    return say(error, text, 'RATE_LIMITED');
  }
  if (originalError instanceof QuestionRefused) return say(error, originalError.message, 'BAD_USER_INPUT');
  if (originalError instanceof StreamRefused) {
    return say(
      error,
      originalError.message,
      originalError.fault === 'NOT_FOUND' ? 'NOT_FOUND' : 'BAD_USER_INPUT',
    );
  }
  const code = codeOf(error);
  if (code !== null) return say(error, error.message, code);
  masking.log(originalError ?? error, masking.requestId);
  return say(
    error,
    `Something went wrong on our side; name the request ${masking.requestId} when you report it.`,
    'INTERNAL_SERVER_ERROR',
  );
}

function codeOf(error: GraphQLError): string | null {
  const { code } = error.extensions;
  const kind = error.nodes?.[0]?.kind;
  // A validation error that points at a value: what the types refuse is bad input, in a document as in a variable.
  if (code === 'GRAPHQL_VALIDATION_FAILED' && kind !== undefined && VALUES.has(kind)) return 'BAD_USER_INPUT';
  if (typeof code === 'string') return ALIASES.get(code) ?? (PUBLIC_CODES.has(code) ? code : null);
  // What graphql-js says itself of a variable or an argument.
  return kind === Kind.VARIABLE_DEFINITION || error.originalError === undefined ? 'BAD_USER_INPUT' : null;
}

function say(error: GraphQLError, message: string, code: string): GraphQLFormattedError {
  const { locations, path } = error.toJSON();
  return { message, ...(locations && { locations }), ...(path && { path }), extensions: { code } };
}
