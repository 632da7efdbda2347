import type { Ports } from '../domain/ports.js';
import type { Viewer } from '../domain/viewer.js';
import type { Streams } from '../events/follow.js';
import { createLoaders, type Loaders } from './loaders.js';

/** What resolvers may use, one for each operation. */
export interface Context {
  viewer: Viewer;
  ports: Ports;
  streams: Streams;
  /** Of one query, one mutation or one event of a subscription: see `renewLoaders`. */
  loaders: Loaders;
}

export const createContext = (viewer: Viewer, ports: Ports, streams: Streams): Context => ({
  viewer,
  ports,
  streams,
  loaders: createLoaders(ports, viewer),
});

/** Each event, and each mutation of an operation, shows the record as it is then: what was loaded before is forgotten. */
export function renewLoaders(context: Context): void {
  context.loaders = createLoaders(context.ports, context.viewer);
}
