import type { OperationTypeNode } from 'graphql';
import { echo } from '../domain/echo.js';
import { isJsonObject } from '../domain/jsonObject.js';
import type { Request } from './preparation.js';
import { parseStrictJson } from './strictJson.js';

/** Why a request is refused for its form, before anything of what it asks is looked at. */
export class FormRefused extends Error {
  /** Null is that of any operation that is refused before it is executed. */
  readonly status: number | null;
  constructor(message: string, status: number | null = 400) {
    super(message);
    this.status = status;
  }
}

/** Why a request's method does not fit it. */
interface Misplaced {
  message: string;
  /** The methods that would do, for the header `allow`. */
  allow: string;
}

/** Why a method is none of GraphQL over HTTP, null where it is. */
export function checkMethod(method = 'GET'): Misplaced | null {
  if (method === 'GET' || method === 'POST') return null;
  return { message: `Expected GET or POST, got ${method}.`, allow: 'GET, POST' };
}

/** Why an operation cannot be carried out over HTTP by this method, null where it can. */
export function checkKind(kind: `${OperationTypeNode}`, method = 'GET'): Misplaced | null {
  if (kind === 'subscription') return { message: NO_STREAMS, allow: 'GET, POST' };
  if (kind === 'query' || method === 'POST') return null;
  return { message: `Expected a query by GET, got a ${kind}: send it by POST.`, allow: 'POST' };
}

const NO_STREAMS =
  'Expected a query or a mutation over HTTP, got a subscription: send it over graphql-ws, to the WebSocket at this path.';

/**
 * The operation that a body asks for.
 * @throws {FormRefused}
 */
export function fromBody(given: unknown): Request {
  if (Array.isArray(given)) {
    throw new FormRefused(`Expected one operation, got a list of ${given.length}: send each by itself.`);
  }
  if (!isJsonObject(given)) throw new FormRefused(`Expected a body with a \`query\`, got ${told(given)}.`);
  const { query, operationName = null, variables = null, extensions = null } = given;
  if (operationName !== null && typeof operationName !== 'string') {
    throw new FormRefused(`Expected \`operationName\` to be a string, got ${told(operationName)}.`);
  }
  if (variables !== null && !isJsonObject(variables)) throw notAnObject('variables', variables);
  if (extensions !== null && !isJsonObject(extensions)) throw notAnObject('extensions', extensions);
  // What some clients try first: it is answered as an operation, so that they read why and send the document.
  if (extensions?.['persistedQuery']) throw new FormRefused(NOT_PERSISTED, null);
  if (typeof query !== 'string' || query === '') {
    throw new FormRefused(`Expected \`query\` to be a document as a string, got ${told(query)}.`);
  }
  return { query, operationName, variables };
}

const NOT_PERSISTED =
  'Expected a document in `query`, got `extensions.persistedQuery`: send the document without it.';

/**
 * The operation that the parameters of a URL ask for.
 * @throws {FormRefused}
 * @throws {JsonRefused}
 */
export function fromSearch(search: URLSearchParams): Request {
  const once = (name: string): string | undefined => {
    const [value, ...others] = search.getAll(name);
    if (others.length === 0) return value;
    throw new FormRefused(`Expected \`${name}\` once in the URL, got it ${others.length + 1} times.`);
  };
  const object = (name: 'variables' | 'extensions'): unknown => {
    const text = once(name);
    const value = text === undefined ? {} : parseStrictJson(text, { under: name });
    if (!isJsonObject(value)) throw notAnObject(name, value);
    return value;
  };
  return fromBody({
    query: once('query'),
    operationName: once('operationName'),
    variables: object('variables'),
    extensions: object('extensions'),
  });
}

const notAnObject = (name: string, value: unknown): FormRefused =>
  new FormRefused(`Expected \`${name}\` to be an object, got ${told(value)}.`);

const told = (value: unknown): string => (value === undefined ? 'none' : echo(value));
