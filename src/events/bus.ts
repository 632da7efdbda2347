import type { Bus, WakeUp } from '../domain/ports.js';

/** Wake-ups within one process. A listener that throws is told to `report` and keeps no other from being woken. */
export function createBus(report: (error: unknown) => void): Bus {
  const listeners = new Set<WakeUp>();
  return {
    publish(conversationId, revision = null) {
      for (const listener of listeners) {
        try {
          listener(conversationId, revision);
        } catch (error) {
          report(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
