import { beforeAll, expect } from '@jest/globals';
import type { RunningApp } from '../support/app.js';
import { ADD, flow } from '../support/scenario.js';
import { storingNothing, type UserError } from './refusals.js';

/** A conversation with one message in it, by a roster of two; `risk` has its weight, 15, from the roster. */
export function useOpenConversation(running: { readonly app: RunningApp }) {
  let open: { executionId: string; userNodeId: string };
  beforeAll(async () => {
    const { start, say } = flow(running.app);
    open = await start({ agents: [{ agentName: 'analyst' }, { agentName: 'risk', weight: 15 }] });
    await say(open.executionId);
  });
  const add = (input: Record<string, unknown>) => running.app.data(ADD, { input });
  return {
    get open() {
      return open;
    },
    add,
    /** Adds what is refused for these reasons, and sees that nothing is stored. */
    async expectRefused(input: Record<string, unknown>, userErrors: UserError[]) {
      const answer = await storingNothing(running.app, open, () => add(input));
      expect(answer).toEqual({
        addMessage: {
          duplicate: false,
          userErrors,
          message: null,
          conversation: { status: 'IN_PROGRESS', lastSeq: 1 },
        },
      });
    },
  };
}
