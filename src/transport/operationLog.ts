import type { Refused } from '../graphql/context.js';
import type { Logger } from '../log.js';
import { rootFields } from './access.js';
import type { Metrics } from './metrics.js';
import type { Prepared } from './preparation.js';
import { createSparing } from './sparing.js';

export interface EndedOperation {
  transport: 'http' | 'ws';
  requestId: string;
  /** Null where the request was refused before it was known. */
  prepared: Prepared | null;
  /** Null where nothing was done that takes time. */
  durationMs: number | null;
  /** What its caller was told of as errors. */
  errors: readonly ToldError[];
  /** What its caller was told of as data. */
  refusals: readonly Refused[];
}

export interface ToldError {
  path?: readonly (string | number)[];
  extensions?: Readonly<Record<string, unknown>>;
}

export type OperationLog = ReturnType<typeof createOperationLog>;

const MAX_NAME = 80;
/** The most lines a second for one set of codes; the others are summed up in one. */
const MOST_LINES = 10;
/** The root field of what was refused before it was known. */
const UNKNOWN = 'none';
/** The root field of what cannot be told apart. */
const SEVERAL = 'several';

/** One line for each operation, and figures of it; never variables, texts or tokens, nor the document for that reason. */
export function createOperationLog(log: Logger, metrics: Metrics) {
  const isTold = createSparing({
    most: MOST_LINES,
    windowMs: 1_000,
    onMore: (kind, count) =>
      log.info({ codes: kind.split(' '), count }, 'more operations were refused or failed'),
  });
  return (ended: EndedOperation): void => {
    const { transport, requestId, prepared, durationMs, errors, refusals } = ended;
    const refused = [...errors.map((error) => refusedBy(error, prepared)), ...refusals];
    const outcome = errors.length > 0 ? 'error' : refusals.length > 0 ? 'refused' : 'ok';
    const kind = prepared?.operation.operation ?? null;
    if (durationMs !== null && kind !== 'subscription')
      metrics.operations.observe({ transport, outcome }, durationMs / 1_000);
    for (const [operation, code] of pairs(refused)) metrics.refusals.inc({ operation, code });
    const line = {
      requestId,
      transport,
      kind,
      operationName: prepared?.operation.name?.value.slice(0, MAX_NAME) ?? null,
      durationMs: durationMs === null ? null : Math.round(durationMs * 10) / 10,
    };
    if (outcome === 'ok') return log.debug(line, 'operation');
    const codes = [...new Set(refused.map(({ code }) => code))];
    const fields = [...new Set(refused.map(({ field }) => field))];
    if (isTold(codes.toSorted().join(' '))) {
      log.info({ ...line, fields, codes }, 'operation refused or failed');
    }
  };
}

/** Each field and code once: what is counted are operations. */
function pairs(refused: readonly Refused[]): [field: string, code: string][] {
  const seen = new Map(refused.map(({ field, code }) => [`${field} ${code}`, { field, code }]));
  return [...seen.values()].map(({ field, code }) => [field, code]);
}

function refusedBy({ path, extensions }: ToldError, prepared: Prepared | null): Refused {
  return { field: fieldOf(path?.[0], prepared), code: String(extensions?.['code']) };
}

/** The root field under a key of the answer, by its name in the schema: a caller's alias would be one more figure. */
function fieldOf(key: string | number | undefined, prepared: Prepared | null): string {
  if (prepared === null) return UNKNOWN;
  const { document, operation } = prepared;
  const [first = UNKNOWN, ...others] = rootFields(document, operation.selectionSet);
  if (others.length === 0) return first;
  for (const one of operation.selectionSet.selections) {
    if (one.kind === 'Field' && (one.alias ?? one.name).value === key) return one.name.value;
  }
  return SEVERAL;
}
