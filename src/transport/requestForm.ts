import type { OperationTypeNode } from 'graphql';

/** Why a request's method does not fit it. */
export interface Misplaced {
  message: string;
  /** The methods that would do, for the header `allow`. */
  allow: string;
}

/** Why an operation cannot be carried out over HTTP, null where it can. */
export function checkKind(kind: `${OperationTypeNode}`): Misplaced | null {
  if (kind === 'subscription') return { message: NO_STREAMS, allow: 'GET, POST' };
  return null;
}

const NO_STREAMS =
  'Expected a query or a mutation over HTTP, got a subscription: send it over graphql-ws, to the WebSocket at this path.';
