import DataLoader from 'dataloader';
import type { DecisionLog } from '../domain/decision.js';
import type { MessageSlice, Ports } from '../domain/ports.js';
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
  };
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
