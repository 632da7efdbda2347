import { GraphQLError } from 'graphql';
import type { Limits } from '../limits.js';

export const coded = (message: string, code: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

export const tooManyStreams = ({ subscriptions }: Limits): GraphQLError =>
  coded(
    `Expected at most ${subscriptions} subscriptions at once on a socket (SOCKET_MAX_SUBSCRIPTIONS), got one more.`,
    'RATE_LIMITED',
  );

/** What throws ends its own operation: thrown at graphql-ws it would end the socket. */
export async function guarded<T>(operate: () => T | Promise<T>): Promise<T | { errors: GraphQLError[] }> {
  try {
    return await operate();
  } catch (error) {
    return { errors: [unexpected(error)] };
  }
}

/** What a stream failed with; graphql-ws puts it into an error of its own. */
export const unwrapped = (error: GraphQLError): GraphQLError =>
  error.originalError instanceof GraphQLError ? error.originalError : error;

/** Masked on its way out. */
export const unexpected = (error: unknown): GraphQLError =>
  new GraphQLError('Unexpected.', {
    originalError: error instanceof Error ? error : new Error(String(error)),
  });
