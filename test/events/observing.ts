import type { Ports } from '../../src/domain/ports.js';

/** Watches what streams take from the ports: how often they read, and whether they still listen. */
export function createObserver() {
  const seen = { reads: 0, listeners: 0 };
  return {
    /** How often messages were read for streams, so far. */
    get reads() {
      return seen.reads;
    },
    /** How many feeds listen for wake-ups: a feed that is open does, one that is let go does not. */
    get listeners() {
      return seen.listeners;
    },
    wrapPorts: (ports: Ports): Ports => ({
      ...ports,
      conversations: {
        ...ports.conversations,
        messagesAfter(...args) {
          seen.reads++;
          return ports.conversations.messagesAfter(...args);
        },
      },
      bus: {
        ...ports.bus,
        subscribe(listener) {
          const unsubscribe = ports.bus.subscribe(listener);
          seen.listeners++;
          return () => {
            seen.listeners--;
            unsubscribe();
          };
        },
      },
    }),
  };
}

/** A process that tells itself nothing: only the change stream or the poll wakes its streams. */
export const withoutBus = (ports: Ports): Ports => ({ ...ports, bus: { ...ports.bus, publish: () => {} } });
