import type { Bus, WakeUp } from '../domain/ports.js';

/** Wake-ups within one process. A listener that throws is told to `report` and keeps no other from being woken. */
export function createBus(report: (error: unknown) => void): Bus {
  const listeners = new Set<WakeUp>();
  const wake: WakeUp = (conversationId, revision) => {
    for (const listener of listeners) {
      try {
        listener(conversationId, revision);
      } catch (error) {
        report(error);
      }
    }
  };
  return {
    publish: (conversationId, revision = null) => wake(conversationId, revision),
    wakeAll: () => wake(null, null),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
