import { type AgentDrift, agentDrift } from '../domain/commands/agentDrift.js';
import { logDecisionOf } from '../domain/commands/completeVote.js';
import type { Conversation } from '../domain/conversation.js';
import type { Ports } from '../domain/ports.js';
import { Unavailable } from '../domain/unavailable.js';
import type { Streams } from './follow.js';
import { abortable, pause } from './signal.js';

const RETRY_MS = 250;

/** What drifts in a node's agents now, then again whenever a completed vote has changed what was found. */
export const driftChanges = (
  { ports, streams }: { ports: Ports; streams: Streams },
  userId: string,
  userNodeId: string,
): AsyncIterableIterator<AgentDrift[]> => {
  // From before the first look, so that no vote falls in between.
  const completions = streams.completions(userId, ports.clock.now());
  const look = async (abort: AbortSignal, completed?: Conversation): Promise<AgentDrift[] | null> => {
    while (!abort.aborted) {
      try {
        if (completed !== undefined) await logDecisionOf(ports, completed);
        return await agentDrift(ports, userId, userNodeId);
      } catch (error) {
        // A stream waits for the record as long as it lives.
        if (!(error instanceof Unavailable)) throw error;
        await pause(RETRY_MS, abort);
      }
    }
    return null;
  };
  return abortable(
    async function* (abort) {
      let told = await look(abort);
      if (told === null) return;
      yield told;
      for await (const conversation of completions) {
        if (conversation.userNodeId !== userNodeId) continue;
        const found = await look(abort, conversation);
        if (found === null) return;
        if (foundIn(found) === foundIn(told)) continue;
        told = found;
        yield found;
      }
    },
    () => void completions.return?.(),
  );
};

/** What was found, without what changes with each vote. */
const foundIn = (drift: readonly AgentDrift[]): string =>
  JSON.stringify(
    drift.map(({ agentName, findings }) => [
      agentName,
      findings.map(({ kind, sinceSeq }) => [kind, sinceSeq]),
    ]),
  );
