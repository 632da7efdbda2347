import type { OperationDefinitionNode } from 'graphql';
import type { Logger } from '../log.js';

export interface LoggedOperation {
  transport: 'http' | 'ws';
  requestId: string;
  /** Null where the request was refused before it was known. */
  operation: OperationDefinitionNode | null;
  durationMs: number;
  /** Of its errors. */
  codes: readonly string[];
}

const MAX_NAME = 80;

/** One line for each operation; never variables, texts or tokens, which is why not the document either. */
export function logOperation(
  log: Logger,
  { transport, requestId, operation, durationMs, codes }: LoggedOperation,
) {
  const line = {
    requestId,
    transport,
    kind: operation?.operation ?? null,
    operationName: operation?.name?.value.slice(0, MAX_NAME) ?? null,
    durationMs: Math.round(durationMs * 10) / 10,
  };
  if (codes.length === 0) log.debug(line, 'operation');
  else log.info({ ...line, codes }, 'operation refused or failed');
}
