import type { Ports } from '../../src/domain/ports.js';

/**
 * Ports one of whose methods, from when it is told to, takes whoever asks for one and the same user: what a filter
 * without the viewer comes to.
 */
export function createForgetful() {
  let forgetting: { method: string; userId: string } | null = null;
  const wrap = <T extends object>(name: string, store: T): T => {
    const methods = Object.entries(store).map(([method, run]) => [
      method,
      (first: unknown, ...rest: unknown[]) => {
        const isForgotten = forgetting?.method === `${name}.${method}`;
        return (run as (...args: unknown[]) => unknown)(isForgotten ? forgetting?.userId : first, ...rest);
      },
    ]);
    return Object.fromEntries(methods) as T;
  };
  return {
    wrapPorts: (ports: Ports): Ports => ({
      ...ports,
      conversations: wrap('conversations', ports.conversations),
      decisions: wrap('decisions', ports.decisions),
      nodes: wrap('nodes', ports.nodes),
      parameters: wrap('parameters', ports.parameters),
    }),
    /** `conversations.find` */
    async whileForgetting<T>(method: string, userId: string, run: () => Promise<T>): Promise<T> {
      forgetting = { method, userId };
      try {
        return await run();
      } finally {
        forgetting = null;
      }
    },
  };
}
