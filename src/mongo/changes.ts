import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeStreamDocument, Db } from 'mongodb';

/** What a change stream is told to: ids and revisions only, and whose it is where the event holds that: at an insert. */
const PROJECTION = [
  { $match: { operationType: { $in: ['insert', 'update', 'replace'] } } },
  {
    $project: {
      operationType: 1,
      documentKey: 1,
      'fullDocument.user_id': 1,
      'updateDescription.updatedFields.revision': 1,
    },
  },
];

/** Who follows the changes of conversations. */
export interface ChangeListener {
  /** `revision` and `userId` where the change tells them. */
  onChange(conversationId: string, revision: number | null, userId: string | null): void;
  /** Changes may have been missed: everything is to be looked at again. */
  onGap(): void;
  /** It broke off; told once, until it works again. */
  onError(error: unknown): void;
}

/** Also the time until it works again, at most, once the database is back: the driver's own wait comes on top. */
const RETRY_MS = 200;
/** A standalone server may become a replica set, but not often. */
const UNSUPPORTED_RETRY_MS = 30_000;
const UNSUPPORTED = 40573;

/**
 * Follows every change of `ai_conversations`, by any process, until it is stopped. A stream that dies is opened anew
 * with a gap told: where it left off may be hours of other collections' changes away, or be gone with the collection.
 * A standalone server has none.
 */
export function watchConversations(db: Db, listener: ChangeListener): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let isBroken = false;
  let close = async (): Promise<void> => {};

  const follow = async (): Promise<void> => {
    const stream = db.collection('ai_conversations').watch(PROJECTION, { maxAwaitTimeMS: 500 });
    close = () => stream.close();
    // Opens it, which `watch` alone does not; what changed before that is not in it.
    let change = await stream.tryNext();
    isBroken = false;
    listener.onGap();
    for (; ; change = await stream.next()) {
      if (change === null || !('documentKey' in change)) continue;
      const revision = revisionOf(change);
      if (revision === undefined) continue;
      listener.onChange(String(change.documentKey._id), revision, userOf(change));
    }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      let retryMs = RETRY_MS;
      try {
        await follow();
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (!isBroken) listener.onError(error);
        isBroken = true;
        retryMs = codeOf(error) === UNSUPPORTED ? UNSUPPORTED_RETRY_MS : RETRY_MS;
      } finally {
        await close().catch(() => {});
      }
      await sleep(retryMs, null, { signal: stopping.signal }).catch(() => null);
    }
  };

  const done = run();
  return {
    async stop() {
      stopping.abort();
      await close().catch(() => {});
      await done;
    },
  };
}

/** Null where it is not told; undefined where the conversation is the same as before, only stored otherwise. */
function revisionOf(change: ChangeStreamDocument): number | null | undefined {
  if (change.operationType === 'insert') return 1;
  if (change.operationType !== 'update') return null;
  return change.updateDescription?.updatedFields?.['revision'] as number | undefined;
}

function userOf(change: ChangeStreamDocument): string | null {
  const userId = 'fullDocument' in change ? change.fullDocument?.['user_id'] : null;
  return userId == null ? null : String(userId);
}

const codeOf = (error: unknown): number =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : 0;
