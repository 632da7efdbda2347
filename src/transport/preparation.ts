import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../domain/viewer.js';
import type { Limits } from '../limits.js';
import { checkAccess } from './access.js';
import { costOf } from './limits/cost.js';
import { exceeded } from './limits/exceeded.js';
import { unsafeNumbers } from './limits/numbers.js';
import { checkShape } from './limits/shape.js';
import { checkSource } from './limits/source.js';

/** A document as it comes in, over either transport. */
export interface Request {
  query: string;
  operationName?: string | null | undefined;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What is ready to be executed. */
export interface Prepared {
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

export type Prepare = (request: Request, viewer: Viewer) => Prepared | GraphQLError[];

/** Of all texts together, in UTF-16 units: a document in memory is some fifty times its text. */
const CACHED_UNITS = 1024 * 1024;

/**
 * The one layer of checks that every operation passes through, over HTTP and WebSocket alike, before anything is
 * executed: cheapest first, and what only depends on the text once for each text.
 */
export function createPreparation(schema: GraphQLSchema, limits: Limits): Prepare {
  const documents = new LRUCache<string, DocumentNode>({
    max: 500,
    maxSize: CACHED_UNITS,
    sizeCalculation: (_, query) => Math.max(1, query.length),
  });

  const documentOf = (query: string): DocumentNode | GraphQLError[] => {
    const known = documents.get(query);
    if (known !== undefined) return known;
    const document = parseWithin(query, limits);
    if (Array.isArray(document)) return document;
    const tooMuch = checkShape(document, limits);
    if (tooMuch.length > 0) return tooMuch;
    const errors = validate(schema, document, undefined, { maxErrors: MAX_ERRORS });
    if (errors.length > 0) return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    const numbers = unsafeNumbers(document);
    if (numbers.length > 0) return numbers;
    documents.set(query, document);
    return document;
  };

  return ({ query, operationName = null, variables }, viewer) => {
    const document = documentOf(query);
    if (Array.isArray(document)) return document;
    const operation = getOperationAST(document, operationName);
    if (operation == null) {
      const text = `Expected an operation of the document, got ${JSON.stringify(operationName)}.`;
      return [new GraphQLError(text, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })];
    }
    const refusal =
      checkAccess(document, operation, viewer) ??
      exceeded('cost', limits, costOf(schema, document, operation, variables ?? {}));
    return refusal === null ? { document, operation } : [refusal];
  };
}

/** Nobody reads more of them, and each costs a search for names that are alike. */
const MAX_ERRORS = 10;

function parseWithin(query: string, limits: Limits): DocumentNode | GraphQLError[] {
  try {
    const tooMuch = checkSource(query, limits);
    return tooMuch === null ? parse(query) : [tooMuch];
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
