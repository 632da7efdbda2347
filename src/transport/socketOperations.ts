import { randomUUID } from 'node:crypto';
import {
  type ExecutionArgs,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
} from 'graphql';
import type { ExecutionResult, SubscribePayload } from 'graphql-ws';
import type { Refused } from '../graphql/context.js';
import type { Viewer } from '../domain/viewer.js';
import { toPublicError } from '../graphql/errors.js';
import type { Peer } from './admission.js';
import { failureLog } from './failures.js';
import { coded, guarded, tooManyStreams, unexpected, unwrapped } from './operationErrors.js';
import type { Prepared } from './preparation.js';
import type { Service } from './service.js';
import { REFUSED } from './socketFrame.js';

/** An operation from its request to its end. */
interface Operation {
  requestId: string;
  startedMs: number;
  peer: Peer;
  viewer: Viewer;
  /** Null while it is not known. */
  prepared: Prepared | null;
  refusals: readonly Refused[];
}

/** The operations of all sockets, each known by what graphql-ws hands on of it: its payload, and its arguments. */
interface SocketOperations {
  /** What is to be executed, or why it is not. A subscription counts on its socket from here on. */
  begin(asked: { peer: Peer; viewer: Viewer; id: string; payload: SubscribePayload }): Promise<Begun>;
  /** Executes a query or mutation in its turn among those of its socket; does not reject. */
  answer(args: ExecutionArgs): Promise<ExecutionResult>;
  /** What the caller is told in place of a result; undefined where it is the result as it is. */
  tellResult(payload: object, result: ExecutionResult): FormattedExecutionResult | undefined;
  /** What the caller is told of why it did not begin, or ended. */
  tellErrors(payload: object, errors: readonly GraphQLError[]): readonly GraphQLFormattedError[];
}

type Begun = ExecutionArgs | GraphQLError[];

export function createSocketOperations(service: Service): SocketOperations {
  const { contextOf, log, logOperation } = service;
  const logFailure = failureLog(log);
  const operations = new WeakMap<object, Operation>();

  const mask = (payload: object, errors: readonly GraphQLError[]): GraphQLFormattedError[] => {
    const masking = { requestId: operations.get(payload)?.requestId ?? randomUUID(), log: logFailure };
    return errors.map((error) => toPublicError(error, masking));
  };
  const logEnd = (payload: object, errors: readonly GraphQLFormattedError[]): void => {
    const operation = operations.get(payload);
    if (operation === undefined) return;
    const { requestId, prepared, startedMs, refusals } = operation;
    const durationMs = performance.now() - startedMs;
    logOperation({ transport: 'ws', requestId, prepared, durationMs, errors, refusals });
  };

  return {
    async begin({ peer, viewer, id, payload }) {
      const operation = newOperation(peer, viewer);
      operations.set(payload, operation);
      const refusal = await refusalOf(service, viewer, payload);
      if (refusal !== null) return [refusal];
      const begun = prepared(service, operation, id, payload);
      if (!Array.isArray(begun)) operations.set(begun, operation);
      return begun;
    },
    answer: (args) =>
      guarded(async () => {
        const operation = operations.get(args);
        if (operation === undefined) throw new Error('An operation of nobody.');
        const { peer, viewer } = operation;
        return peer.gate(async () => {
          // Its time begins when it is answered, not while it waits.
          const contextValue = contextOf('question', viewer, operation.prepared?.inputRefusals);
          operation.refusals = contextValue.refusals;
          return execute({ ...args, contextValue });
        });
      }),
    tellResult(payload, { data = null, errors }) {
      const told = errors && mask(payload, errors);
      // A subscription tells only what went wrong: its events are many.
      const isEvent = operations.get(payload)?.prepared?.operation.operation === 'subscription';
      if (told !== undefined || !isEvent) logEnd(payload, told ?? []);
      return told && { data, errors: told };
    },
    tellErrors(payload, errors) {
      const told = mask(payload, errors.map(unwrapped));
      logEnd(payload, told);
      return told;
    },
  };
}

const newOperation = (peer: Peer, viewer: Viewer): Operation => ({
  requestId: randomUUID(),
  startedMs: performance.now(),
  peer,
  viewer,
  prepared: null,
  refusals: [],
});

/** Why it is not even looked at. */
async function refusalOf(
  { rateLimit }: Service,
  { userId }: Viewer,
  { extensions }: SubscribePayload,
): Promise<GraphQLError | null> {
  const limited = await rateLimit(userId);
  if (limited !== null) return coded(limited.message, 'RATE_LIMITED');
  const refused = extensions?.[REFUSED];
  return typeof refused === 'string' ? coded(refused, 'BAD_USER_INPUT') : null;
}

function prepared(
  { schema, limits, prepare, contextOf }: Service,
  operation: Operation,
  id: string,
  { query, operationName = null, variables = null }: SubscribePayload,
): Begun {
  const { viewer, peer } = operation;
  try {
    const checked = prepare({ query, operationName, variables }, viewer);
    if (Array.isArray(checked)) return checked;
    operation.prepared = checked;
    const { document, variables: variableValues } = checked;
    const isStream = checked.operation.operation === 'subscription';
    if (isStream && peer.streams.size >= limits.subscriptions) return [tooManyStreams(limits)];
    const contextValue = isStream ? contextOf('stream', viewer) : null;
    if (isStream) peer.streams.add(id);
    return { schema, document, operationName, variableValues, contextValue };
  } catch (error) {
    return [unexpected(error)];
  }
}
