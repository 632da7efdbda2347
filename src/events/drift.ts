import { type AgentDrift, agentDrift } from '../domain/questions/agentDrift.js';
import { logDecisionOf } from '../domain/commands/completeVote.js';
import type { Conversation } from '../domain/conversation.js';
import type { Ports } from '../domain/ports.js';
import { Unavailable } from '../domain/unavailable.js';
import { createCoalesced } from './coalesced.js';
import type { Streams } from './streams.js';
import { abortable, pause } from './signal.js';

const RETRY_MS = 250;

/** What drifts in a node's agents now, then again whenever a completed vote has changed what was found. */
export type DriftStream = (userId: string, userNodeId: string) => AsyncIterableIterator<AgentDrift[]>;

/** All that follow one node look at it together. */
export function createDriftStream(ports: Ports, { completions }: Pick<Streams, 'completions'>): DriftStream {
  const together = createCoalesced<AgentDrift[]>();
  return (userId, userNodeId) => {
    const node = `${userId}/${userNodeId}`;
    // From before the first look, so that no vote falls in between.
    const completed = completions(userId, ports.clock.now());
    const look = async (abort: AbortSignal, vote?: Conversation): Promise<AgentDrift[] | null> => {
      while (!abort.aborted) {
        try {
          if (vote !== undefined) await logDecisionOf(ports, vote);
          // Not among the user's own questions, which the streams would keep waiting.
          return await together(node, () => agentDrift(ports, { userId, userNodeId, inTurnOf: node }));
        } catch (error) {
          // A stream waits for the database as long as it lives.
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
        for await (const vote of completed) {
          if (vote.userNodeId !== userNodeId) continue;
          const found = await look(abort, vote);
          if (found === null) return;
          if (foundIn(found) === foundIn(told)) continue;
          told = found;
          yield found;
        }
      },
      () => void completed.return?.(),
    );
  };
}

/** The findings, without what changes with each vote; agents without a finding are left out. */
const foundIn = (drift: readonly AgentDrift[]): string =>
  JSON.stringify(
    drift
      .filter(({ isDrifting }) => isDrifting)
      .map(({ agentName, findings }) => [agentName, findings.map(({ kind, sinceSeq }) => [kind, sinceSeq])]),
  );
