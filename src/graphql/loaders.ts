import DataLoader from 'dataloader';
import type { DecisionLog } from '../domain/decision.js';
import type { ListedNode, MessageSlice, Ports } from '../domain/ports.js';
import type { Viewer } from '../domain/viewer.js';
import { type ConversationModel, sliceKey, toModel } from './models.js';

export interface ConversationWanted {
  executionId: string;
  /** The messages to read along with it. */
  slices: readonly MessageSlice[];
}

export interface Loaders {
  conversation: DataLoader<ConversationWanted, ConversationModel | null, string>;
  decision: DataLoader<string, DecisionLog | null>;
  /** The id of the newest decision of a listed node, null before the first. */
  newestDecision: DataLoader<ListedNode, string | null>;
  /**
   * What the query itself has read, or the event brings, by execution: the way back to it from each of its messages
   * costs neither a reading nor a promise. Not of mutations, where something is written in between.
   */
  atHand: Map<string, ConversationModel>;
}

export function createLoaders({ conversations, decisions }: Ports, { userId }: Viewer): Loaders {
  return {
    conversation: new DataLoader(
      async (wanted) => {
        const found = new Map<ConversationWanted, ConversationModel | null>();
        await Promise.all(
          bySlices(wanted).map(async (group) => {
            const slices = group[0]?.slices ?? [];
            const ids = group.map(({ executionId }) => executionId);
            const snapshots = await conversations.findMany(userId, ids, slices);
            group.forEach((key, i) => {
              const snapshot = snapshots[i];
              found.set(key, snapshot ? toModel(snapshot, slices) : null);
            });
          }),
        );
        return wanted.map((key) => found.get(key) ?? null);
      },
      { cacheKeyFn: ({ executionId, slices }) => `${executionId} ${slices.map(sliceKey).join(' ')}` },
    ),
    decision: new DataLoader((ids) => decisions.findMany(userId, ids)),
    newestDecision: new DataLoader((nodes) =>
      Promise.all(
        nodes.map(({ userNodeId, lastDecisionSeq }) =>
          decisions.newestId(userId, userNodeId, lastDecisionSeq),
        ),
      ),
    ),
    atHand: new Map(),
  };
}

/** The conversation something belongs to: the one at hand, else read together with the messages asked for. */
export function conversationOf(
  executionId: string,
  loaders: Loaders,
  slices: readonly MessageSlice[],
): ConversationModel | Promise<ConversationModel | null> {
  const atHand = loaders.atHand.get(executionId);
  if (atHand !== undefined && slices.every((slice) => atHand.pages.has(sliceKey(slice)))) return atHand;
  return loaders.conversation.load({ executionId, slices });
}

/** Of what never is without one. */
export function ownConversation(
  executionId: string,
  loaders: Loaders,
  slices: readonly MessageSlice[],
): ConversationModel | Promise<ConversationModel> {
  const found = conversationOf(executionId, loaders, slices);
  return found instanceof Promise ? found.then(present) : found;
}

function present(found: ConversationModel | null): ConversationModel {
  if (found === null) throw new Error('A message or a vote without its conversation.');
  return found;
}

/** One reading for all that want the same messages of their conversations. */
function bySlices(wanted: readonly ConversationWanted[]): ConversationWanted[][] {
  const groups = new Map<string, ConversationWanted[]>();
  for (const one of wanted) {
    const key = one.slices.map(sliceKey).join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}
