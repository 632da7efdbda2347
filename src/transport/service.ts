import type { GraphQLSchema } from 'graphql';
import type { Viewer } from '../domain/viewer.js';
import type { Context, OperationKind } from '../graphql/context.js';
import type { InputRefusals } from '../graphql/inputs/operation.js';
import { createSchema } from '../graphql/schema.js';
import type { Limits } from '../limits.js';
import type { Logger } from '../log.js';
import { createHoldings, type Holdings } from './holdings.js';
import { type AuthSettings, createIdentity, type Identify } from './identity.js';
import { createMetrics, type Metrics } from './metrics.js';
import { createOperationLog, type OperationLog } from './operationLog.js';
import type { OriginRules } from './origins.js';
import { createPreparation, type Prepare } from './preparation.js';
import { createRateLimit, type RateLimit } from './rateLimit.js';
import { createTurns, type Turns } from './turns.js';

/** What answers operations over HTTP and over sockets. There is one a process: a user's limits hold for both together. */
export interface Service {
  schema: GraphQLSchema;
  limits: Limits;
  prepare: Prepare;
  identify: Identify;
  rateLimit: RateLimit;
  rules: OriginRules;
  turns: Turns;
  holdings: Holdings;
  contextOf: ContextOf;
  log: Logger;
  logOperation: OperationLog;
  metrics: Metrics;
}

type ContextOf = (kind: OperationKind, viewer: Viewer, inputRefusals?: InputRefusals) => Context;

export interface ServiceOptions {
  /** By what tokens are checked; null is local mode: everyone is one user. */
  auth: AuthSettings | null;
  /** Origins whose pages a browser may let in, beside the server's own. */
  allowedOrigins: readonly string[];
  limits: Limits;
  contextOf: ContextOf;
  log: Logger;
}

/** Nothing of it runs by itself, so nothing has to be stopped. */
export function createService({ auth, allowedOrigins, limits, contextOf, log }: ServiceOptions): Service {
  const schema = createSchema();
  const metrics = createMetrics();
  return {
    schema,
    limits,
    prepare: createPreparation(schema, limits),
    identify: createIdentity(auth, log),
    // In local mode there is nobody else to be kept from an answer.
    rateLimit: createRateLimit(auth === null ? null : limits.operationsPerSecond),
    rules: { allowedOrigins, isLocal: auth === null },
    turns: createTurns(),
    holdings: createHoldings(limits.unfinishedBytes),
    contextOf,
    log,
    logOperation: createOperationLog(log, metrics),
    metrics,
  };
}
