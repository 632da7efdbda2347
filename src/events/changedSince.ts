import type { Conversation } from '../domain/conversation.js';
import type { ChangePosition, ConversationStore } from '../domain/ports.js';
import { Unavailable } from '../domain/unavailable.js';
import { pause } from './signal.js';

const PAGE = 200;
const RETRY_MS = 250;

type Store = Pick<ConversationStore, 'changedSince'>;

/** A user's conversations that changed since an instant, that one included, oldest change first. */
export async function* changedSince(
  store: Store,
  userId: string,
  since: Date,
): AsyncGenerator<Conversation, void> {
  let position: ChangePosition = { updatedAt: since, id: null };
  for (;;) {
    const page = await store.changedSince(userId, position, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    position = { updatedAt: last.updatedAt, id: last.id };
  }
}

/** As `changedSince`, going on from where it was when the database went away; some may come again then. */
export async function* persistently(
  store: Store,
  userId: string,
  since: Date,
  abort: AbortSignal,
): AsyncGenerator<Conversation, void> {
  let from = since;
  while (!abort.aborted) {
    try {
      for await (const conversation of changedSince(store, userId, from)) {
        if (abort.aborted) return;
        yield conversation;
        from = conversation.updatedAt;
      }
      return;
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await pause(RETRY_MS, abort);
    }
  }
}
