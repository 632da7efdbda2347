import type { Ports } from '../domain/ports.js';
import type { Viewer } from '../domain/viewer.js';
import type { DriftStream } from '../events/drift.js';
import type { Streams } from '../events/streams.js';
import type { InputRefusals } from './inputs/operation.js';
import { createLoaders, type Loaders } from './loaders.js';
import { withinTime } from './withinTime.js';

/** What resolvers may use, one for each operation. */
export interface Context {
  viewer: Viewer;
  ports: Ports;
  streams: Streams;
  drift: DriftStream;
  /** Of one query, one mutation or one event of a subscription: see `renewLoaders`. */
  loaders: Loaders;
  /** Of this operation's mutations. */
  inputRefusals: InputRefusals;
  /** What was refused as data so far. */
  refusals: Refused[];
}

/** That a root field refused what it was asked for, by its name in the schema. */
export interface Refused {
  field: string;
  code: string;
}

/** A stream waits for the database as long as it lives; a question is answered in time. */
export type OperationKind = 'question' | 'stream';

/** From the first reading of a query or mutation to its answer; the rest of the 3 s is for the way. */
const ANSWER_MS = 2_700;

export function createContext(
  viewer: Viewer,
  kind: OperationKind,
  appPorts: Ports,
  { streams, drift }: Pick<Context, 'streams' | 'drift'>,
  inputRefusals: InputRefusals = new Map(),
): Context {
  const ports = kind === 'stream' ? appPorts : withinTime(appPorts, ANSWER_MS);
  const loaders = createLoaders(ports, viewer);
  return { viewer, ports, streams, drift, loaders, inputRefusals, refusals: [] };
}

/** Each event, and each mutation of an operation, shows what is stored by then: what was loaded before is forgotten. */
export function renewLoaders(context: Context): void {
  context.loaders = createLoaders(context.ports, context.viewer);
}
