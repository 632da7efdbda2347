import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  print,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../domain/viewer.js';
import { siftDocument, type SiftedDocument } from '../graphql/inputs/document.js';
import { type InputRefusals, siftInputs } from '../graphql/inputs/operation.js';
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
  /** The document's text where it is not the one given. */
  query: string | null;
  variables: Readonly<Record<string, unknown>>;
  /** What is to be answered instead of being carried out. */
  inputRefusals: InputRefusals;
}

/** A document that passed what only depends on its text. */
type CheckedDocument = SiftedDocument & Pick<Prepared, 'query'>;

export type Prepare = (request: Request, viewer: Viewer) => Prepared | GraphQLError[];

/** Of all texts together, in UTF-16 units: a document in memory is some fifty times its text. */
const CACHED_UNITS = 1024 * 1024;

/**
 * The one layer of checks that every operation passes through, over HTTP and WebSocket alike, before anything is
 * executed: cheapest first, and what only depends on the text once for each text.
 */
export function createPreparation(schema: GraphQLSchema, limits: Limits): Prepare {
  const documents = new LRUCache<string, CheckedDocument>({
    max: 500,
    maxSize: CACHED_UNITS,
    sizeCalculation: (_, query) => Math.max(1, query.length),
  });

  const documentOf = (query: string): CheckedDocument | GraphQLError[] => {
    const known = documents.get(query);
    if (known !== undefined) return known;
    const given = parseWithin(query, limits);
    if (Array.isArray(given)) return given;
    const tooMuch = checkShape(given, limits);
    if (tooMuch.length > 0) return tooMuch;
    const sifted = siftDocument(schema, given);
    const errors = validate(schema, sifted.document, undefined, { maxErrors: MAX_ERRORS });
    if (errors.length > 0) return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    const numbers = unsafeNumbers(given);
    if (numbers.length > 0) return numbers;
    const document = { ...sifted, query: sifted.document === given ? null : print(sifted.document) };
    documents.set(query, document);
    return document;
  };

  return ({ query, operationName = null, variables }, viewer) => {
    const checked = documentOf(query);
    if (Array.isArray(checked)) return checked;
    const { document } = checked;
    const operation = getOperationAST(document, operationName);
    if (operation == null) {
      const text = `Expected an operation of the document, got ${JSON.stringify(operationName)}.`;
      return [new GraphQLError(text, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })];
    }
    const refusal =
      checkAccess(document, operation, viewer) ??
      exceeded('cost', limits, costOf(schema, document, operation, variables ?? {}));
    if (refusal !== null) return [refusal];
    const { refusals: inputRefusals, ...sifted } = siftInputs(schema, checked, operation, variables ?? {});
    return { document, operation, query: checked.query, inputRefusals, ...sifted };
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
