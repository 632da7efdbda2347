import { type GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import type { Limits } from '../../limits.js';
import { exceeded } from './exceeded.js';

/** Looks at a document's text before it is parsed. @throws {GraphQLError} where it has no tokens, as the parser would. */
export function checkSource(query: string, limits: Limits): GraphQLError | null {
  return (
    exceeded('documentBytes', limits, Buffer.byteLength(query)) ??
    exceeded('tokens', limits, countTokens(query))
  );
}

function countTokens(query: string): number {
  const lexer = new Lexer(new Source(query));
  let count = 0;
  while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  return count;
}
