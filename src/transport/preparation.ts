import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { LRUCache } from 'lru-cache';
import type { Context, OperationKind } from '../graphql/context.js';

/**
 * Parses and validates, once for each text. graphql-ws parses unguarded and closes the whole socket on a syntax
 * error; here it ends its own operation.
 */
export function createPreparation(schema: GraphQLSchema, contextOf: (kind: OperationKind) => Context) {
  const documents = new LRUCache<string, DocumentNode>({ max: 500 });
  const documentOf = (query: string): DocumentNode | GraphQLError[] => {
    const known = documents.get(query);
    if (known !== undefined) return known;
    const document = parseOrError(query);
    if (Array.isArray(document)) return document;
    const errors = validate(schema, document);
    if (errors.length > 0) {
      return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    }
    documents.set(query, document);
    return document;
  };

  return (payload: SubscribePayload): ExecutionArgs | GraphQLError[] => {
    const document = documentOf(payload.query);
    if (Array.isArray(document)) return document;
    const operationName = payload.operationName ?? null;
    const operation = getOperationAST(document, operationName);
    if (operation == null) {
      const text = `Expected an operation of the document, got ${JSON.stringify(operationName)}.`;
      return [new GraphQLError(text, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })];
    }
    const contextValue = contextOf(operation.operation === 'subscription' ? 'stream' : 'question');
    return { schema, document, operationName, variableValues: payload.variables ?? null, contextValue };
  };
}

function parseOrError(query: string): DocumentNode | GraphQLError[] {
  try {
    return parse(query);
  } catch (error) {
    return [withCode(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
  }
}

const withCode = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: { code },
  });
